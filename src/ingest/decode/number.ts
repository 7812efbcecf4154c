/** number: numbers as German offices write them: decimal comma, thousands marks, trailing minus, units inside. */
import { unitOf } from '../../model/units.ts'
import type { Decimal } from '../mapping.ts'
import type { Fault } from './row.ts'

/** Words that stand for “no value” everywhere. -999 is not among them: it is a value in some columns, and said in the mapping where it is none. */
const NULLS = [
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  '.',
  '..',
  '...',
  'n/a',
  'na',
  '#n/a',
  '#nv',
  'nan',
  'null',
  'none',
  'nil',
  'k.a.',
  'k. a.',
  'k.a',
  'keine angabe',
  'n.v.',
  'n. v.',
  'n.b.',
  'unbekannt',
  '#wert!',
  '#div/0!',
  '#bezug!',
]

export type Nulls = ReadonlySet<string>

const USUAL: Nulls = new Set(NULLS)

/** The usual words together with a source's own; numbers among them also match what is written alike ("-999.0"). */
export function nullsOf(...words: readonly (readonly string[] | undefined)[]): Nulls {
  const own = words.flatMap((list) => list ?? [])
  return own.length === 0 ? USUAL : new Set([...NULLS, ...own.map((word) => word.trim().toLowerCase())])
}

export function isNull(text: string, nulls: Nulls): boolean {
  if (text.length > 24) return false
  return nulls.has(text) || nulls.has(text.trim().toLowerCase())
}

/** True for texts: words of emptiness that are no numbers apply to text columns only when they are empty or the source's own. */
export function isBlank(text: string): boolean {
  return text === '' || text.trim() === ''
}

const [ZERO, NINE, MINUS, PLUS, POINT, COMMA, SMALL_E, BIG_E] = [48, 57, 45, 43, 46, 44, 101, 69]

/** True for digits, sign, point and exponent only: what Number reads as we do. */
function isPlain(text: string): boolean {
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) digits++
    else if (code !== POINT && code !== MINUS && code !== PLUS && !(digits > 0 && (code === SMALL_E || code === BIG_E))) return false
  }
  return digits > 0
}

const SPACES = /[\s\u00a0\u202f\u2009'’_]/g
const LOCAL = {
  ',': /^([+-]?)(\d{1,3}(?:\.\d{3})+|\d+|)(?:,(\d*))?(?:[eE]([+-]?\d{1,3}))?$/,
  '.': /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+|)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/,
} as const

export type Read = number | Fault

/** The number in a text, or what is wrong with it. Never a guess: "1.234" is what `decimal` makes of it, and without it a comma is refused. */
export function readNumber(text: string, decimal: Decimal | undefined, unit?: string): Read {
  const point = text.indexOf('.')
  if ((decimal !== ',' || point < 0) && isPlain(text)) {
    const value = Number(text)
    if (Number.isFinite(value)) return value
  }
  if (decimal === ',' && point < 0 && text.charCodeAt(0) !== COMMA) {
    const comma = text.indexOf(',')
    if (comma > 0 && comma === text.lastIndexOf(',')) {
      const plain = text.slice(0, comma) + '.' + text.slice(comma + 1)
      if (isPlain(plain)) {
        const value = Number(plain)
        if (Number.isFinite(value)) return value
      }
    }
  }
  if (decimal === undefined && text.includes(',')) return otherDecimal(text, '.')
  return slowly(text, decimal ?? '.', unit)
}

function slowly(given: string, decimal: Decimal, unit: string | undefined): Read {
  let text = given.trim().replace(/[−–](?=\d)/, '-')
  if (text.length > 64) return notNumber(given)
  const { body, tail } = split(text)
  text = body.replace(SPACES, '')
  if (/^[^+-].*-$/.test(text)) text = `-${text.slice(0, -1)}`
  const fault = tail === '' ? undefined : unitFault(given, tail, unit)
  if (fault) return fault
  const found = LOCAL[decimal].exec(text)
  if (!found) return looksOther(text, decimal) ? otherDecimal(given, decimal) : notNumber(given)
  return valueOf(found) ?? notNumber(given)
}

function valueOf([, sign = '', whole = '', fraction = '', exponent = '0']: RegExpExecArray): number | undefined {
  if (whole === '' && fraction === '') return undefined
  const value = Number(`${sign}${whole.replace(/[.,]/g, '') || '0'}.${fraction || '0'}e${exponent}`)
  return Number.isFinite(value) ? value : undefined
}

/** Digits with all their marks, and the unit behind them or the currency before them. */
function split(text: string): { readonly body: string; readonly tail: string } {
  const found = /^([+-]?[\d.,\s\u00a0\u202f\u2009'’]*\d[.,]?-?(?:[eE][+-]?\d+)?-?)\s*(.*)$/s.exec(text)
  if (found) return { body: found[1] ?? '', tail: (found[2] ?? '').trim() }
  const front = /^(€|EUR)\s*(.*)$/s.exec(text)
  return front ? { body: front[2] ?? '', tail: front[1] ?? '' } : { body: text, tail: '' }
}

function unitFault(given: string, tail: string, unit: string | undefined): Fault | undefined {
  const found = unitOf(tail)
  if (found === undefined) return notNumber(given)
  const wanted = unit === undefined ? undefined : unitOf(unit)
  if (wanted === undefined || wanted === found) return undefined
  return {
    de: `„${given}“ ist in ${found.symbol} angegeben, die Reihe in ${wanted.symbol}. Werte werden nicht umgerechnet.`,
    en: `“${given}” is given in ${found.symbol}, the series in ${wanted.symbol}. Values are never converted.`,
  }
}

function looksOther(text: string, decimal: Decimal): boolean {
  return LOCAL[decimal === ',' ? '.' : ','].test(text)
}

function notNumber(text: string): Fault {
  const shown = shorten(text)
  return { de: `„${shown}“ ist keine Zahl.`, en: `“${shown}” is not a number.` }
}

function otherDecimal(text: string, decimal: Decimal): Fault {
  const [de, en] = decimal === ',' ? ['Dezimalpunkt', 'decimal point'] : ['Dezimalkomma', 'decimal comma']
  return {
    de: `„${text}“ ist so keine Zahl. Gilt in der Spalte ein ${de}?`,
    en: `“${text}” is not a number this way. Does the column have a ${en}?`,
  }
}

/** A value as it is shown in a message. */
export function shorten(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

const TRUE = new Set(['true', 't', 'ja', 'j', 'yes', 'y', 'wahr', 'w', '1', 'x', 'an', 'on'])
const FALSE = new Set(['false', 'f', 'nein', 'n', 'no', 'falsch', '0', 'aus', 'off'])

export function readBoolean(text: string): boolean | Fault {
  const word = text.trim().toLowerCase()
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  return { de: `„${shorten(text)}“ ist weder Ja noch Nein.`, en: `“${shorten(text)}” is neither yes nor no.` }
}
