/** columns: what the values of each column are, from a sample of rows: numbers and how they are written, times, places, words. */
import type { Json } from '../model/json.ts'
import { unitInHeader } from '../model/units.ts'
import { isNull, nullsOf, readNumber } from './decode/number.ts'
import { momentReader } from './decode/moment.ts'
import type { Cells } from './decode/row.ts'
import { readWkt } from './decode/wkt.ts'
import type { Decimal } from './mapping.ts'

export type ColumnType = 'empty' | 'number' | 'text' | 'boolean' | 'time' | 'clock' | 'place' | 'json'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** Different values that are there, at most five. */
  readonly samples: readonly Json[]
  /** Share of rows that have a value. */
  readonly filled: number
  /** Different values by those that are there. */
  readonly distinct: number
  readonly count: number
  readonly decimal?: Decimal
  /** Words or numbers that seem to stand for no value. */
  readonly nulls?: readonly string[]
  /** Pattern of times. */
  readonly pattern?: string
  readonly unit?: string
}

const USUAL = nullsOf()

/** The columns of a sample, in the order of the source. */
export function columnsIn(
  names: readonly string[],
  rows: readonly Cells[],
): { readonly columns: readonly Column[]; readonly decimal: Decimal } {
  const values = names.map((name) => rows.map((row) => row[name]).filter((value) => !isEmpty(value)) as Json[])
  const decimal = decimalIn(values.flat())
  return { decimal, columns: names.map((name, at) => columnOf(name, values[at] ?? [], rows.length, decimal)) }
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isNull(value, USUAL))
}

const COMMA = /^[^\d]{0,3}(\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0,\d{3}|\d{4,},\d+)-?\D{0,8}$/
const POINT = /^[^\d]{0,3}(\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|0\.\d{3}|\d{4,}\.\d+)-?\D{0,8}$/

/** By the values that can only be the one; a table without any is German. */
function decimalIn(values: readonly Json[]): Decimal {
  let [comma, point] = [0, 0]
  for (const value of values) {
    if (typeof value !== 'string') continue
    const text = value.trim()
    if (COMMA.test(text)) comma++
    else if (POINT.test(text)) point++
  }
  if (comma === 0 && point === 0)
    return values.some((value) => typeof value === 'string' && /^\d{1,3}(\.\d{3})+$/.test(value.trim())) ? ',' : '.'
  return comma > point ? ',' : '.'
}

function columnOf(name: string, values: readonly Json[], rows: number, usual: Decimal): Column {
  const different = [...new Set(values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)))]
  const known = {
    name,
    samples: values.filter((value, at) => values.indexOf(value) === at).slice(0, 5),
    filled: rows === 0 ? 0 : values.length / rows,
    distinct: different.length,
    count: values.length,
  }
  const unit = unitInHeader(name).text
  return { ...known, ...typeOf(name, values, usual), ...(unit === undefined ? {} : { unit }) }
}

type Typing = Pick<Column, 'type' | 'decimal' | 'nulls' | 'pattern'>

function typeOf(name: string, values: readonly Json[], usual: Decimal): Typing {
  if (values.length === 0) return { type: 'empty' }
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' }
  if (values.every((value) => typeof value === 'object')) return { type: values.every((value) => isShape(value)) ? 'place' : 'json' }
  if (values.every((value) => typeof value === 'number'))
    return patterned(name, values.map(String)) ?? { type: 'number', ...missingIn(sentinels(values)) }
  const texts = values.map((value) =>
    typeof value === 'string' ? value.trim() : typeof value === 'object' ? JSON.stringify(value) : String(value),
  )
  if (texts.every((text) => /^\d{1,2}:\d{2}(:\d{2})?$/.test(text))) return { type: 'clock' }
  const timed = patterned(name, texts)
  if (timed !== undefined) return timed
  if (share(texts, isPlace) > 0.9) return { type: 'place' }
  if (texts.some((text) => /^0\d+$/.test(text)) && !texts.some((text) => /[.,]/.test(text))) return { type: 'text' }
  return numbersIn(values, usual) ?? (share(texts, isYesNo) === 1 ? { type: 'boolean' } : { type: 'text' })
}

function patterned(name: string, texts: readonly string[]): Typing | undefined {
  const pattern = patternIn(name, texts)
  return pattern === undefined ? undefined : { type: 'time', pattern }
}

function missingIn(nulls: readonly string[]): Partial<Typing> {
  return nulls.length > 0 ? { nulls } : {}
}

function share(texts: readonly string[], holds: (text: string) => boolean): number {
  return texts.filter(holds).length / texts.length
}

function isShape(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && ('coordinates' in value || 'geometries' in value)
}

function isPlace(text: string): boolean {
  if (text.startsWith('{')) return /"coordinates"/.test(text)
  return /^(SRID=\d+;)?(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRY)/i.test(text) && readWkt(text) !== undefined
}

