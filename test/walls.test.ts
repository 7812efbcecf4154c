/** The walls: which room may import which. This table is the architecture; ARCHITECTURE.md shows the same one. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { filesBelow } from './support/files.ts'

const GROUND = ['model/', 'problem.ts']
const DATA = ['service/', 'store/', 'rights/', 'query/', ...GROUND, 'observe.ts']

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'problem.ts': [],
  'observe.ts': [],
  'config.ts': GROUND,
  'model/': ['problem.ts'],
  'query/': GROUND,
  'rights/': ['query/', ...GROUND],
  'store/': ['query/', ...GROUND, 'observe.ts'],
  'service/': ['store/', 'rights/', 'query/', ...GROUND, 'observe.ts'],
  'govern/': DATA,
  'sustain/': ['govern/', ...DATA],
  'http/': ['service/', 'govern/', 'rights/', 'query/', ...GROUND, 'observe.ts', 'config.ts'],
  'mqtt/': ['http/', 'service/', 'govern/', 'rights/', 'query/', ...GROUND, 'observe.ts', 'config.ts'],
  'ingest/': ['service/', 'govern/', 'rights/', ...GROUND, 'observe.ts'],
  'operate/': ['backup/', 'govern/', ...DATA],
  'backup/': ['store/', ...GROUND, 'observe.ts'],
  'protocols/': ['http/', 'mqtt/', 'service/', 'govern/', 'sustain/', 'operate/', 'rights/', 'query/', ...GROUND],
  'connectors/': ['ingest/', ...GROUND],
}
const ROOF = ['app.ts', 'main.ts', 'cli.ts', 'cli/', 'demo/']
/** The rooms whose members never import one another. */
const APART = ['protocols/', 'connectors/']

const room = (file: string): string => file.replace(/^src\//, '').replace(/\/.*/, '/')
const member = (file: string): string => file.split('/').slice(0, 3).join('/').replace(/\.ts$/, '')

/** `import … from './x.ts'`, over several lines too, `export … from`, `import './x.ts'` and `import('./x.ts')`. */
const IMPORT = /^(?:import|export)( type)?\b(?:[^'"`;=]*? from)? ?'(\.[^']+)'|import\('(\.[^']+)'\)/gm

interface Edge {
  readonly from: string
  readonly to: string
  readonly typesOnly: boolean
}

function importsBelow(folder: string): Edge[] {
  return [...filesBelow(folder, '.ts'), ...filesBelow(folder, '.tsx')].flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(IMPORT)].map(([, type, named, loaded]) => ({
      from,
      to: join(dirname(from), named ?? loaded ?? ''),
      typesOnly: type !== undefined,
    })),
  )
}

const edges = importsBelow('src')
const shown = (broken: readonly Edge[]): string[] => broken.map(({ from, to }) => `${from} → ${to}`)

test('walls: every room of src stands in the table', () => {
  const rooms = new Set(filesBelow('src', '.ts').map(room))
  assert.deepEqual(
    [...rooms].filter((name) => !(name in MAY_IMPORT) && !ROOF.includes(name)),
    [],
  )
})

test('walls: every import goes through an open door', () => {
  const broken = edges.filter(
    ({ from, to }) => !ROOF.includes(room(from)) && room(from) !== room(to) && !MAY_IMPORT[room(from)]?.includes(room(to)),
  )
  assert.deepEqual(shown(broken), [])
})

test('walls: protocols and connectors stand apart', () => {
  const broken = edges.filter(({ from, to }) => APART.includes(room(from)) && room(from) === room(to) && member(from) !== member(to))
  assert.deepEqual(shown(broken), [])
})

test('walls: only the store holds SQL, so only the store speaks to pg', () => {
  const broken = filesBelow('src', '.ts').filter((file) => room(file) !== 'store/' && /from 'pg'/.test(readFileSync(file, 'utf8')))
  assert.deepEqual(broken, [])
})

test('walls: the web imports nothing of src', () => {
  assert.deepEqual(shown(importsBelow('web').filter(({ to }) => to.startsWith('src/'))), [])
})

test('walls: no circle of imports, types apart', () => {
  const next = Map.groupBy(
    edges.filter(({ typesOnly }) => !typesOnly),
    ({ from }) => from,
  )
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, path: readonly string[]): void => {
    const seen = path.indexOf(file)
    if (seen !== -1) circles.push([...path.slice(seen), file].join(' → '))
    if (seen !== -1 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  assert.deepEqual(circles, [])
})

test('walls: every unit test has its twin in src', () => {
  const sources = new Set(filesBelow('src', '.ts').map((file) => file.replace(/^src/, 'test/unit').replace(/\.ts$/, '.test.ts')))
  assert.deepEqual(
    filesBelow('test/unit', '.test.ts').filter((file) => !sources.has(file)),
    [],
  )
})

test('walls: every dependency is named in the ADR about dependencies', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  const named = readFileSync('docs/adr/0014-dependencies-are-few-and-named.md', 'utf8')
  const missing = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith('@types/') && !named.includes(`\`${name.replace(/^@fastify\//, '')}\``) && !named.includes(`\`${name}\``),
  )
  assert.deepEqual(missing, [])
})
