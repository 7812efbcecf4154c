/** units: finds the entry of the registry behind a unit as it was delivered. Values are never converted. */
import type { Unit } from './series.ts'
import { UNITS, type UnitEntry } from './unit-table.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  micro: 'μ',
  deg: '°',
  sup2: '2',
  sup3: '3',
  percnt: '%',
  euro: '€',
  middot: '·',
  ordm: '°',
}
const FOLDED: Readonly<Record<string, string>> = {
  µ: 'μ',
  '²': '2',
  '³': '3',
  '⁻': '-',
  '¹': '1',
  '⋅': '·',
  '∙': '·',
  º: '°',
  '˚': '°',
  '′': "'",
}

/** One spelling for all: entities resolved, both micros one, superscripts on the line, no spaces. Case is kept. */
function folded(text: string): string {
  return text
    .replace(/&(#?\w+);/g, (whole, name: string) => entity(name) ?? whole)
    .replace(/[µ²³⁻¹⋅∙º˚′]/g, (char) => FOLDED[char] ?? char)
    .replace(/℃/g, '°C')
    .replace(/\*\*|\^/g, '')

    .replace(/[\s_]+/g, '')
    .replace(/([a-zμ°%])-([123])(?!\d)/gi, '$1⁻$2')
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()]
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
}

const EXACT = new Map<string, UnitEntry>()
const LOOSE = new Map<string, UnitEntry | null>()
for (const entry of UNITS)
  for (const alias of [entry.symbol, entry.ucum, ...entry.aliases, entry.name.de, entry.name.en]) {
    const key = folded(alias)
    if (!EXACT.has(key)) EXACT.set(key, entry)
    const loose = key.toLowerCase()
    // Where only case tells two units apart ("mW", "MW"), a wrong case finds neither.
    const other = LOOSE.get(loose)
    LOOSE.set(loose, other === undefined || other === entry ? entry : null)
  }
const BY_CEFACT = new Map(UNITS.flatMap((entry) => (entry.uncefact === undefined ? [] : [[entry.uncefact, entry] as const])))

/** The entry that a text names: symbol, code, German or English name, or one of the spellings that are really delivered. */
export function unitOf(text: string): UnitEntry | undefined {
  const key = folded(text)
  if (key === '' || key.length > 64) return undefined
  return known(key) ?? known(key.replace(BRACKETS, '$1'))
}

const BRACKETS = /^[[({](.*)[\])}]$/s

function known(key: string): UnitEntry | undefined {
  return EXACT.get(key) ?? LOOSE.get(key.toLowerCase()) ?? BY_CEFACT.get(key)
}

/** The unit of a series: as it was delivered, with the registry's code and name when it is known. */
export function seriesUnit(text: string | undefined): Unit {
  const trimmed = text?.trim()
  if (trimmed === undefined || trimmed === '') return { name: null, symbol: null, definition: null }
  const entry = unitOf(trimmed)
  if (entry === undefined) return { name: trimmed, symbol: trimmed, definition: null }
  return { name: entry.name.de, symbol: trimmed, definition: `https://ucum.org/ucum#${encodeURIComponent(entry.ucum)}`, code: entry.ucum }
}

/** Name and unit told apart in a header: "PM10 [µg/m³]", "Temperatur in °C", "Pegel (cm)". */
export function unitInHeader(header: string): { readonly name: string; readonly unit?: UnitEntry; readonly text?: string } {
  const found = /^(.*?)\s*(?:\[([^\]]+)\]|\(([^)]+)\)|\s(?:in|\/)\s+(\S+(?: \S+)?))\s*$/s.exec(header)
  const text = found?.[2] ?? found?.[3] ?? found?.[4]
  const degrees = text !== undefined && /^(°|grad|deg|degrees?)$/i.test(text.trim()) && /temp|taupunkt|dew/i.test(header)
  const unit = text === undefined ? undefined : unitOf(degrees ? '°C' : text)
  if (unit === undefined || text === undefined) return { name: header.trim() }
  return { name: (found?.[1] ?? '').trim() || header.trim(), unit, text: text.trim() }
}
