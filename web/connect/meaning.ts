/** meaning: what each column is for, between the suggestion that came and the mapping that goes. */
import type { Detected, Mapping } from './detected.ts'

export type Role = 'ignore' | 'id' | 'name' | 'attribute' | 'series' | 'time' | 'x' | 'y' | 'place'
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
  /** What was suggested, kept where the wizard has no field for it. */
  readonly suggested: Mapping | undefined
}

export function meaningOf(detected: Detected, fileName: string): Meaning {
  const suggested = detected.mapping
  return {
    columns: detected.columns.map(({ name }) => columnMeaning(name, suggested)),
    type: suggested?.entity.type ?? 'Device',
    only: onlyThing(suggested) ?? fileName.replace(/\.[^.]+$/, ''),
    zone: suggested?.time?.zone ?? 'Europe/Berlin',
    format: suggested?.time?.format ?? 'auto',
    crs: suggested?.entity.place?.crs ?? 'EPSG:4326',
    suggested,
  }
}

function columnMeaning(column: string, mapping: Mapping | undefined): ColumnMeaning {
  const series = mapping?.series?.find((rule) => rule.column === column)
  if (series) return { column, role: 'series', label: series.name ?? series.attribute, unit: series.unit ?? '' }
  return { column, role: roleOf(column, mapping), label: attributeName(column, mapping), unit: '' }
}

function roleOf(column: string, mapping: Mapping | undefined): Role {
  if (!mapping) return 'ignore'
  const { entity, time } = mapping
  if (time?.columns.includes(column)) return 'time'
  if (entity.place?.x === column) return 'x'
  if (entity.place?.y === column) return 'y'
  if (entity.place?.column === column) return 'place'
  if (uses(entity.id, column)) return 'id'
  if (uses(entity.name, column)) return 'name'
  return entity.attributes?.some((attribute) => attribute.column === column) ? 'attribute' : 'ignore'
}

function attributeName(column: string, mapping: Mapping | undefined): string {
  return mapping?.entity.attributes?.find((attribute) => attribute.column === column)?.name ?? column
}

const uses = (source: string | undefined, column: string): boolean => source === column || source?.includes(`{${column}}`) === true

/** An id without any column in it names the one thing that all rows are about. */
function onlyThing(mapping: Mapping | undefined): string | undefined {
  const id = mapping?.entity.id
  return id === undefined || id.includes('{') || !id.startsWith('urn:')
    ? mapping?.entity.name
    : (mapping?.entity.name ?? id.replace(/^.*:/, ''))
}

const those = (meaning: Meaning, role: Role): readonly ColumnMeaning[] => meaning.columns.filter((column) => column.role === role)

/** Missing for the mapping: an id, or the time of what is measured. */
export function faultOf(meaning: Meaning): 'id' | 'time' | undefined {
  const named = those(meaning, 'id').length > 0 || those(meaning, 'name').length > 0 || meaning.only.trim() !== ''
  if (!named) return 'id'
  return those(meaning, 'series').length > 0 && those(meaning, 'time').length === 0 ? 'time' : undefined
}

export function mappingOf(meaning: Meaning, slug: string): Mapping {
  const { suggested } = meaning
  const series = those(meaning, 'series').map(({ column, label, unit }) => ({
    ...suggested?.series?.find((rule) => rule.column === column),
    column,
    attribute: termOf(label || column),
    name: label || column,
    ...(unit === '' ? {} : { unit }),
  }))
  const time = those(meaning, 'time').map(({ column }) => column)
  return {
    ...suggested,
    entity: entityOf(meaning, slug),
    series,
    ...(time.length > 0 && {
      time: { ...suggested?.time, columns: time, zone: meaning.zone, ...(meaning.format !== 'auto' && { format: meaning.format }) },
    }),
  }
}

function entityOf(meaning: Meaning, slug: string): Mapping['entity'] {
  const { suggested, only } = meaning
  const [id] = those(meaning, 'id')
  const [name] = those(meaning, 'name')
  const key = id ?? name
  const place = placeOf(meaning)
  return {
    ...(suggested?.entity.description !== undefined && { description: suggested.entity.description }),
    id: key ? idFrom(suggested?.entity.id, key.column, slug) : `urn:${slug}:${termOf(only)}`,
    type: meaning.type,
    ...(key ? { name: (name ?? key).column } : { name: `="${only.replaceAll('"', "'")}"` }),
    ...(place && { place }),
    attributes: those(meaning, 'attribute').map(({ column, label }) => ({ column, name: termOf(label || column) })),
  }
}

/** The suggested id as long as it is made of the chosen column. */
function idFrom(suggested: string | undefined, column: string, slug: string): string {
  return suggested !== undefined && uses(suggested, column) && suggested.includes('{') ? suggested : `urn:${slug}:{${column}}`
}

function placeOf(meaning: Meaning): Mapping['entity']['place'] | undefined {
  const [x] = those(meaning, 'x')
  const [y] = those(meaning, 'y')
  const [column] = those(meaning, 'place')
  const crs = meaning.crs === 'EPSG:4326' ? {} : { crs: meaning.crs }
  if (column) return { ...crs, column: column.column }
  return x && y ? { ...crs, x: x.column, y: y.column } : undefined
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
