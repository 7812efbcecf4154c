/**
 * compile: what a Filter means in PostgreSQL; query/filter.ts says it in words, query/matches.ts in memory.
 * test/golden/filters.sql shows the SQL of every kind. Spatial leaves are about points here: shapes.ts has
 * turned what only GEOS can decide into lists of ids before.
 */
import { EARTH, type Box, type Geometry } from '../model/geometry.ts'
import { boxOf } from '../model/geometry.ts'
import { Problem } from '../problem.ts'
import { typeOf } from '../query/fields.ts'
import { and, everything, isEqual, type Filter, type Operand, type Path, type Through } from '../query/filter.ts'
import { patternOf } from '../query/pattern.ts'
import { relationOf } from '../query/relations.ts'
import { columnOf, tableOf } from './columns.ts'
import { comparison } from './comparison.ts'
import { operand, toOne } from './operand.ts'
import { BY_ID, PLACEMENTS, TO_MANY } from './relations.ts'
import type { Scope } from './scope.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'
import { found } from './words.ts'

export function compile(filter: Filter, scope: Scope): Sql {
  switch (filter.is) {
    case 'everything':
      return sql`true`
    case 'nothing':
      return sql`false`
    case 'and':
    case 'or':
      return sql`(${join(
        filter.of.map((part) => compile(part, scope)),
        ` ${filter.is} `,
      )})`
    case 'not':
      return sql`(${compile(filter.of, scope)}) is not true`
    case 'compare':
      return comparison(filter, scope, compile)
    case 'in':
      return inList(filter.path, filter.values, scope)
    case 'text':
      return textual(filter, scope)
    case 'has':
      return has(filter.path, filter.value, scope)
    case 'like':
      return like(filter.path, filter.pattern, scope)
    case 'exists':
      return exists(filter.path, scope)
    case 'search':
      return search(filter, scope)
    case 'some':
      return some(filter.through, filter.where, scope)
    default:
      return shaped(filter, scope)
  }
}

/** Patterns and measures are for GEOS alone. */
function shaped(filter: Filter & { is: 'spatial' | 'near' | 'relates' | 'measured' }, scope: Scope): Sql {
  if (filter.is === 'spatial') return spatial(filter, scope)
  return filter.is === 'near' ? near(filter, scope) : sql`false`
}

function inList(path: Path, values: readonly (string | number)[], scope: Scope): Sql {
  const numbers = values.filter((value) => typeof value === 'number')
  const texts = values.filter((value) => typeof value === 'string')
  const field = operand({ path }, scope, compile)
  const parts: Sql[] = []
  const [number, text] = [field.as('number'), field.as('text')]
  if (numbers.length > 0 && number)
    parts.push(sql`${number} = any(${numbers}::${raw(numbers.every(Number.isSafeInteger) ? 'bigint' : 'float8')}[])`)
  if (texts.length > 0 && text) parts.push(sql`${text} = any(${texts}::text[])`)
  return parts.length === 0 ? sql`false` : sql`(${join(parts, ' or ')})`
}

function textual({ left, how, part }: Filter & { is: 'text' }, scope: Scope): Sql {
  const [whole, piece] = [operand(left, scope, compile).as('text'), operand(part, scope, compile).as('text')]
  if (whole === undefined || piece === undefined) return sql`false`
  switch (how) {
    case 'contains':
      return sql`strpos(${whole}, ${piece}) > 0`
    case 'starts':
      return sql`starts_with(${whole}, ${piece})`
    case 'ends':
      return sql`right(${whole}, length(${piece})) = ${piece}`
  }
}

function has(path: Path, value: string | number | boolean | null, scope: Scope): Sql {
  const [field, ...keys] = path
  if (typeOf(scope.noun, path) === 'list')
    return typeof value === 'string' ? sql`${columnOf(scope.noun, field, scope.t)} @> array[${value}::text]` : sql`false`
  const json = operand({ path: [field, ...keys] }, scope, compile).as('json')
  return json === undefined ? sql`false` : sql`(jsonb_typeof(${json}) = 'array' and ${json} @> ${JSON.stringify([value])}::jsonb)`
}

