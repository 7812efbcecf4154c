/** attribute-filter: a question about an attribute of an entity, asked of every place where its value may be (attribute.ts). */
import { isInstant, parseInstant } from '../../model/time.ts'
import { and, equals, nothing, or, not, type Comparator, type Filter, type Path } from '../../query/filter.ts'
import { KEPT } from './names.ts'

/** An attribute by the name it is kept under, a way to sub-attributes, and a way into the value. */
export interface Target {
  readonly name: string
  readonly sub: readonly string[]
  readonly keys: readonly string[]
}

/** One place of the value. */
export interface Reading {
  readonly path: Path
  readonly compare: (by: Comparator, value: number | string | boolean) => Filter
}

export type Test = (reading: Reading) => Filter

/** Members of an attribute that are kept beside it, and those of an observed one that its series has as fields. */
const MEMBERS = new Set(['observedAt', 'createdAt', 'modifiedAt', 'unitCode', 'datasetId', 'valueType', 'objectType', 'expiresAt'])
const TIMES = new Set(['observedAt', 'createdAt', 'modifiedAt', 'expiresAt'])
const OF_SERIES: Readonly<Record<string, Path>> = {
  observedAt: ['latestTime'],
  createdAt: ['created'],
  modifiedAt: ['latestTime'],
  datasetId: ['instance'],
  unitCode: ['unit', 'code'],
}
/** What NGSI-LD has as members of the entity itself. */
const OF_ENTITY: Readonly<Record<string, Path>> = { createdAt: ['created'], modifiedAt: ['modified'] }
/** Attributes that are columns of an entity. */
const COLUMNS: Readonly<Record<string, Path>> = { name: ['name'], description: ['description'], location: ['geometry'] }

/** The attribute is there, with the parts named. */
export function present(target: Target): Filter {
  return valued(target, ({ path }) => ({ is: 'exists', path }))
}

/** Holds where the value of the attribute fulfils the test; `there` asks first that there is one, for tests that hold of nothing too. */
export function valued(target: Target, test: Test, there = false): Filter {
  const guarded: Test = there ? (reading) => and({ is: 'exists', path: reading.path }, test(reading)) : test
  const own = target.sub.length === 0 && target.keys.length === 0 ? OF_ENTITY[target.name] : undefined
  if (own !== undefined) return guarded(readingOf(own, true))
  return or(...documentPaths(target).map(({ path, time }) => guarded(readingOf(path, time))), observed(target, guarded))
}

function documentPaths({ name, sub, keys }: Target): readonly { readonly path: Path; readonly time: boolean }[] {
  const [first, ...deeper] = sub
  if (first === undefined) {
    const column = COLUMNS[name]
    return [['attributes', name] as Path, ...(column ? [column] : [])].flatMap((path) =>
      // only shapes go on from a column
      path[0] !== 'attributes' && keys.length > 0 && path[0] !== 'geometry' ? [] : [{ path: [...path, ...keys] as const, time: false }],
    )
  }
  const about = ['about', KEPT, 'attributes', name] as const
  if (deeper.length === 0 && MEMBERS.has(first)) return [{ path: [...about, first, ...keys], time: TIMES.has(first) }]
  return [{ path: [...about, ...sub.flatMap((one) => ['sub', one]), 'value', ...keys], time: false }]
}

/** Any instance may match. A series whose attribute was deleted has no value any more. */
function observed({ name, sub, keys }: Target, test: Test): Filter {
  const [first, ...deeper] = sub
  const path: Path | undefined = first === undefined ? ['latestResult', ...keys] : deeper.length === 0 ? OF_SERIES[first] : undefined
  if (path === undefined) return nothing
  const alive = not({ is: 'exists', path: ['properties', KEPT, 'deletedAt'] })
  const where = and(
    equals(['attribute'], name),
    equals(['kind'], 'value'),
    alive,
    test(readingOf(path, path[0] !== 'latestResult' && TIMES.has(first ?? ''))),
  )
  return { is: 'some', through: 'series', where }
}

/** Times of ours compare as times; times within a value are texts, spelled alike. */
function readingOf(path: Path, time: boolean): Reading {
  return {
    path,
    compare: (by, value) => {
      const left = { path }
      if (typeof value === 'string' && isTime(path, time) && isInstant(value))
        return { is: 'compare', left, by, right: { instant: parseInstant(value) } }
      const compared: Filter = { is: 'compare', left, by, right: { value } }
      return by === '=' && path[0] !== 'instance' ? or(compared, { is: 'has', path, value }) : compared
    },
  }
}

const isTime = ([field]: Path, time: boolean): boolean => time && ['created', 'modified', 'latestTime'].includes(field)
