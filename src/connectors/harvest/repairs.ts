/** repairs: what catalogues write in place of what was agreed, and what they mean by it: licences, dates, languages, themes, update rhythms. */
import { licenceOf, LICENCES, type Licence } from '../../model/licences.ts'
import { themeOf } from '../../model/themes.ts'
import { isInstant, parseInstant } from '../../model/time.ts'

/** Letters and digits, without the words that come and go in the names of licences. */
const bare = (text: string): string =>
  text.toLowerCase().replaceAll(/\b(version|lizenz|license|licence|unported|de)\b/g, ' ').replaceAll(/[^a-z0-9.]+/g, ' ').trim() // prettier-ignore

const NAMED: ReadonlyMap<string, Licence> = new Map(
  LICENCES.flatMap((one) => [
    [bare(one.title), one] as const,
    [bare(one.code), one] as const,
    [bare(one.code.replace('/', ' ')), one] as const,
  ]),
)

/** As CKAN, DKAN and the older lists spell them. */
const SPELLED: readonly (readonly [RegExp, code: string])[] = [
  [/^dl-?de[-/]zero|^dl-zero|datenlizenz.*(zero|null)/i, 'dl-zero-de/2.0'],
  [/^dl-?(de[-/])?by-(de[-/])?1|datenlizenz.*namensnennung.*1\.0/i, 'dl-by-de/1.0'],
  [/^dl-?(de[-/])?by|datenlizenz.*namensnennung/i, 'dl-by-de/2.0'],
  [/^cc-?zero|^cc-?0|creativecommons\.org\/publicdomain\/zero|^cc0\b/i, 'cc-zero'],
  [/^cc[- ]by[- ]sa[- ]4|creativecommons\.org\/licenses\/by-sa\/4/i, 'cc-by-sa/4.0'],
  [/^cc[- ]by[- ]4|creativecommons\.org\/licenses\/by\/4/i, 'cc-by/4.0'],
  [/creative commons namensnennung 3\.0 de|creativecommons\.org\/licenses\/by\/3\.0\/de|^cc[- ]by[- ]3\.0[- ]de/i, 'cc-by-de/3.0'],
  [/^cc[- ]by[- ]sa$|creativecommons\.org\/licenses\/by-sa/i, 'cc-by-sa'],
  [/^cc[- ]by$|creativecommons\.org\/licenses\/by\//i, 'cc-by'],
  [/^cc[- ]by[- ]nc[- ]4|\/cc-by-nc-de\/4[._]0$|creativecommons\.org\/licenses\/by-nc\/4/i, 'cc-by-nc/4.0'],
  [/^odc-by/i, 'odby'],
  [/^odc-odbl|open data commons open database/i, 'odbl'],
  [/^odc-pddl/i, 'odcpddl'],
  [/^other-(pd|at)$/i, 'other-open'],
  [/^notspecified$|^other-nc$/i, 'other-closed'],
]

/** Of the older spelling with an underscore, "dl-by-de/2_0", too. */
export function licenceIn(text: string): Licence | undefined {
  const given = text.trim()
  const listed = licenceOf(given) ?? licenceOf(given.replace(/\/(\d)_(\d)$/, '/$1.$2')) ?? NAMED.get(bare(given))
  if (listed !== undefined) return listed
  const code = SPELLED.find(([pattern]) => pattern.test(given))?.[1]
  return code === undefined ? undefined : licenceOf(code)
}

const MONTHS = ['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez']

type Pattern = readonly [RegExp, (found: readonly string[]) => string]

/** What is no RFC 3339, and how it becomes one; a time without a zone is UTC, as CKAN has it. */
const SHAPES: readonly Pattern[] = [
  [/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/, ([, day, time = '']) => `${day}T${time.length === 5 ? `${time}:00` : time}Z`],
  [/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(?:UTC|GMT)$/, ([, day, time]) => `${day}T${time}Z`],
  [/^(\d{4}-\d\d-\d\d) GMT (\d\d:\d\d:\d\d)$/, ([, day, time]) => `${day}T${time}Z`],
  [/^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/, ([, day]) => `${day}T00:00:00Z`],
  [/^(\d{4}-\d\d)$/, ([, month]) => `${month}-01T00:00:00Z`],
  [/^(\d{4})$/, ([, year]) => `${year}-01-01T00:00:00Z`],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, ([, day = '', month = '', year]) => `${year}-${two(month)}-${two(day)}T00:00:00Z`],
  [
    /^(?:[a-zäöü]+, )?(\d{1,2})\. ?([a-zäöü]+) (\d{4})(?: - (\d\d:\d\d))?$/i,
    ([, day = '', month = '', year, time]) =>
      `${year}-${two(String(MONTHS.findIndex((name) => month.toLowerCase().startsWith(name)) + 1))}-${two(day)}T${time ?? '00:00'}:00Z`,
  ],
]

const two = (text: string): string => text.padStart(2, '0')

