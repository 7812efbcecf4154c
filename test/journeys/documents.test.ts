/** documents: what the documents say is there: files they link to, settings they name, routes they list, commands they show. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { filesBelow } from '../support/files.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const documents = [
  ...filesBelow('docs', '.md'),
  'README.md',
  'README.en.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
]

let platform: Platform
before(async () => (platform = await startPlatform()))
after(() => platform.end())

test('every link to a file leads to one', () => {
  const dead = documents.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => join(dirname(document), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${document} → ${target}`),
  )
  assert.deepEqual(dead, [])
})

test('every setting that is named is read, and every one that is read is named', () => {
  const names = (text: string) => new Set(text.match(/\bALLMENDE_[A-Z_]+\b|\bDATABASE_URL\b/g))
  const read = names(readFileSync('src/config.ts', 'utf8'))
  const named = names(readFileSync('docs/operators.md', 'utf8'))
  assert.deepEqual([...named].filter((name) => !read.has(name)), []) // prettier-ignore
  assert.deepEqual([...read].filter((name) => !named.has(name)), []) // prettier-ignore
})

test('every route of our own API that is listed is there, and every one that is there is listed', () => {
  const rows = readFileSync('docs/api-v1.md', 'utf8')
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/)[1] ?? '')
  const listed = new Set(
    rows.flatMap((row) =>
      row.split('·').flatMap((part) => {
        const [, methods = '', path = ''] = /^\s*([A-Z][A-Z, ]*) (\/[^\s?]*)/.exec(part) ?? []
        return methods.split(', ').map((method) => `${method} ${path}`)
      }),
    ),
  )
  listed.delete(' ')
  const there = new Set(routesOf(platform.server.app.printRoutes({ commonPrefix: false, includeHooks: false })))
  assert.deepEqual([...listed].filter((route) => !there.has(route) && !route.includes('/in/')), []) // prettier-ignore
  assert.deepEqual([...there].filter((route) => !listed.has(route)), []) // prettier-ignore
})

/** "GET /datasets/:slug", from the tree that the server prints. */
function routesOf(tree: string): string[] {
  const path: string[] = []
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)(?:├──|└──) (\S*)(?: \(([A-Z, ]+)\))?/.exec(line)
    if (found === null) return []
    path.length = (found[1] ?? '').length / 4
    path.push(found[2] ?? '')
    const full = path.join('')
    if (!full.startsWith('/api/v1/')) return []
    const methods = (found[3] ?? '').split(', ').filter((method) => method !== '' && method !== 'HEAD')
    return methods.map((method) => `${method} ${full.slice('/api/v1'.length)}`)
  })
}

test('the commands of the README are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  for (const document of documents)
    for (const [, script = ''] of readFileSync(document, 'utf8').matchAll(/^(?:\$ )?npm (?:run )?((?!install|ci|run)[a-z:]+)/gm))
      assert.ok(script in scripts, `${document}: npm ${script}`)
})
