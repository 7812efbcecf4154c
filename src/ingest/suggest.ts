/** suggest: a mapping that most likely fits: which columns are id, name, place and time, and which are measured. */
import { unitInHeader } from '../model/units.ts'
import type { Column } from './columns.ts'
import { placeReader } from './decode/place.ts'
import type { Cells } from './decode/row.ts'
import { defined } from './defined.ts'
import type { AttributeRule, LongRule, Mapping, PlaceRule, SeriesRule, TimeRule } from './mapping.ts'
import { termOf } from './term.ts'

const ID =
  /^(id|uid|uuid|gid|fid|oid|objectid|nr|nr\.|nummer|kennung|code|key|schl(ü|ue)ssel|dev_?eui)$|[ _-](id|nr|nummer|uuid)_?$|^(stations?|standort|objekt|zähler|zaehler|sensor|geraete?|geräte?|baum|park|obs|location|lsa)[ _-]?(id|nr|nummer|kennung|park)/i
const NAME = /^(name|bezeichnung|standort|titel|title|label|station|stationsname|ort|.*[ _-]?name)$|stationsname|bezeichnung/i
const X =
  /^(x|lon|long|lng|longitude|geogr\.?\s*l(ä|ae)nge|l(ä|ae)nge(ngrad)?|rechtswert|ostwert|easting|east|utm_?(x|e|ost|east)|x[ _-]?(koord|coord).*|.*[._ -](lon|lng|longitude|l(ä|ae)ngengrad))$/i
const Y =
  /^(y|lat|latitude|geogr\.?\s*breite|breite(ngrad)?|hochwert|nordwert|northing|north|utm_?(y|n|nord|north)|y[ _-]?(koord|coord).*|.*[._ -](lat|latitude|breitengrad))$/i
const PLACE = /^(geom|geometry|wkt|the_geom|shape|location|geo_?point.*|koordinaten?)$/i
const SYSTEMS = [
  'EPSG:4326',
  'EPSG:25832',
  'EPSG:25833',
  'EPSG:31466',
  'EPSG:31467',
  'EPSG:31468',
  'EPSG:31469',
  'EPSG:4647',
  'EPSG:3857',
] as const

/** Dates that say something about the thing, not when something was measured. */
const ABOUT = /inbetrieb|bau|geburt|beginn|g(ü|ue)ltig|edit|ge(ä|ae)ndert|pr(ü|ue)f|pflanz|er(ö|oe)ffn|created|erstellt|stilllegung/i
const QUALITY = /^qn?(_\d+)?$|status$|qualit|niveau|^eor$|flag$/i
const END = /(bis|to|end|ende)$/i

export function suggest(columns: readonly Column[], rows: readonly Cells[], file: string | undefined, decimal: ',' | '.'): Mapping {
  const free = columns.filter(({ type }) => type !== 'empty')
  const place = placeIn(free, rows)
  const time = timeIn(free)
  const left = without(free, place, time)
  const long = time === undefined ? undefined : longIn(left)
  const name = left.find((column) => column.type === 'text' && NAME.test(lastPart(column.name)))
  const type = typeIn(columns, file)
  const key = keyOf(left, rows, [...(time?.columns ?? []), ...(long ? [long.attribute] : [])], name, spotOf(place, free))
  const spoken = new Set([name?.name, long?.attribute, long?.value, long?.unit, ...(key.length === 1 ? key : [])])
  const others = left.filter((column) => !spoken.has(column.name))
  const measured = time === undefined || long !== undefined ? [] : others.filter((column) => isMeasured(column))
  const passing = (column: Column) => time !== undefined && (QUALITY.test(column.name) || varies(column, key, rows))
  const still = others.filter((column) => !measured.includes(column) && !passing(column))
  return {
    entity: {
      id: idOf(key, file),
      type,
      ...defined('name', name?.name),
      ...defined('place', place),
      ...defined('attributes', some(still.map((column) => attributeOf(column, decimal)))),
    },
    ...defined('series', some(measured.map((column) => seriesOf(column, decimal)))),
    ...defined('long', long),
    ...defined('time', measured.length > 0 || long !== undefined ? time : undefined),
    decimal,
  }
}

