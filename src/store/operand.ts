/** operand: one side of a comparison in SQL: readable as the types it can have, and saying when it is missing. */
import type { Noun } from '../model/noun.ts'
import { isInstant, parseInstant } from '../model/time.ts'
import { Problem } from '../problem.ts'
import { typeOf } from '../query/fields.ts'
import { everything, type Operand, type Path, type Through, type Value } from '../query/filter.ts'
import { zoneIn } from '../query/evaluate.ts'
import { functionOf, type ArgumentType } from '../query/functions.ts'
import { NUMBER, TIME } from '../query/spelled.ts'
import { relationOf } from '../query/relations.ts'
import { columnOf, resultOf, tableOf } from './columns.ts'
import { CALLS } from './calls.ts'
import { TO_ONE } from './relations.ts'
import type { Compile, Scope, Type } from './scope.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'
import { relevance } from './words.ts'

export interface Readable {
  readonly type: Type | 'any' | 'null' | 'list' | 'geometry'
  /** The one type it has, when that is known before reading. */
  readonly certain: Type | undefined
  /** As a value of the type; null for a value of another type; undefined when it can never be of it. */
  as(type: Type): Sql | undefined
  /** Of a list: all of it as JSON, to be told apart from others. */
  readonly whole?: Sql
  /** A condition: it is not there, or null. */
  missing(): Sql
  /** A condition: it is there, even as JSON null. */
  present(): Sql
}

/** `compile` is handed in: what a related item must fulfil is a filter again. */
export function operand(of: Operand, scope: Scope, compile: Compile): Readable {
  if ('path' in of) return pathOf(of.path, scope)
  if ('instant' in of) return plain('time', sql`${of.instant}::timestamptz`)
  if ('value' in of) return literal(of.value)
  if ('relevance' in of) return fit(of, scope)
  return 'through' in of ? related(of, scope, compile) : called(of, scope, compile)
}

/** Without what the words mean, all fit alike. */
function fit({ sought = [] }: Extract<Operand, { readonly relevance: string }>, { noun, t }: Scope): Readable {
  if (noun !== 'dataset') throw new Problem('invalid-query', `${noun} is not ordered by words.`)
  return plain('number', relevance(sql`${name(t)}.words`, sought))
}

function plain(type: Type, value: Sql): Readable {
  return {
    type,
    certain: type,
    as: (wanted) => (wanted === type ? value : undefined),
    missing: () => sql`(${value}) is null`,
    present: () => sql`(${value}) is not null`,
  }
}

function literal(value: Value): Readable {
  if (value === null) return { ...plain('text', sql`null`), type: 'null', certain: undefined }
  if (typeof value === 'string') return plain('text', sql`${value}::text`)
  if (typeof value === 'boolean') return plain('boolean', sql`${value}::boolean`)
  return plain('number', Number.isSafeInteger(value) ? sql`${value}::bigint` : sql`${value}::float8`)
}

function pathOf(path: Path, scope: Scope): Readable {
  const [field, ...keys] = path
  const type = typeOf(scope.noun, path)
  if (type === 'any') return result(field, scope)
  if (type === 'json') return json(jsonAt(field, keys, scope))
  const column = columnOf(scope.noun, field, scope.t)
  if (type === 'list' || type === 'geometry')
    return { ...plain('text', column), type, certain: undefined, as: () => undefined, ...(type === 'list' && { whole: sql`to_jsonb(${column})` }) } // prettier-ignore
  return plain(type, column)
}

function jsonAt(field: string, keys: readonly string[], { noun, t }: Scope): Sql {
  const column = jsonOf(field, noun, t)
  if (keys.length === 0) return column
  if (!keys.some((key) => ODD_POSITION.test(key))) return sql`(${column} #> ${keys}::text[])`
  return keys.reduce((at, key) => (ODD_POSITION.test(key) ? sql`(${at} -> ${key}::text)` : sql`(${at} #> ${[key]}::text[])`), column)
}

/** A geometry is kept as json, verbatim; asked into, it is jsonb like the rest. */
function jsonOf(field: string, noun: Noun, t: string): Sql {
  const type = typeOf(noun, [field])
  if (type === 'any') return resultOf(noun, field, 'json', t)
  return type === 'geometry' ? sql`(${columnOf(noun, field, t)}::jsonb)` : columnOf(noun, field, t)
}

/** What PostgreSQL would read as a position in an array, though it is not written like one: "-1" is its last. As a key it stays a key. */
const ODD_POSITION = /^(?:\s+[+-]?|[+-]|0)\d/

