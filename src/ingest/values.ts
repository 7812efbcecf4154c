/** values: the readers a mapping is compiled into: sources, and cells to typed values. */
import type { Json } from '../model/json.ts'
import { type Nulls, isBlank, isNull, nullsOf, readBoolean, readNumber } from './decode/number.ts'
import type { Cells, Fault } from './decode/row.ts'
import type { Computed } from './expression.ts'
import { type Decimal, type Source, type ValueType, columnsIn, isIri } from './mapping.ts'
import { iriPart } from './term.ts'

/** A value, undefined for none, or thrown as Wrong. */
export type ValueReader = (cells: Cells, computed: readonly Computed[]) => Json | undefined

/** What is wrong with one cell; the whole row is rejected for it, so that nothing is half-written. */
export class Wrong extends Error {
  readonly fault: Fault
  readonly column: string | undefined
  readonly value: string | undefined

  constructor(fault: Fault, column?: string, value?: string) {
    super(fault.en)
    this.fault = fault
    this.column = column
    this.value = value
  }
}

/** Raw value of a source. `expressions` collects what has to be computed before. */
export function sourceReader(source: Source, expressions: string[], forIri = false): ValueReader {
  if (isIri(source)) return () => source
  const constant = /^=\s*"([^"\\]*)"\s*$/.exec(source)?.[1]
  if (constant !== undefined) return () => constant
  if (source.startsWith('=')) return expressionReader(source.slice(1), expressions)
  const holes = columnsIn(source)
  if (holes.length === 1 && holes[0] === source) return (cells) => cells[source]
  return templateReader(source, forIri)
}

function expressionReader(text: string, expressions: string[]): ValueReader {
  let at = expressions.indexOf(text)
  if (at < 0) at = expressions.push(text) - 1
  return (_, computed) => {
    const found = computed[at]
    if (found === undefined) return undefined
    if ('fault' in found) throw new Wrong(found.fault, `=${text}`)
    return found.value
  }
}

/** Undefined as soon as one hole is empty: half an id is none. */
function templateReader(source: Source, forIri: boolean): ValueReader {
  const parts = source.split(/\{([^{}]+)\}/)
  return (cells) => {
    let text = parts[0] ?? ''
    for (let at = 1; at < parts.length; at += 2) {
      const value = cells[parts[at] ?? '']
      if (value === undefined || value === null || value === '' || (typeof value === 'string' && isBlank(value))) return undefined
      const part = typeof value === 'string' ? value.trim() : typeof value === 'object' ? JSON.stringify(value) : String(value)
      text += (forIri ? iriPart(part) : part) + (parts[at + 1] ?? '')
    }
    return text
  }
}

export interface Typed {
  readonly column: Source
  readonly type: ValueType
  readonly decimal?: Decimal | undefined
  readonly nulls?: readonly (readonly string[] | undefined)[]
  readonly unit?: string | undefined
}

/** Typed value of a source; undefined where it stands for none. */
export function typedReader({ column, type, decimal, nulls = [], unit }: Typed, expressions: string[]): ValueReader {
  const raw = sourceReader(column, expressions)
  const empty = nullsOf(...nulls)
  const own: Nulls = new Set(nulls.flatMap((list) => list ?? []).map((word) => word.trim().toLowerCase()))
  const name = column.startsWith('=') ? column : columnsIn(column).join(', ')
  return (cells, computed) => {
    const value = raw(cells, computed)
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') {
      if (isNull(value, type === 'text' || type === 'auto' ? own : empty) || isBlank(value)) return undefined
      return fromText(value, type, empty, decimal, unit, name)
    }
    if (typeof value === 'number' && own.size > 0 && own.has(String(value))) return undefined
    return fromJson(value, type, name)
  }
}

function fromText(
  value: string,
  type: ValueType,
  empty: Nulls,
  decimal: Decimal | undefined,
  unit: string | undefined,
  name: string,
): Json | undefined {
  switch (type) {
    case 'number':
      return checked(readNumber(value, decimal, unit), name, value)
    case 'boolean':
      return checked(readBoolean(value), name, value)
    case 'text':
      return value.trim()
    case 'json':
      return jsonIn(value, name)
    case 'auto':
      return isNull(value, empty) ? undefined : guessed(value.trim(), decimal)
  }
}

function checked(value: number | boolean | Fault, name: string, text: string): number | boolean {
  if (typeof value === 'object') throw new Wrong(value, name, text)
  return value
}

/** A number where it is surely one: "00200", "+49 7531" and long keys stay text. */
function guessed(text: string, decimal: Decimal | undefined): Json {
  if (/^[+]|^-?0\d|\d{16}|[a-zA-Z]/.test(text)) return text
  const value = readNumber(text, decimal)
  return typeof value === 'number' ? value : text
}

function jsonIn(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Wrong({ de: 'Die Zelle ist kein JSON.', en: 'The cell is no JSON.' }, name, text)
  }
}

function fromJson(value: Exclude<Json, string | null>, type: ValueType, name: string): Json {
  if (type === 'auto' || type === 'json') return value
  if (type === 'text') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (type === typeof value) return value
  if (type === 'boolean' && (value === 0 || value === 1)) return value === 1
  const shown = JSON.stringify(value)
  const wanted = type === 'number' ? { de: 'keine Zahl', en: 'not a number' } : { de: 'weder Ja noch Nein', en: 'neither yes nor no' }
  throw new Wrong(
    { de: `„${shown.slice(0, 80)}“ ist ${wanted.de}.`, en: `“${shown.slice(0, 80)}” is ${wanted.en}.` },
    name,
    shown.slice(0, 80),
  )
}
