/** term: names made fit to be a term of the data: attribute names, parts of IRIs. */
import { unitInHeader } from '../model/units.ts'

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' }

/** "Anzahl der Stellplätze" → "anzahlDerStellplaetze", "PM10 [µg/m³]" → "pm10". Never empty, at most 64 letters. */
export function termOf(name: string): string {
  const bare = unitInHeader(name).name
  const words = (/[a-zäöüß]/.test(bare) ? bare : bare.toLowerCase())
    .replace(/[äöüßÄÖÜ]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-zA-Z0-9]+/)
    .filter((word) => word !== '')
  const term = words.map((word, i) => (i === 0 ? decapitalised(word) : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  const whole = term === '' ? 'value' : /^[0-9]/.test(term) ? `n${term}` : term
  return whole.slice(0, 64)
}

/** "PM10" → "pm10", "MHW" → "mhw", "LongName" → "longName". */
function decapitalised(word: string): string {
  return /^[^a-z]+$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1)
}

/** Blanks, what IRIs exclude, and a per cent sign that does not already stand for an escaped character. */
const PLAIN = /^[\w.:/~-]*$/
const FORBIDDEN = /[\s<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/g

/** A value made fit to be a part of an IRI; letters of all scripts stay. */
export function iriPart(value: string): string {
  return PLAIN.test(value) ? value : value.trim().replace(FORBIDDEN, (char) => encodeURIComponent(char))
}

const ABSOLUTE = /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s]/

/** The IRI of a thing from what a source calls it: itself when it is one, else a URN by its type and by the dataset, whose number 1 is not that of another. */
export function iriOf(id: string, type: string, dataset?: number): string {
  const part = iriPart(id)
  if (ABSOLUTE.test(part)) return part
  return `urn:ngsi-ld:${iriPart(type)}:${dataset === undefined ? '' : `${dataset}:`}${part}`
}