function json(value: Sql): Readable {
  const typed = (type: string, read: Sql) => sql`(case when jsonb_typeof(${value}) = ${raw(`'${type}'`)} then ${read} end)`
  return {
    type: 'json',
    certain: undefined,
    as(type) {
      if (type === 'json') return value
      if (type === 'number') return typed('number', sql`(${value} #>> '{}')::float8`)
      if (type === 'boolean') return typed('boolean', sql`(${value} #>> '{}')::boolean`)
      return type === 'text' ? typed('string', sql`(${value} #>> '{}')`) : undefined
    },
    missing: () => sql`(${value} is null or jsonb_typeof(${value}) = 'null')`,
    present: () => sql`${value} is not null`,
  }
}

function result(field: string, { noun, t }: Scope): Readable {
  const column = (type: 'number' | 'text' | 'boolean' | 'json') => resultOf(noun, field, type, t)
  const all = sql`${column('number')} is null and ${column('text')} is null and ${column('boolean')} is null and ${column('json')} is null`
  return {
    type: 'any',
    certain: undefined,
    as: (type) => (type === 'time' ? undefined : column(type)),
    missing: () => sql`(${all})`,
    present: () => (noun === 'observation' ? sql`true` : sql`${name(`${t}_state`)}.latest_id is not null`),
  }
}

/** The id of the one related item; undefined where there may be many. */
export function toOne(through: Through, scope: Scope): Sql | undefined {
  if (typeof through === 'string') return TO_ONE[scope.noun][through]?.(scope.t)
  const number = pathOf(through.at, scope).as('number')
  return (
    number &&
    sql`(case when ${number} between 0 and ${Number.MAX_SAFE_INTEGER}::bigint and ${number} = trunc(${number}) then (${number})::bigint end)`
  )
}

/** Of the one related item: read in a sub-select, and missing where there is none. */
function related(
  { through, of, where = everything }: Extract<Operand, { readonly through: unknown }>,
  { noun, t }: Scope,
  compile: Compile,
): Readable {
  const one = toOne(through, { noun, t })
  if (one === undefined) throw new Problem('invalid-query', `“${JSON.stringify(through)}” of ${noun} is not one item.`)
  const inner: Scope = { noun: relationOf(noun, through).to, t: `${t}t` }
  const value = operand(of, inner, compile)
  const select = (what: Sql) =>
    sql`(select ${what} from ${tableOf(inner.noun, inner.t)} where ${name(inner.t)}.id = ${one} and ${compile(where, inner)})`
  return {
    type: value.type,
    certain: value.certain,
    as(type) {
      const read = value.as(type)
      return read && select(read)
    },
    missing: () => sql`(${select(value.missing())} is not false)`,
    present: () => sql`(${select(value.present())} is true)`,
  }
}

function called({ call, args }: Extract<Operand, { readonly call: unknown }>, scope: Scope, compile: Compile): Readable {
  functionOf(call, args.length)
  const { takes, gives, sql: write } = CALLS[call]
  const values = args.map((arg, i) => readAs(arg, takes[i] ?? 'text', scope, compile))
  return plain(gives, write(...values))
}

/** An argument as the type its function takes; a text that spells a time serves as one. */
function readAs(arg: Operand, type: ArgumentType | Type, scope: Scope, compile: Compile): Sql {
  if (type === 'zone') return sql`${zoneIn(arg) ?? null}::text`
  if (type === 'spelled-number' || type === 'spelled-time') return spelled(operand(arg, scope, compile), type)
  if (type === 'time' && 'value' in arg && typeof arg.value === 'string' && isInstant(arg.value))
    return sql`${parseInstant(arg.value)}::timestamptz`
  const value = operand(arg, scope, compile).as(type)
  if (value === undefined) return sql`null::${raw(PG_TYPE[type])}`
  return type === 'number' ? sql`(${value})::float8` : value
}

/** As the type itself, or read from a text that spells it. */
function spelled(value: Readable, type: 'spelled-number' | 'spelled-time'): Sql {
  const [to, pattern] = type === 'spelled-number' ? (['number', NUMBER] as const) : (['time', TIME] as const)
  const [own, text] = [value.as(to), value.as('text')]
  const parts = [
    ...(own === undefined ? [] : [sql`(${own})::${raw(PG_TYPE[to])}`]),
    ...(text === undefined ? [] : [sql`case when ${text} ~ ${pattern}::text then (${text})::${raw(PG_TYPE[to])} end`]),
  ]
  return parts.length === 0 ? sql`null::${raw(PG_TYPE[to])}` : sql`coalesce(${join(parts, ', ')})`
}

const PG_TYPE: Readonly<Record<Type, string>> = { number: 'float8', text: 'text', boolean: 'boolean', time: 'timestamptz', json: 'jsonb' }