/** Lists member by member. Under "C", where a character is a code point and nothing else. */
function like(path: Path, source: string, scope: Scope): Sql {
  const pattern = patternOf(source).sql
  const type = typeOf(scope.noun, path)
  const matched = (text: Sql) => sql`${text} collate "C" ~ ${pattern}`
  if (type === 'list') return sql`exists (select from unnest(${columnOf(scope.noun, path[0], scope.t)}) one where ${matched(sql`one`)})`
  const field = operand({ path }, scope, compile)
  const [text, json] = [field.as('text'), field.as('json')]
  const parts = text === undefined ? [] : [sql`coalesce(${matched(sql`(${text})`)}, false)`]
  if (json !== undefined)
    parts.push(sql`exists (select from jsonb_array_elements(case when jsonb_typeof(${json}) = 'array' then ${json} else '[]' end) one
      where jsonb_typeof(one) = 'string' and ${matched(sql`(one #>> '{}')`)})`)
  return parts.length === 0 ? sql`false` : sql`(${join(parts, ' or ')})`
}

function exists(path: Path, scope: Scope): Sql {
  return sql`(${operand({ path }, scope, compile).present()})`
}

/** Points only: a point meets a box when it lies in it. What else there is has become a list of ids (shapes.ts). */
function spatial({ path, relation, geometry }: Filter & { is: 'spatial' }, scope: Scope): Sql {
  const box = rectangle(geometry)
  if (box === undefined || relation !== 'intersects' || !hasPoints(path, scope)) return sql`false`
  const t = name(scope.t)
  const [west, south, east, north] = box
  return sql`(${within(box, scope)} and ${t}.lon between ${west}::float8 and ${east}::float8 and ${t}.lat between ${south}::float8 and ${north}::float8)`
}

/** Metres on the great circle, as metresBetween in model/geometry.ts. */
function near({ path, geometry, by, metres }: Filter & { is: 'near' }, scope: Scope): Sql {
  if (geometry.type !== 'Point' || !hasPoints(path, scope)) return sql`false`
  const [x = 0, y = 0] = geometry.coordinates
  const t = name(scope.t)
  const distance = sql`2 * ${EARTH}::float8 * asin(sqrt(least(1, sin(radians((${y}::float8 - ${t}.lat) / 2)) ^ 2
    + cos(radians(${t}.lat)) * cos(radians(${y}::float8)) * sin(radians((${x}::float8 - ${t}.lon) / 2)) ^ 2)))`
  /** `least` leaves null out: without the guard whatever has no point would be half the earth away. */
  if (by === '>=') return sql`(${t}.lon is not null and ${distance} >= ${metres}::float8)`
  return sql`(${within(around([x, y], metres), scope)} and ${distance} <= ${metres}::float8)`
}

function hasPoints([field]: Path, { noun }: Scope): boolean {
  return noun === 'entity' && field === 'geometry'
}

function within([west, south, east, north]: Box, { t }: Scope): Sql {
  return sql`${name(t)}.box && box(point(${east}::float8, ${north}::float8), point(${west}::float8, ${south}::float8))`
}

/** A box that surely holds the circle; the whole width near the poles and the antimeridian. */
export function around([x, y]: readonly [number, number], metres: number): Box {
  const dy = (metres / EARTH) * (180 / Math.PI) * 1.001
  const cos = Math.cos((Math.min(89.9, Math.abs(y) + dy) * Math.PI) / 180)
  const dx = dy / cos
  return Math.abs(y) + dy >= 89 || Math.abs(x) + dx > 180 ? [-180, y - dy, 180, y + dy] : [x - dx, y - dy, x + dx, y + dy]
}

/** The box, when the geometry is nothing but one: what bbox= asks for. */
export function rectangle(geometry: Geometry): Box | undefined {
  if (geometry.type !== 'Polygon' || geometry.coordinates.length !== 1 || geometry.coordinates[0]?.length !== 5) return undefined
  const box = boxOf(geometry)
  const corners = new Set(geometry.coordinates[0].map(([x, y]) => `${x} ${y}`))
  if (box === undefined || corners.size !== 4) return undefined
  const [west, south, east, north] = box
  const all = [`${west} ${south}`, `${west} ${north}`, `${east} ${south}`, `${east} ${north}`]
  const inTurn = geometry.coordinates[0].every(([x, y], i, ring) => i === 0 || x === ring[i - 1]?.[0] || y === ring[i - 1]?.[1])
  return inTurn && all.every((corner) => corners.has(corner)) ? box : undefined
}

function search({ words, sought }: Filter & { is: 'search' }, { noun, t }: Scope): Sql {
  if (noun === 'dataset' && sought !== undefined) return found(sql`${name(t)}.words`, sought)
  if (noun === 'dataset')
    return sql`${name(t)}.words @@ (websearch_to_tsquery('german', ${words}) || websearch_to_tsquery('simple', ${words}))`
  if (noun !== 'entity') throw new Problem('invalid-query', `${noun} cannot be searched by words.`)
  const text = sql`lower((${name(t)}.name || ' ' || ${name(t)}.description) collate "und-x-icu")`
  const each = words
    .toLowerCase()
    .split(/\s+/)
    .map((word) => sql`strpos(${text}, ${word}) > 0`)
  return sql`(${join(each, ' and ')})`
}

function some(through: Through, where: Filter, { noun, t }: Scope): Sql {
  const { to } = relationOf(noun, through)
  const inner: Scope = { noun: to, t: `${t}t` }
  const one = toOne(through, { noun, t })
  const called = typeof through === 'string' ? through : ''
  const named = idIn(where)
  if (one !== undefined && named !== undefined) {
    const link = BY_ID[noun]?.[called]?.(sql`${named.id}::bigint`, t) ?? sql`${one} = ${named.id}::bigint`
    if (named.rest.is === 'everything') return link
    return sql`(${link} and exists (select from ${tableOf(to, inner.t)} where ${name(inner.t)}.id = ${named.id}::bigint and ${compile(named.rest, inner)}))`
  }
  if (noun === 'observation' && through === 'series' && isEqual(where, 'kind', 'place')) return PLACEMENTS(t)
  const many = TO_MANY[noun][called]
  const link = one ? sql`${name(inner.t)}.id = ${one}` : many?.(sql`${name(t)}.id`, inner.t)
  if (link === undefined) throw new Error(`no join for ${noun}.${called}`)
  return sql`exists (select from ${tableOf(to, inner.t)} where ${link} and ${compile(where, inner)})`
}

/** The one id that a filter asks for, and what else it asks: of one item that is decided once, not of each that hangs on it. */
export function idIn(where: Filter): { readonly id: number; readonly rest: Filter } | undefined {
  if (where.is === 'compare') return isEqual(where, 'id') && isId(where.right) ? { id: where.right.value, rest: everything } : undefined
  if (where.is !== 'and') return undefined
  for (const [i, part] of where.of.entries()) {
    const found = idIn(part)
    if (found !== undefined) return { id: found.id, rest: and(found.rest, ...where.of.toSpliced(i, 1)) }
  }
  return undefined
}

function isId(operand: Operand): operand is { readonly value: number } {
  return 'value' in operand && Number.isSafeInteger(operand.value)
}
