/** calls: the functions of query/functions.ts in SQL. Null in gives null out; text counts code points from 0; times are in UTC; case is Unicode's, whatever the locale. */
import { ALL_TIME } from '../model/time.ts'
import type { FunctionName } from '../query/filter.ts'
import type { Type } from './scope.ts'
import { join, raw, sql, type Sql } from './sql.ts'

interface Call {
  readonly takes: readonly (Type | 'zone' | 'spelled-number' | 'spelled-time')[]
  readonly gives: Type
  readonly sql: (...args: Sql[]) => Sql
}

const part = (field: string): Call => ({
  takes: ['time'],
  gives: 'number',
  sql: (time) => sql`extract(${raw(field)} from ${time!} at time zone 'UTC')::float8`,
})
const infix = (symbol: string): Call => ({ takes: ['number', 'number'], gives: 'number', sql: (a, b) => sql`(${a!} ${raw(symbol)} ${b!})` })
const text = (write: (a: Sql) => Sql): Call => ({ takes: ['text'], gives: 'text', sql: (a) => write(a!) })
const number = (write: (a: Sql) => Sql): Call => ({ takes: ['number'], gives: 'number', sql: (a) => write(a!) })

/** A number of code points, null for null (`least` would hide it): no text is longer, and an int holds twice as much. */
const count = (a: Sql) => sql`(case when ${a} > 1000000000 then 1000000000 when ${a} < 0 then 0 else floor(${a})::int end)`

const [FIRST, LAST] = [sql`'0001-01-01T00:00:00Z'::timestamptz`, sql`'9999-12-31T23:59:59.999999Z'::timestamptz`]

/** Null beyond the calendar. */
const within = (time: Sql): Sql => sql`(case when ${time} between ${FIRST} and ${LAST} then ${time} end)`

/** Null beyond the calendar. The ends of the calendar are moved, not the time: that could leave what PostgreSQL can count. */
function later(time: Sql, seconds: Sql): Sql {
  const by = sql`(round(${seconds} * 1000000) * interval '1 microsecond')`
  return sql`(case when abs(${seconds}) > ${raw(String(ALL_TIME))} then null
    when ${seconds} > 0 and ${time} > ${LAST} - ${by} then null when ${seconds} < 0 and ${time} < ${FIRST} - ${by} then null else ${time} + ${by} end)`
}

export const CALLS: Readonly<Record<FunctionName, Call>> = {
  lower: text((a) => sql`(lower(${a} collate "und-x-icu") collate "C")`),
  upper: text((a) => sql`(upper(${a} collate "und-x-icu") collate "C")`),
  trim: text((a) => sql`btrim(${a}, E' \\t\\n\\r')`),
  length: { takes: ['text'], gives: 'number', sql: (a) => sql`length(${a!})::float8` },
  concat: { takes: ['text', 'text'], gives: 'text', sql: (...args) => sql`(${join(args, ' || ')})` },
  indexof: { takes: ['text', 'text'], gives: 'number', sql: (whole, piece) => sql`(strpos(${whole!}, ${piece!}) - 1)::float8` },
  substring: {
    takes: ['text', 'number', 'number'],
    gives: 'text',
    sql: (whole, from, length) =>
      length === undefined ? sql`substr(${whole!}, ${count(from!)} + 1)` : sql`substr(${whole!}, ${count(from!)} + 1, ${count(length)})`,
  },
  year: part('year'),
  month: part('month'),
  day: part('day'),
  hour: part('hour'),
  minute: part('minute'),
  second: { takes: ['time'], gives: 'number', sql: (time) => sql`floor(extract(second from ${time!}))::float8` },
  fraction: {
    takes: ['time'],
    gives: 'number',
    sql: (time) => sql`(extract(microseconds from ${time!})::bigint % 1000000)::float8 / 1000000`,
  },
  date: { takes: ['time'], gives: 'text', sql: (time) => sql`to_char(${time!} at time zone 'UTC', 'YYYY-MM-DD')` },
  clock: { takes: ['time'], gives: 'text', sql: (time) => sql`to_char(${time!} at time zone 'UTC', 'HH24:MI:SS.US')` },
  round: number((a) => sql`(trunc(${a}) + case when abs(${a} - trunc(${a})) >= 0.5 then sign(${a}) else 0 end)`),
  floor: number((a) => sql`floor(${a})`),
  ceiling: number((a) => sql`ceil(${a})`),
  add: infix('+'),
  sub: infix('-'),
  mul: infix('*'),
  div: { takes: ['number', 'number'], gives: 'number', sql: (a, b) => sql`(${a!} / nullif(${b!}, 0))` },
  mod: { takes: ['number', 'number'], gives: 'number', sql: (a, b) => sql`(${a!} - ${b!} * trunc(${a!} / nullif(${b!}, 0)))` },
  shift: { takes: ['time', 'number'], gives: 'time', sql: (time, seconds) => later(time!, sql`(${seconds!})`) },
  local: {
    takes: ['time', 'zone'],
    gives: 'time',
    sql: (time, zone) => within(sql`((${time!} at time zone ${zone!}) at time zone 'UTC')`),
  },
  tonumber: { takes: ['spelled-number'], gives: 'number', sql: (a) => a! },
  totime: { takes: ['spelled-time'], gives: 'time', sql: (a) => a! },
  apart: {
    takes: ['time', 'time'],
    gives: 'number',
    sql: (a, b) => sql`((extract(epoch from (${a!}) - (${b!})) * 1000000)::float8 / 1000000)`,
  },
}
