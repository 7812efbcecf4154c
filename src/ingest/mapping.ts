/** mapping: a declarative recipe that turns rows into drafts: which column is the id, the place, the time, and which are measured. */
import type { Json } from '../model/json.ts'

/**
 * Where a value comes from, said in one line:
 * a column's name; a template with columns in braces, "urn:stadt:baum:{Nr}"; an IRI without any, which is itself;
 * or, after "=", a JSONata expression over the row.
 */
export type Source = string

export interface Mapping {
  readonly entity: EntityRule
  /** A wide table: one rule per measured column. */
  readonly series?: readonly SeriesRule[]
  /** A long table: one column names what is measured, another holds the value. */
  readonly long?: LongRule
  /** Needed as soon as something is measured. */
  readonly time?: TimeRule
  /** Only rows that fulfil all of these; or a JSONata expression after "=". */
  readonly where?: readonly Condition[] | Source
  /** How numbers are written where a rule does not say otherwise; a point when left out. */
  readonly decimal?: Decimal
  /** Words that stand for “no value”, beside the usual ones. */
  readonly nulls?: readonly string[]
}

export type Decimal = '.' | ','

export interface EntityRule {
  readonly id: Source
  readonly type: string
  readonly name?: Source
  readonly description?: Source
  readonly place?: PlaceRule
  readonly attributes?: readonly AttributeRule[]
}

export interface AttributeRule {
  readonly column: Source
  /** The attribute's term; the column's name when left out. */
  readonly name?: string
  readonly type?: ValueType
  readonly decimal?: Decimal
  readonly nulls?: readonly string[]
}

export type ValueType = 'auto' | 'number' | 'text' | 'boolean' | 'json'

export interface SeriesRule extends MeasuredRule {
  readonly column: Source
  readonly attribute: string
}

export interface MeasuredRule {
  readonly name?: string
  /** The unit as it is delivered: "µg/m³". Values are never converted. */
  readonly unit?: string
  /** The observed property. */
  readonly property?: { readonly name: string; readonly definition?: string }
  readonly type?: ValueType
  readonly decimal?: Decimal
  readonly nulls?: readonly string[]
  /** Column with the source's own mark of quality. */
  readonly quality?: string
}

export interface LongRule {
  /** Column that names what is measured. */
  readonly attribute: string
  /** Column that holds the value. */
  readonly value: string
  readonly unit?: string
  readonly quality?: string
  readonly decimal?: Decimal
  readonly nulls?: readonly string[]
  /** By what the column says; what is not listed keeps its own name. */
  readonly named?: Readonly<Record<string, MeasuredRule & { readonly attribute: string }>>
}

export interface TimeRule {
  /** One column, or those of date and time in turn. */
  readonly columns: readonly string[]
  /** "auto", "epoch", "excel", or a pattern: "dd.MM.yyyy HH:mm". */
  readonly format?: string
  /** IANA name or fixed offset; Europe/Berlin when left out. Ignored where the text has its own offset. */
  readonly zone?: string
  /** What to do with a time that the change to summer time skips. */
  readonly gap?: 'reject' | 'shift'
  /** What to do with a time that is there twice: by the order of rows, or always the one. */
  readonly ambiguous?: 'order' | 'first' | 'second' | 'reject'
  /** Columns of the interval's end. */
  readonly end?: readonly string[]
  /** Or its length: "PT15M". */
  readonly lasts?: string
  /** Whether the time is the interval's start (when left out) or its end. */
  readonly stamp?: 'start' | 'end'
}

export interface PlaceRule {
  /** Columns of easting or longitude, and of northing or latitude. */
  readonly x?: string
  readonly y?: string
  /** Or one column with WKT, GeoJSON, or a geometry. */
  readonly column?: string
  /** "EPSG:25832"; degrees when left out. */
  readonly crs?: string
  /** West, south, east, north in degrees, or none at all; Germany when left out. */
  readonly within?: readonly [number, number, number, number] | 'anywhere'
  /** The thing was there when its row was measured: a vehicle. Else a place is where the thing has been all along: a station. */
  readonly moves?: boolean
}

export interface Condition {
  readonly column: string
  readonly is: readonly Json[]
  readonly not?: boolean
}

/** The columns that a mapping reads from a table by name; expressions are not looked into. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const { entity, series = [], long, time, where } = mapping
  const sources = [
    entity.id,
    entity.name,
    entity.description,
    ...(entity.attributes ?? []).map(({ column }) => column),
    ...series.map(({ column }) => column),
  ]
  const columns = [
    ...sources.flatMap((source) => (source === undefined ? [] : columnsIn(source))),
    ...series.map(({ quality }) => quality),
    ...(long ? [long.attribute, long.value, long.unit, long.quality] : []),
    ...(time ? [...time.columns, ...(time.end ?? [])] : []),
    ...(entity.place ? [entity.place.x, entity.place.y, entity.place.column] : []),
    ...(typeof where === 'object' ? where.map(({ column }) => column) : []),
  ]
  return [...new Set(columns.filter((column) => column !== undefined))]
}

const HOLE = /\{([^{}]+)\}/g

/** The columns a source names: itself, or the holes of a template. */
export function columnsIn(source: Source): readonly string[] {
  if (source.startsWith('=') || isIri(source)) return []
  const holes = [...source.matchAll(HOLE)].map(([, column = '']) => column)
  return holes.length > 0 ? holes : [source]
}

/** A text that can only be an IRI, no column: "urn:stadt:pegel:1". */
export function isIri(source: Source): boolean {
  return /^(urn:[^\s{}]+:|https?:\/\/)[^\s{}]+$/.test(source)
}
