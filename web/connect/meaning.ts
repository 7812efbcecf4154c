/** meaning: what each column is for, between the suggestion that came and the mapping that goes. */
import type { Detected, DetectedColumn, Mapping, Role, SeriesRule } from './detected.ts'

export const ROLES: readonly Role[] = ['series', 'time', 'id', 'name', 'attribute', 'x', 'y', 'place', 'ignore']

export interface ColumnMeaning {
  readonly column: string
  readonly role: Role
  readonly label: string
  readonly unit: string
}

export interface Meaning {
  readonly columns: readonly ColumnMeaning[]
  readonly type: string
  /** The name of the only thing, when no column names any. */
  readonly only: string
  readonly zone: string
  readonly format: string
  readonly crs: string
  /** A place is where the thing was when its row was measured. */
  readonly moves: boolean
  /** What was suggested, kept where the wizard has no field for it. */
  readonly suggested: Mapping
}

export function meaningOf({ columns, mapping }: Detected, fileName: string): Meaning {
  const { entity, time } = mapping
  return {
    columns: columns.map((column) => ({ column: column.name, role: column.suggestion.role, ...spoken(column, mapping) })),
    type: entity.type,
    only: fileName.replace(/\.[^.]+$/, ''),
    zone: time?.zone ?? 'Europe/Berlin',
    format: time?.format ?? 'auto',
    crs: entity.place?.crs ?? 'EPSG:4326',
    moves: entity.place?.moves ?? false,
    suggested: mapping,
  }
}

function spoken({ name, unit = '' }: DetectedColumn, { series, entity }: Mapping): { readonly label: string; readonly unit: string } {
  const rule = series?.find((one) => one.column === name)
  if (rule) return { label: rule.name ?? rule.attribute, unit: rule.unit ?? unit }
  return { label: entity.attributes?.find((one) => one.column === name)?.name ?? name, unit }
}

const those = (meaning: Meaning, role: Role): readonly ColumnMeaning[] => meaning.columns.filter((column) => column.role === role)

/** A column names what is measured, another holds the values. */
export const isLong = ({ suggested, columns }: Meaning): boolean =>
  suggested.long !== undefined && columns.some(({ column, role }) => column === suggested.long?.value && role === 'series')

/** Missing for the mapping: an id, or the time of what is measured. */
export function faultOf(meaning: Meaning): 'id' | 'time' | undefined {
  const named = those(meaning, 'id').length > 0 || those(meaning, 'name').length > 0 || meaning.only.trim() !== ''
  if (!named) return 'id'
  return those(meaning, 'series').length > 0 && those(meaning, 'time').length === 0 ? 'time' : undefined
}

export function mappingOf(meaning: Meaning): Mapping {
  const { long, series: _series, time: _time, entity: _entity, ...rest } = meaning.suggested
  const series = isLong(meaning) ? [] : those(meaning, 'series').map((column) => seriesFor(column, meaning.suggested))
  const time = timeOf(meaning)
  return {
    ...rest,
    entity: entityOf(meaning),
    ...(isLong(meaning) && long && { long }),
    ...(series.length > 0 && { series }),
    ...(time && { time }),
  }
}

function seriesFor({ column, label, unit }: ColumnMeaning, suggested: Mapping): SeriesRule {
  const rule = suggested.series?.find((one) => one.column === column)
  const { unit: _unit, ...kept } = rule ?? { column, attribute: termOf(column) }
  const said = label.trim() === '' ? column : label
  const renamed = said !== (rule?.name ?? rule?.attribute)
  return { ...kept, ...(renamed && { attribute: termOf(said), name: said }), ...(unit.trim() !== '' && { unit: unit.trim() }) }
}

function timeOf({ suggested, columns, zone, format }: Meaning): Mapping['time'] | undefined {
  const chosen = columns.filter(({ role }) => role === 'time').map(({ column }) => column)
  if (chosen.length === 0) return undefined
  const { format: _format, columns: before, ...kept } = suggested.time ?? { columns: [] }
  const ends = new Set(suggested.time?.end)
  const starts = [
    ...before.filter((column) => chosen.includes(column)),
    ...chosen.filter((column) => !before.includes(column) && !ends.has(column)),
  ]
  return { ...kept, columns: starts, zone, ...(format !== 'auto' && { format }) }
}

function entityOf(meaning: Meaning): Mapping['entity'] {
  const { suggested, only, type } = meaning
  const ids = those(meaning, 'id').map(({ column }) => column)
  const [name] = those(meaning, 'name')
  const keys = ids.length > 0 ? ids : name ? [name.column] : []
  const place = placeOf(meaning)
  const attributes = those(meaning, 'attribute').map((column) => attributeFor(column, suggested))
  const { description } = suggested.entity
  return {
    ...(description !== undefined && { description }),
    id: idFor(keys, meaning),
    type,
    name: name?.column ?? keys[0] ?? constant(only),
    ...(place && { place }),
    ...(attributes.length > 0 && { attributes }),
  }
}

function attributeFor({ column, label }: ColumnMeaning, suggested: Mapping) {
  const rule = suggested.entity.attributes?.find((one) => one.column === column)
  return rule && (rule.name ?? column) === label ? rule : { ...rule, column, name: termOf(label.trim() === '' ? column : label) }
}

/** The same for every row. */
const constant = (text: string): string => `="${text.replaceAll(/["\\]/g, "'")}"`

/** The suggested id as long as it is made of what is chosen; of several columns, or none, a name of its own. */
function idFor(keys: readonly string[], { suggested, only }: Meaning): string {
  const { id } = suggested.entity
  const holes = [...id.matchAll(/\{([^{}]+)\}/g)].map(([, column]) => column)
  const same = holes.length > 0 && holes.every((column) => column !== undefined && keys.includes(column))
  const [one, ...more] = keys
  if (one === undefined) return constant(only)
  if (same || (more.length === 0 && id === one)) return id
  return more.length === 0 ? one : keys.map((column) => `{${column}}`).join('/')
}

function placeOf(meaning: Meaning): Mapping['entity']['place'] | undefined {
  const [x] = those(meaning, 'x')
  const [y] = those(meaning, 'y')
  const [column] = those(meaning, 'place')
  const how = { ...(meaning.crs !== 'EPSG:4326' && { crs: meaning.crs }), ...(meaning.moves && { moves: true }) }
  if (column) return { ...how, column: column.column }
  return x && y ? { ...how, x: x.column, y: y.column } : undefined
}

/** "Anzahl Radfahrende" → "anzahlRadfahrende": a term without spaces or signs. */
export function termOf(label: string): string {
  const spelled = label
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('Ä', 'Ae')
    .replaceAll('Ö', 'Oe')
    .replaceAll('Ü', 'Ue')
  const words = spelled
    .normalize('NFKD')
    .replaceAll(/[^\w\s.-]/g, '')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
  const joined = words.map((word, at) => (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('')
  return joined === '' || /^\d/.test(joined) ? `x${joined}` : joined
}

/** "Luftqualität (stündlich)" → "luftqualitaet-stuendlich", as the server would. */
export function slugOf(title: string): string {
  const spelled = title.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
  return (
    spelled
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 80) || 'datensatz'
  )
}
