/** groups: which groups of $apply are answered, and in what order: $filter, $orderby, $top, $skip and $count about them. */
import { Problem } from '../../problem.ts'
import type { Column } from './apply.ts'
import { parseExpression, parseOrder, type Binary, type Expression, type Ordered } from './expression.ts'

export type Row = Readonly<Record<string, unknown>>

const PAGE = 10_000

export function chosen(
  rows: readonly Row[],
  columns: readonly Column[],
  said: Readonly<Record<string, string>>,
): { readonly rows: readonly Row[]; readonly count?: number } {
  const { $filter: filter, $orderby: order, $count: count } = said
  if (count !== undefined && count !== 'true' && count !== 'false')
    throw wrong('$count', `$count is “${count}”, not true or false.`, `$count ist „${count}“, nicht true oder false.`)
  const condition = filter === undefined ? undefined : parseExpression(filter, '$filter')
  const by = order === undefined ? [] : parseOrder(order, '$orderby')
  if (condition !== undefined) check(condition, columns, '$filter')
  for (const { by: of } of by) {
    if (of.is !== 'path') throw unsupported('$orderby')
    check(of, columns, '$orderby')
  }
  const kept = condition === undefined ? rows : rows.filter((row) => holds(condition, row))
  const ordered = by.length === 0 ? kept : kept.toSorted((a, b) => compareBy(by, a, b))
  const skip = wholeOf('$skip', said) ?? 0
  return {
    rows: ordered.slice(skip, skip + Math.min(wholeOf('$top', said) ?? PAGE, PAGE)),
    ...(count === 'true' && { count: kept.length }),
  }
}

/** Every path is a column, however few groups there are to look at. */
function check(of: Expression, columns: readonly Column[], parameter: string): void {
  if (of.is === 'path') {
    if (columns.some((column) => column.join('/') === of.names.join('/'))) return
    throw wrong(parameter, `The groups have no “${of.names.join('/')}”.`, `Die Gruppen haben kein „${of.names.join('/')}“.`)
  }
  for (const part of partsOf(of)) check(part, columns, parameter)
}

function partsOf(of: Expression): readonly Expression[] {
  if (of.is === 'and' || of.is === 'or') return of.of
  if (of.is === 'binary') return [of.left, of.right]
  if (of.is === 'not' || of.is === 'minus') return [of.of]
  return of.is === 'in' ? [of.left, ...of.values] : []
}

function wholeOf(parameter: string, said: Readonly<Record<string, string>>): number | undefined {
  const text = said[parameter]
  if (text === undefined) return undefined
  if (/^\s*\d{1,15}\s*$/.test(text)) return Number(text)
  throw wrong(parameter, `${parameter} is “${text}”, not a whole number from 0 up.`, `${parameter} ist „${text}“, keine ganze Zahl ab 0.`)
}

function holds(of: Expression, row: Row): boolean {
  switch (of.is) {
    case 'and':
      return of.of.every((part) => holds(part, row))
    case 'or':
      return of.of.some((part) => holds(part, row))
    case 'not':
      return !holds(of.of, row)
    case 'in':
      return of.values.some((value) => compared('eq', valueOf(of.left, row), valueOf(value, row)))
    case 'binary':
      return compared(of.by, valueOf(of.left, row), valueOf(of.right, row))
    default:
      throw unsupported('$filter')
  }
}

const HOLDS: Readonly<Partial<Record<Binary, (order: number) => boolean>>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
}

/** Only alike compare; with null only eq and ne. */
function compared(by: Binary, a: unknown, b: unknown): boolean {
  const test = HOLDS[by]
  if (test === undefined) throw unsupported('$filter')
  if (a === null || b === null) return by === 'eq' ? a === b : by === 'ne' && a !== b
  return typeof a === typeof b ? test(order(a, b)) : false
}

function valueOf(of: Expression, row: Row): unknown {
  if (of.is === 'value') return of.value
  if (of.is === 'instant') return of.instant
  if (of.is === 'minus' && of.of.is === 'value' && typeof of.of.value === 'number') return -of.of.value
  if (of.is !== 'path') throw unsupported('$filter')
  return inRow(of.names, row)
}

/** The checked path of a column leads to its value. */
function inRow(names: readonly string[], row: Row): unknown {
  return names.reduce<unknown>((at, name) => (at as Row)[name], row)
}

function compareBy(by: readonly Ordered[], a: Row, b: Row): number {
  for (const { by: of, descending } of by) {
    if (of.is !== 'path') continue
    const found = order(inRow(of.names, a), inRow(of.names, b))
    if (found !== 0) return descending ? -found : found
  }
  return 0
}

/** Nulls first, as everywhere here; texts by code point. */
function order(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [textOf(a), textOf(b)]
  return one === other ? 0 : one < other ? -1 : 1
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function unsupported(parameter: string): Problem {
  return new Problem(
    'not-implemented',
    {
      en: 'Groups are compared with values, and ordered by columns.',
      de: 'Gruppen werden mit Werten verglichen und nach Spalten geordnet.',
    },
    { parameter },
  )
}

function wrong(parameter: string, en: string, de: string): Problem {
  return new Problem('invalid-query', { en, de }, { parameter })
}