function without(columns: readonly Column[], place: PlaceRule | undefined, time: TimeRule | undefined): readonly Column[] {
  const used = new Set([place?.x, place?.y, place?.column, ...(time?.columns ?? []), ...(time?.end ?? [])])
  return columns.filter(({ name }) => !used.has(name))
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** Where a thing stands tells it apart when nothing else does; a shape is too long for that. */
function spotOf(place: PlaceRule | undefined, columns: readonly Column[]): readonly string[] {
  const names = [place?.x, place?.y, place?.column].filter((column) => column !== undefined)
  const brief = (name: string) =>
    columns.some(
      (column) =>
        column.name === name &&
        column.filled === 1 &&
        column.samples.every((sample) => typeof sample !== 'object' && String(sample).length < 80),
    )
  return names.every(brief) ? names : []
}

/** Dotted names of JSON speak by their last part. */
function lastPart(name: string): string {
  return name.replace(/^.*\./, '')
}

/** Names within the dataset; the mapper makes an IRI of them that no other dataset has. */
function idOf(key: readonly string[], file: string | undefined): string {
  const [one, ...more] = key
  if (one === undefined) return `="${stem(file).replaceAll(/["\\]/g, "'")}"`
  return more.length === 0 ? one : key.map((column) => `{${column}}`).join('/')
}

/**
 * The columns that tell things apart: an id, a name, or the fewest words that together (and with the time, when something is measured)
 * are different in each row. None when the time alone does.
 */
function keyOf(
  columns: readonly Column[],
  rows: readonly Cells[],
  given: readonly string[],
  name: Column | undefined,
  spot: readonly string[],
): readonly string[] {
  const id = columns.find(
    (column) =>
      ID.test(lastPart(column.name)) &&
      column.filled > 0.95 &&
      column.type !== 'json' &&
      (given.length > 0 || column.distinct === column.count),
  )
  if (id !== undefined) return [id.name]
  if (given.length > 0 && isUnique(rows, given)) return []
  const able = columns.filter(({ type, filled }) => filled === 1 && (type === 'text' || type === 'number' || type === 'time'))
  const texts = able.filter(({ type }) => type === 'text').map((column) => column.name)
  const words = [...new Set([...(name === undefined ? [] : [name.name]), ...texts])].slice(0, 12)
  const numbers = given.length > 0 ? [] : able.filter(({ type }) => type !== 'text').map((column) => column.name)
  for (const candidate of [...combinations(words), ...combinations([...words, ...numbers].slice(0, 12))])
    if (isUnique(rows, [...given, ...candidate])) return candidate
  for (const candidate of [...words.map((word) => [word, ...spot]), spot]) if (isUnique(rows, [...given, ...candidate])) return candidate
  return texts.length > 0 ? texts.slice(0, 4) : numbers.slice(0, 1)
}

function* combinations(names: readonly string[]): Iterable<readonly string[]> {
  for (const one of names) yield [one]
  for (const [i, one] of names.entries()) for (const two of names.slice(i + 1)) yield [one, two]
  for (const [i, one] of names.entries())
    for (const [j, two] of names.slice(i + 1).entries()) for (const three of names.slice(i + j + 2)) yield [one, two, three]
}

function isUnique(rows: readonly Cells[], columns: readonly string[]): boolean {
  const seen = new Set<string>()
  for (const row of rows) {
    const key = JSON.stringify(columns.map((column) => row[column]))
    if (seen.has(key)) return false
    seen.add(key)
  }
  return true
}

function stem(file: string | undefined): string {
  return (
    (file ?? 'quelle')
      .replace(/^.*[/\\]/, '')
      .replace(/\.[^.]+$/, '')
      .slice(0, 80) || 'quelle'
  )
}

function isMeasured({ type, name }: Column): boolean {
  return (
    type === 'number' &&
    !QUALITY.test(name) &&
    !/^(id|fid|gid|objectid|oid|jahr)$|[._ -]id$|hausnummer|plz|postleitzahl|postal|zip|(lon|lng|lat|longitude|latitude|ngengrad|breitengrad)$|[ _-]?(nr|nummer|code)$/i.test(
      name,
    )
  )
}

/** What changes from row to row of the same thing is nothing of the thing's own. */
function varies({ name }: Column, key: readonly string[], rows: readonly Cells[]): boolean {
  const values = new Map<string, string>()
  return rows.some((row) => {
    const thing = JSON.stringify(key.map((column) => row[column]))
    const value = JSON.stringify(row[name] ?? null)
    const before = values.get(thing)
    values.set(thing, value)
    return before !== undefined && before !== value
  })
}

function attributeOf({ name, type, decimal, nulls }: Column, usual: string): AttributeRule {
  return {
    column: name,
    name: termOf(name),
    ...(type === 'text' ? { type: 'text' as const } : {}),
    ...(decimal === undefined || decimal === usual ? {} : { decimal }),
    ...(nulls === undefined ? {} : { nulls }),
  }
}

function seriesOf({ name, decimal, nulls }: Column, usual: string): SeriesRule {
  const header = unitInHeader(name)
  return {
    column: name,
    attribute: termOf(name),
    name: header.name,
    ...(header.text === undefined ? {} : { unit: header.text }),
    ...(decimal === undefined || decimal === usual ? {} : { decimal }),
    ...(nulls === undefined ? {} : { nulls }),
  }
}

function placeIn(columns: readonly Column[], rows: readonly Cells[]): PlaceRule | undefined {
  const shape = columns.find(({ type, name }) => type === 'place' && name === 'geometry') ?? columns.find(({ type }) => type === 'place')
  const pair = columns.find(({ name, type }) => type === 'text' && PLACE.test(name))
  const x = columns.find(({ name, type }) => type === 'number' && X.test(lastPart(name)))
  const y = columns.find(({ name, type }) => type === 'number' && Y.test(lastPart(name)))
  if (shape !== undefined) return inSystem({ column: shape.name }, rows)
  if (x !== undefined && y !== undefined) return inSystem({ x: x.name, y: y.name }, rows)
  if (pair === undefined) return undefined
  const placed = inSystem({ column: pair.name }, rows)
  return placed.crs === undefined && landed(placed, rows) === 0 ? undefined : placed
}

/** With the reference system by which most places land in Germany. */
function inSystem(rule: PlaceRule, rows: readonly Cells[]): PlaceRule {
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (const crs of SYSTEMS) {
    const count = landed({ ...rule, crs }, rows)
    if (count > most) [best, most] = [crs, count]
  }
  return best === undefined || best === 'EPSG:4326' ? rule : { ...rule, crs: best }
}

function landed(rule: PlaceRule, rows: readonly Cells[]): number {
  const read = placeReader(rule)
  return rows.slice(0, 100).filter((row) => {
    const found = read(row)
    return found !== undefined && 'type' in found
  }).length
}

function timeIn(columns: readonly Column[]): TimeRule | undefined {
  const days = columns.filter(({ type, name, filled }) => type === 'time' && filled > 0.9 && !ABOUT.test(name))
  const day = days.find(({ name }) => !END.test(name)) ?? days[0]
  if (day === undefined) return undefined
  const clocks = columns.filter(
    ({ type, name, filled }) => type === 'clock' && filled > 0.9 && /zeit|time|uhr|^von|^bis|from|to$/i.test(name),
  )
  const zone = zoneIn([day, ...clocks])
  const clock = /^(?!.*H)(?!epoch|auto)/.test(day.pattern ?? '') ? (clocks.find(({ name }) => !END.test(name)) ?? clocks[0]) : undefined
  const until = (clock === undefined ? days : clocks).find((column) => column !== (clock ?? day) && END.test(column.name))
  const pattern = clock === undefined ? day.pattern : clockPattern(day.pattern ?? 'auto', clock)
  return {
    columns: [day, clock].flatMap((column) => column?.name ?? []),
    format: pattern ?? 'auto',
    zone,
    ...defined('end', until && [until.name]),
    ...defined('lasts', until === undefined ? lengthOf(pattern) : undefined),
  }
}

function clockPattern(pattern: string, { samples }: Column): string {
  return pattern === 'auto' ? 'auto' : `${pattern} HH:mm${samples.every((text) => /:\d{2}:/.test(String(text as string))) ? ':ss' : ''}`
}

/** A year or a month is as long as it says. */
function lengthOf(pattern: string | undefined): string | undefined {
  return pattern === 'yyyy' ? 'P1Y' : pattern === 'MM.yyyy' || pattern === 'yyyy-MM' ? 'P1M' : undefined
}

function zoneIn(columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name).join(' ')
  if (/\b(UTC|GMT|Z)\b/.test(names)) return 'UTC'
  return /\b(MEZ|CET)\b/.test(names) && !/MESZ|CEST/.test(names) ? '+01:00' : 'Europe/Berlin'
}

