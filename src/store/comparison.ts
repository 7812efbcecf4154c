/** comparison: two operands compared true to type: a number with a number, a text with a text; what is of another type does not hold. */
import type { Comparator, Filter } from '../query/filter.ts'
import { operand, type Readable } from './operand.ts'
import type { Compile, Scope, Type } from './scope.ts'
import { join, raw, sql, type Sql } from './sql.ts'

const OPERATORS: Readonly<Record<Comparator, Sql>> = {
  '=': raw('='),
  '<>': raw('<>'),
  '<': raw('<'),
  '<=': raw('<='),
  '>': raw('>'),
  '>=': raw('>='),
}

export function comparison({ left, by, right }: Filter & { is: 'compare' }, scope: Scope, compile: Compile): Sql {
  const [a, b] = [operand(left, scope, compile), operand(right, scope, compile)]
  if (a.type === 'null') return againstNull(b, by)
  if (b.type === 'null') return againstNull(a, by)
  const type = a.certain ?? b.certain
  if (type !== undefined) return asType(a, by, b, type) ?? sql`false`
  const plain = (['number', 'text', 'boolean'] as const).map((kind) => asType(a, by, b, kind))
  const parts = [...plain, compound(a, by, b)].filter((part) => part !== undefined)
  return parts.length === 0 ? sql`false` : sql`(${join(parts, ' or ')})`
}

/** Equality with null asks whether the value is missing; there is no order. */
function againstNull(value: Readable, by: Comparator): Sql {
  if (by === '=') return sql`${value.missing()} is true`
  return by === '<>' ? sql`${value.missing()} is not true` : sql`false`
}

/** Texts are ordered by code point, whatever the database's own collation is. */
function asType(a: Readable, by: Comparator, b: Readable, type: Type): Sql | undefined {
  const [x, y] = [a.as(type), b.as(type)]
  if (x === undefined || y === undefined) return undefined
  const ordered = type === 'text' && by !== '=' && by !== '<>'
  return sql`${x} ${OPERATORS[by]} ${y}${raw(ordered ? ' collate "C"' : '')}`
}

/** Objects and arrays are one type, so that a number in JSON is neither like nor unlike them. */
function compound(a: Readable, by: Comparator, b: Readable): Sql | undefined {
  const [x, y] = [a.as('json'), b.as('json')]
  if (x === undefined || y === undefined || (by !== '=' && by !== '<>')) return undefined
  return sql`(${isCompound(x)} and ${isCompound(y)} and ${x} ${OPERATORS[by]} ${y})`
}

function isCompound(json: Sql): Sql {
  return sql`jsonb_typeof(${json}) in ('object', 'array')`
}
