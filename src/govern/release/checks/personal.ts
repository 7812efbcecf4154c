/** personal: columns that look as if they named people: by what they are called, and by what stands in them. Pure. Examples are masked. */
import type { Finding } from '../../../model/release.ts'
import type { Said } from '../../../problem.ts'

/** Texts of one column, as many as were looked at. */
export interface Column {
  readonly name: string
  readonly values: readonly string[]
}

interface Detector {
  readonly key: string
  /** A column of this name is suspected whatever stands in it. */
  readonly called?: RegExp
  /** What a value must be to count. */
  readonly is?: (value: string) => boolean
  /** So large a share of the values must be so; else one is enough. */
  readonly share?: number
  readonly said: Said
}

const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const PHONE = /(?:\+|(?<!\d\s?)00)\d{2}[\d\s()/-]{6,16}\d/
const MAC = /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/i
const PLATE = /^[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?[1-9]\d{0,3}[EH]?$/
const FUNCTION = /^(?:info|kontakt|post|poststelle|mail|office|service|rathaus|presse|support|verwaltung|stadt|gemeinde)@/i

const DETECTORS: readonly Detector[] = [
  {
    key: 'name',
    called:
      /^(?:vorname|nachname|familienname|zuname|first.?name|last.?name|surname|halter(?:in)?|eigent(?:ü|ue)mer(?:in)?|antragsteller(?:in)?|ansprechpartner(?:in)?)$/i,
    said: { de: 'sieht nach Namen von Personen aus', en: 'looks like names of people' },
  },
  {
    key: 'birth',
    called: /^(?:geburtsdatum|geburtstag|geb\.?(?:datum)?|date.?of.?birth|birth.?date)$/i,
    said: { de: 'sieht nach Geburtsdaten aus', en: 'looks like dates of birth' },
  },
  {
    key: 'mail',
    is: (value) => MAIL.test(value) && !FUNCTION.test(value.trim()),
    said: { de: 'enthält E-Mail-Adressen, die Personen gehören könnten', en: 'holds mail addresses that may be of people' },
  },
  { key: 'phone', is: (value) => PHONE.test(value), share: 0.2, said: { de: 'enthält Telefonnummern', en: 'holds phone numbers' } },
  { key: 'iban', is: hasIban, said: { de: 'enthält Kontonummern (IBAN)', en: 'holds bank accounts (IBAN)' } },
  {
    key: 'plate',
    called: /^(?:kfz.?kennzeichen|kennzeichen|licen[cs]e.?plate|nummernschild)$/i,
    is: (value) => PLATE.test(value.trim()),
    share: 0.5,
    said: { de: 'sieht nach Kennzeichen von Fahrzeugen aus', en: 'looks like number plates' },
  },
  { key: 'ip', is: hasIp, share: 0.2, said: { de: 'enthält IP-Adressen', en: 'holds IP addresses' } },
  { key: 'mac', is: (value) => MAC.test(value), said: { de: 'enthält Geräteadressen (MAC)', en: 'holds device addresses (MAC)' } },
]

export function checkPersonal(columns: readonly Column[]): readonly Finding[] {
  return columns.flatMap((column) => DETECTORS.flatMap((detector) => findingIn(column, detector)))
}

function findingIn({ name, values }: Column, { key, called, is, share, said }: Detector): readonly Finding[] {
  const filled = values.filter((value) => value.trim() !== '')
  const found = is === undefined ? [] : filled.filter(is)
  const enough = found.length > 0 && found.length >= (share ?? 0) * filled.length
  if (!enough && !(called?.test(name) === true && filled.length > 0)) return []
  const examples = enough ? found : filled
  const { de, en } = typeof said === 'string' ? { de: said, en: said } : said
  return [
    {
      key: `personal.${key}:${name}`,
      check: 'personal',
      weight: 'asks',
      said: {
        de: `„${name}“ ${de} (${examples.length} von ${filled.length}, zum Beispiel ${masked(examples[0] ?? '')}).`,
        en: `“${name}” ${en} (${examples.length} of ${filled.length}, for example ${masked(examples[0] ?? '')}).`,
      },
      where: name,
      count: examples.length,
      among: filled.length,
      example: masked(examples[0] ?? ''),
    },
  ]
}

/** The first letter of each part; whoever knows it recognises it, nobody else does. */
export function masked(value: string): string {
  return value.slice(0, 60).replace(/(\p{L}|\p{N})[\p{L}\p{N}]*/gu, '$1…')
}

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g

/** By its check digits (ISO 13616): the rest of the whole number by 97 is 1. */
function hasIban(value: string): boolean {
  return [...value.matchAll(IBAN)].some(([text]) => {
    const plain = text.replaceAll(' ', '')
    if (plain.length < 15 || plain.length > 34) return false
    const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
    return BigInt(digits) % 97n === 1n
  })
}

/** Four numbers up to 255; a version or a date has other ones, or fewer. */
function hasIp(value: string): boolean {
  return [...value.matchAll(/(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])/g)].some(([, ...parts]) =>
    parts.every((part) => Number(part) <= 255 && String(Number(part)) === part),
  )
}
