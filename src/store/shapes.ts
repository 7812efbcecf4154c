/**
 * shapes: spatial leaves that only GEOS can decide, turned into lists of ids before the question is asked.
 * Boxes find the candidates, GEOS decides; points inside boxes and circles stay with PostgreSQL (compile.ts).
 */
import { boxOf, lengthOf, polygonOf, type Box, type Geometry } from '../model/geometry.ts'
import { degreesApart, metresApart, relate, relatesBy } from '../model/geos.ts'
import type { Noun } from '../model/noun.ts'
import { compareNumbers } from '../query/evaluate.ts'
import { or, type Filter } from '../query/filter.ts'
import { relationOf } from '../query/relations.ts'
import { around, rectangle } from './compile.ts'
import type { Store } from './pool.ts'
import { raw, sql, type Sql } from './sql.ts'

type Spatial = Filter & { is: 'spatial' | 'near' | 'relates' | 'measured' }

const KINDS: readonly string[] = ['spatial', 'near', 'relates', 'measured'] satisfies readonly Spatial['is'][]

/** The same filter with every such leaf answered. Other filters come back as they are, without a query. */
export async function resolveShapes(store: Store, filter: Filter, noun: Noun): Promise<Filter> {
  if (!isSpatial(filter)) return filter
  switch (filter.is) {
    case 'and':
    case 'or':
      return { is: filter.is, of: await Promise.all(filter.of.map((part) => resolveShapes(store, part, noun))) }
    case 'not':
      return { is: 'not', of: await resolveShapes(store, filter.of, noun) }
    case 'some':
      return { ...filter, where: await resolveShapes(store, filter.where, relationOf(noun, filter.through).to) }
    case 'spatial':
    case 'near':
    case 'relates':
    case 'measured':
      return or(filter, { is: 'in', path: ['id'], values: await decide(store, filter, noun) })
    default:
      return filter
  }
}

function isSpatial(filter: Filter): boolean {
  if (KINDS.includes(filter.is)) return true
  if (filter.is === 'and' || filter.is === 'or') return filter.of.some(isSpatial)
  if (filter.is === 'not') return isSpatial(filter.of)
  return filter.is === 'some' && isSpatial(filter.where)
}

interface Candidate {
  readonly id: number
  readonly geometry: Geometry
  /** The same as WKB, where it is kept: cheaper for GEOS to read. */
  readonly shape?: Uint8Array
}

async function decide(store: Store, filter: Spatial, noun: Noun): Promise<number[]> {
  const answer: number[] = []
  for (const one of await candidates(store, filter, noun)) if (holds(filter, one)) answer.push(one.id)
  return answer
}

function holds(filter: Spatial, { geometry, shape }: Candidate): boolean {
  if (filter.is === 'spatial') return relate(filter.relation, shape ?? geometry, filter.geometry)
  if (filter.is === 'relates') return relatesBy(filter.pattern, shape ?? geometry, filter.geometry)
  if (filter.is === 'measured') {
    const degrees = filter.from === undefined ? lengthOf(geometry) : degreesApart(shape ?? geometry, filter.from)
    return compareNumbers(degrees, filter.by, filter.degrees)
  }
  const metres = metresApart(geometry, filter.geometry)
  return filter.by === '<=' ? metres <= filter.metres : metres >= filter.metres
}

async function candidates(store: Store, filter: Spatial, noun: Noun): Promise<readonly Candidate[]> {
  if (noun === 'series' && filter.path[0] === 'observedArea') return areas(store)
  if (noun !== 'entity' || filter.path[0] !== 'geometry') return []
  const form = raw(
    filter.is === 'near' || (filter.is === 'measured' && filter.from === undefined)
      ? 'null::bytea as shape, case when lon is null then geometry end as geometry'
      : 'shape, null as geometry',
  )
  const rows = await store.query<{
    id: number
    lon: number | null
    lat: number | null
    shape: Uint8Array | null
    geometry: Geometry | null
  }>(sql`select id, lon, lat, ${form} from entity where box is not null and ${boxed(filter)} and ${unanswered(filter)}`)
  return rows.map(({ id, lon, lat, shape, geometry }) => ({
    id,
    geometry: geometry ?? { type: 'Point', coordinates: [lon ?? 0, lat ?? 0] },
    ...(shape !== null && { shape }),
  }))
}

async function areas(store: Store): Promise<readonly Candidate[]> {
  const rows = await store.query<{ id: number; w: number; s: number; e: number; n: number }>(
    sql`select series as id, (area[1])[0] as w, (area[1])[1] as s, (area[0])[0] as e, (area[0])[1] as n from series_state where area is not null`,
  )
  return rows.map(({ id, w, s, e, n }) => ({ id, geometry: polygonOf([w, s, e, n]) }))
}

/** Where a match can lie at all; everywhere for relations that hold far away. */
function boxed(filter: Spatial): Sql {
  const geometry = filter.is === 'measured' ? filter.from : filter.geometry
  if (geometry === undefined) return sql`true`
  const box = boxOf(geometry)
  if (box === undefined) return sql`false`
  if (isFar(filter)) return sql`true`
  const [west, south, east, north] = reach(filter, box)
  return sql`box && box(point(${east}::float8, ${north}::float8), point(${west}::float8, ${south}::float8))`
}

/** Where a match may lie far away. */
function isFar(filter: Spatial): boolean {
  switch (filter.is) {
    case 'spatial':
      return filter.relation === 'disjoint'
    case 'near':
      return filter.by === '>='
    case 'relates':
      return [0, 1, 3, 4].every((i) => 'Ff*'.includes(filter.pattern[i] ?? ''))
    case 'measured':
      return !['<', '<=', '='].includes(filter.by)
  }
}

function reach(filter: Spatial, box: Box): Box {
  if (filter.is === 'near') return grown(box, filter.metres)
  if (filter.is !== 'measured') return box
  const [west, south, east, north] = box
  const more = Math.max(0, filter.degrees) * 1.001
  return [west - more, south - more, east + more, north + more]
}

function grown([west, south, east, north]: Box, metres: number): Box {
  const [a, b] = [around([west, south], metres), around([east, north], metres)]
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

/** Points that compile.ts answers itself are left to it. */
function unanswered(filter: Spatial): Sql {
  const answered =
    filter.is === 'near'
      ? filter.geometry.type === 'Point'
      : filter.is === 'spatial' && filter.relation === 'intersects' && rectangle(filter.geometry) !== undefined
  return answered ? sql`lon is null` : raw('true')
}