const WHAT =
  /^(parameter|komponente|messgr(ö|oe)(ß|ss)e|merkmal|zeile|property|sensor_?type|value_?type|gr(ö|oe)(ß|ss)e|kennzahl|indikator|variable|schadstoff)$/i
const VALUE = /^(wert|value|messwert|zahl|ergebnis|anzahl)$/i
const UNIT = /^(einheit|unit|unitcode|ma(ß|ss)einheit)$/i

/** A long table: one column of names, one of values. */
function longIn(columns: readonly Column[]): LongRule | undefined {
  const attribute = columns.find(({ name, type }) => type === 'text' && WHAT.test(name))
  const value = columns.find(({ name, type }) => type === 'number' && VALUE.test(name))
  const unit = columns.find(({ name, type }) => type === 'text' && UNIT.test(name))
  if (attribute === undefined || value === undefined) return undefined
  return {
    attribute: attribute.name,
    value: value.name,
    ...(unit === undefined ? {} : { unit: unit.name }),
    ...(value.nulls === undefined ? {} : { nulls: value.nulls }),
  }
}

/** Data models by what columns and file speak of. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/park(haus|platz|ing)|stellpl|free_capacity|parkscheibe/i, 'OffStreetParking'],
  [/ladepunkt|lades(ä|ae)ule|ladeeinrichtung|charging_?station|steckertyp/i, 'EVChargingStation'],
  [/pm10|pm2|no2|feinstaub|o3\b|schadstoff/i, 'AirQualityObserved'],
  [/radz(ä|ae)hl|bike|fahrrad|radverkehr|radfahr/i, 'BikeCounter'],
  [/baum|\btrees?\b|kronendurchmesser|stammumfang/i, 'Tree'],
  [/pegel|wasserstand|gewaesser|gewässer|abfluss/i, 'WaterObserved'],
  [/temperatur|niederschlag|luftdruck|windgeschw|lufttemp|feuchte/i, 'WeatherObserved'],
  [/haushalt|ertr(ä|ae)ge|aufwendungen|teilplan|ergebnisplan/i, 'BudgetItem'],
  [/spielplatz|playground/i, 'Playground'],
  [/verkehrs(st|z|m)|kfz|lsa_|\bdtv/i, 'TrafficFlowObserved'],
  [/l(ä|ae)rm|schallpegel|laeq/i, 'NoiseLevelObserved'],
]

function typeIn(columns: readonly Column[], file: string | undefined): string {
  const text = `${stem(file)} ${columns.map(({ name }) => name).join(' ')}`
  return TYPES.find(([words]) => words.test(text))?.[1] ?? 'Thing'
}