function isYesNo(text: string): boolean {
  return /^(ja|nein|j|n|true|false|wahr|falsch|t|f|yes|no|y)$/i.test(text)
}

/** Numbers, but for a few words that stand for none. */
function numbersIn(values: readonly Json[], usual: Decimal): Typing | undefined {
  const texts = values.filter((value) => typeof value === 'string').map((text) => text.trim())
  const already = values.filter((value) => typeof value === 'number')
  if (texts.length + already.length < values.length) return undefined
  const told = texts.some((text) => COMMA.test(text) || POINT.test(text))
  const decimal = told ? decimalIn(texts) : usual
  const read = texts.map((text) => readNumber(text, decimal))
  const odd = texts.filter((_, at) => typeof read[at] !== 'number')
  if (odd.length > values.length * 0.1 || new Set(odd).size > 3) return undefined
  return {
    type: 'number',
    decimal,
    ...missingIn([...repeated(odd), ...sentinels([...already, ...read.filter((value) => typeof value === 'number')])]),
  }
}

/** A word that comes again and again stands for “no value”; one that comes once is a mistake, to be rejected and seen. */
function repeated(words: readonly string[]): readonly string[] {
  return [...Map.groupBy(words, (word) => word)].flatMap(([word, all]) => (all.length >= 3 ? [word] : []))
}

const MISSING: ReadonlySet<number> = new Set([-99.9, -999, -999.9, -9999, -99999])

/** -999 and its kin, where nothing else is so low. */
function sentinels(numbers: readonly number[]): readonly string[] {
  const low = numbers.filter((value) => MISSING.has(value))
  if (low.length === 0) return []
  const rest = numbers.filter((value) => !MISSING.has(value))
  return rest.length > 0 && rest.every((value) => value > -90) ? [...new Set(low)].map(String) : []
}

const PATTERNS = [
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd',
  'dd.MM.yyyy HH:mm:ss',
  'dd.MM.yyyy HH:mm',
  'dd.MM.yyyy',
  'dd.MM.yy HH:mm:ss',
  'dd.MM.yy HH:mm',
  'dd.MM.yy',
  'yyyyMMddHHmmss',
  'yyyyMMddHHmm',
  'yyyyMMddHH',
  'yyyyMMdd',
  'yyyy',
  'dd/MM/yyyy HH:mm:ss',
  'dd/MM/yyyy HH:mm',
  'dd/MM/yyyy',
  'MM.yyyy',
  'yyyy-MM',
].map((pattern) => ({
  pattern,
  read: momentReader(pattern),
  digits: !/[^a-zA-Z]/.test(pattern),
  shape: pattern.replaceAll(/[a-zA-Z]/g, '0'),
}))

const TIMELY = /dat(um|e)|zeit|time|tag|jahr|year|stand|stamp|mess|_ts$|^ts$|updated|monat|month/i

/** How the times of a column are written; bare digits need a name that speaks of time, and so do days most of which do not exist. */
function patternIn(name: string, texts: readonly string[]): string | undefined {
  const timely = TIMELY.test(name)
  const some = texts.slice(0, 200)
  for (const { pattern, read, digits, shape } of PATTERNS) {
    if (digits && !timely) continue
    if (pattern === 'yyyy' && !/jahr|year/i.test(name)) continue
    const fits = digits
      ? some.every((text) => isMoment(read(text)) && /^(18|19|20|21)/.test(text))
      : mostly(some, (text) => isMoment(read(text))) || (timely && some.every((text) => shapeOf(text) === shape))
    if (fits) return pattern
  }
  if (some.every((text) => /^\d{10}$|^\d{13}$/.test(text) && isEpoch(Number(text))))
    return timely || some.some((text) => text.length === 13) ? 'epoch' : undefined
  const auto = momentReader('auto')
  return some.every((text) => /\D/.test(text.replace(/^-/, '')) && !/^[\d.,]+$/.test(text) && isMoment(auto(text))) ? 'auto' : undefined
}

/** A day that does not exist, here and there, makes a column of dates no less one: what fails looks like what holds. */
function mostly(texts: readonly string[], holds: (text: string) => boolean): boolean {
  const good = texts.filter(holds)
  if (good.length === texts.length) return true
  const shapes = new Set(good.map(shapeOf))
  return good.length * 2 > texts.length && texts.every((text) => shapes.has(shapeOf(text)))
}

const shapeOf = (text: string): string => text.replaceAll(/\d/g, '0')

function isMoment(value: ReturnType<ReturnType<typeof momentReader>>): boolean {
  return 'local' in value || 'utc' in value
}

/** Between 2000 and 2040. */
function isEpoch(value: number): boolean {
  const seconds = value > 1e11 ? value / 1000 : value
  return seconds > 946_684_800 && seconds < 2_208_988_800
}