/** Whether it is as agreed is only asked of the shape: a day or a year alone are as good as a moment. */
export function moment(text: string): { readonly at: string; readonly repaired: boolean } | undefined {
  const given = text.trim()
  if (isInstant(given)) return { at: parseInstant(given), repaired: false }
  for (const [i, [shape, render]] of SHAPES.entries()) {
    const found = shape.exec(given)
    const at = found === null ? undefined : render(found)
    if (at !== undefined && isInstant(at)) return { at: parseInstant(at), repaired: i === 1 || i === 2 || i > 5 }
  }
  return undefined
}

const LANGUAGES: Readonly<Record<string, string>> = {
  de: 'de', deu: 'de', ger: 'de', deutsch: 'de', german: 'de', en: 'en', eng: 'en', englisch: 'en', english: 'en', fr: 'fr', fra: 'fr', fre: 'fr',
  nl: 'nl', nld: 'nl', dut: 'nl', da: 'da', dan: 'da', pl: 'pl', pol: 'pl', tr: 'tr', tur: 'tr', uk: 'uk', ukr: 'uk', hsb: 'hsb', dsb: 'dsb', nds: 'nds',
} // prettier-ignore

/** "de", "DEU", the IRI of a language, "de-DE". */
export function languageIn(text: string): string | undefined {
  const last = text.trim().split(/[/#]/).at(-1) ?? ''
  return LANGUAGES[last.toLowerCase().replace(/[-_].*$/, '')]
}

/** Groups of CKAN portals that follow the themes of the EU, and the names of the themes. */
const THEMES: Readonly<Record<string, string>> = {
  agri: 'AGRI', econ: 'ECON', educ: 'EDUC', ener: 'ENER', envi: 'ENVI', gove: 'GOVE', heal: 'HEAL', intr: 'INTR', just: 'JUST', regi: 'REGI', soci: 'SOCI',
  tech: 'TECH', tran: 'TRAN', verkehr: 'TRAN', transport: 'TRAN', umwelt: 'ENVI', 'umwelt und klima': 'ENVI', gesundheit: 'HEAL', energie: 'ENER',
  wirtschaft: 'ECON', 'wirtschaft und finanzen': 'ECON', bevölkerung: 'SOCI', soziales: 'SOCI', bildung: 'EDUC', 'bildung und kultur': 'EDUC', kultur: 'EDUC',
  'wirtschaft und arbeit': 'ECON', 'bildung und wissenschaft': 'EDUC', 'kultur, freizeit, sport und tourismus': 'EDUC',
  'öffentliche verwaltung, haushalt und steuern': 'GOVE', politik: 'GOVE', verwaltung: 'GOVE', geo: 'REGI', justiz: 'JUST', 'transport und verkehr': 'TRAN',
} // prettier-ignore

export function themeIn(text: string): string | undefined {
  return themeOf(text) ?? THEMES[lastOf(text).toLowerCase()]
}

/** Of an address the last part, as it is read. */
function lastOf(text: string): string {
  const last = text.trim().split(/[/#]/).at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

const RHYTHMS: Readonly<Record<string, string>> = {
  continual: 'CONT', continuous: 'CONT', daily: 'DAILY', täglich: 'DAILY', weekly: 'WEEKLY', wöchentlich: 'WEEKLY', fortnightly: 'BIWEEKLY', biweekly: 'BIWEEKLY',
  monthly: 'MONTHLY', monatlich: 'MONTHLY', quarterly: 'QUARTERLY', vierteljährlich: 'QUARTERLY', biannually: 'ANNUAL_2', semiannual: 'ANNUAL_2', halbjährlich: 'ANNUAL_2',
  annual: 'ANNUAL', annually: 'ANNUAL', jährlich: 'ANNUAL', yearly: 'ANNUAL', irregular: 'IRREG', unregelmäßig: 'IRREG', asneeded: 'AS_NEEDED', notplanned: 'NOT_PLANNED',
  unknown: 'UNKNOWN', hourly: 'HOURLY', stündlich: 'HOURLY', bimonthly: 'BIMONTHLY', biennial: 'BIENNIAL',
} // prettier-ignore

/** A code of the EU frequencies. Other lists, such as purl.org/cld/freq and ISO 19139, use their own words. */
export function rhythmIn(text: string): string {
  const last = text.trim().split(/[/#]/).at(-1) ?? ''
  return RHYTHMS[last.toLowerCase()] ?? last.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}

/** West, south, east, north of all coordinates in WKT or GeoJSON; undefined where they are no degrees. */
export function boxIn(text: string): readonly [number, number, number, number] | undefined {
  const body = text.replace(/^<[^>]*>/, '').replace(/^SRID=\d+;/i, '')
  const numbers = body.match(/-?\d+(\.\d+)?([eE][-+]?\d+)?/g)?.map(Number) ?? []
  if (numbers.length < 2 || !/^\s*(\{|[a-z]+\s*\()/i.test(body) || !/coordinates|^\s*[a-z]+\s*\(/i.test(body)) return undefined
  const [xs, ys] = [numbers.filter((_, i) => i % 2 === 0), numbers.filter((_, i) => i % 2 === 1)]
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const
  return box[0] >= -180 && box[2] <= 180 && box[1] >= -90 && box[3] <= 90 ? box : undefined
}
