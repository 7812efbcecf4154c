/** mapping-schema: what a mapping and a format may say, as JSON Schema: checks them and draws their form. */
import { FORMATS } from './decode/format.ts'

const text = (de: string, en: string, maxLength = 400) => ({ type: 'string', maxLength, title: { de, en } }) as const
const source = (de: string, en: string) => text(de, en, 4000)

const DECIMAL = { type: 'string', enum: ['.', ','], title: { de: 'Dezimalzeichen', en: 'Decimal mark' } } as const
const NULLS = {
  type: 'array',
  items: { type: 'string' },
  maxItems: 100,
  title: { de: 'Steht für „kein Wert“', en: 'Stands for “no value”' },
} as const
const TYPE = {
  type: 'string',
  enum: ['auto', 'number', 'text', 'boolean', 'json'],
  title: { de: 'Art der Werte', en: 'Type of the values' },
} as const
const COLUMNS = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 } as const

const MEASURED = {
  name: text('Bezeichnung', 'Name'),
  unit: text('Einheit', 'Unit', 60),
  property: {
    type: 'object',
    title: { de: 'Beobachtete Größe', en: 'Observed property' },
    required: ['name'],
    additionalProperties: false,
    properties: { name: text('Name', 'Name'), definition: text('Definition (IRI)', 'Definition (IRI)') },
  },
  type: TYPE,
  decimal: DECIMAL,
  nulls: NULLS,
  quality: text('Spalte mit der Qualität', 'Column with the quality'),
} as const

const ENTITY = {
  type: 'object',
  title: { de: 'Objekte', en: 'Things' },
  required: ['id', 'type'],
  additionalProperties: false,
  properties: {
    id: source('Kennung', 'Id'),
    type: text('Art', 'Type'),
    name: source('Name', 'Name'),
    description: source('Beschreibung', 'Description'),
    place: {
      type: 'object',
      title: { de: 'Ort', en: 'Place' },
      additionalProperties: false,
      properties: {
        x: text('Rechtswert oder Länge', 'Easting or longitude'),
        y: text('Hochwert oder Breite', 'Northing or latitude'),
        column: text('Spalte mit WKT oder GeoJSON', 'Column with WKT or GeoJSON'),
        crs: text('Bezugssystem', 'Reference system', 40),
        within: {
          anyOf: [{ const: 'anywhere' }, { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 }],
          title: { de: 'Erlaubter Bereich', en: 'Allowed area' },
        },
        moves: { type: 'boolean', title: { de: 'Bewegt sich', en: 'Moves' } },
      },
    },
    attributes: {
      type: 'array',
      title: { de: 'Eigenschaften', en: 'Attributes' },
      maxItems: 1000,
      items: {
        type: 'object',
        required: ['column'],
        additionalProperties: false,
        properties: {
          column: source('Spalte', 'Column'),
          name: text('Kurzname', 'Short name'),
          type: TYPE,
          decimal: DECIMAL,
          nulls: NULLS,
        },
      },
    },
  },
} as const

const TIME = {
  type: 'object',
  title: { de: 'Zeit', en: 'Time' },
  required: ['columns'],
  additionalProperties: false,
  properties: {
    columns: { ...COLUMNS, title: { de: 'Spalten von Datum und Uhrzeit', en: 'Columns of date and time' } },
    format: text('Schreibweise', 'Format', 60),
    zone: text('Zeitzone', 'Time zone', 60),
    gap: { type: 'string', enum: ['reject', 'shift'], title: { de: 'Ausgelassene Stunde im März', en: 'Hour that is skipped in March' } },
    ambiguous: {
      type: 'string',
      enum: ['order', 'first', 'second', 'reject'],
      title: { de: 'Doppelte Stunde im Oktober', en: 'Hour that is there twice in October' },
    },
    end: { ...COLUMNS, title: { de: 'Spalten des Endes', en: 'Columns of the end' } },
    lasts: text('Dauer (ISO 8601)', 'Duration (ISO 8601)', 30),
    stamp: { type: 'string', enum: ['start', 'end'], title: { de: 'Die Zeit meint', en: 'The time means' } },
  },
} as const

const LONG = {
  type: 'object',
  title: { de: 'Eine Zeile je Messwert', en: 'One row per value' },
  required: ['attribute', 'value'],
  additionalProperties: false,
  properties: {
    attribute: text('Spalte mit dem Namen der Größe', 'Column with the name of what is measured'),
    value: text('Spalte mit dem Wert', 'Column with the value'),
    unit: text('Spalte mit der Einheit', 'Column with the unit'),
    quality: text('Spalte mit der Qualität', 'Column with the quality'),
    decimal: DECIMAL,
    nulls: NULLS,
    named: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['attribute'],
        additionalProperties: false,
        properties: { attribute: text('Kurzname', 'Short name'), ...MEASURED },
      },
    },
  },
} as const

export const MAPPING_SCHEMA = {
  type: 'object',
  title: { de: 'Zuordnung', en: 'Mapping' },
  required: ['entity'],
  additionalProperties: false,
  properties: {
    entity: ENTITY,
    series: {
      type: 'array',
      title: { de: 'Gemessene Spalten', en: 'Measured columns' },
      maxItems: 4000,
      items: {
        type: 'object',
        required: ['column', 'attribute'],
        additionalProperties: false,
        properties: { column: source('Spalte', 'Column'), attribute: text('Kurzname', 'Short name'), ...MEASURED },
      },
    },
    long: LONG,
    time: TIME,
    where: {
      title: { de: 'Nur diese Zeilen', en: 'Only these rows' },
      anyOf: [
        { type: 'string', maxLength: 4000 },
        {
          type: 'array',
          maxItems: 100,
          items: {
            type: 'object',
            required: ['column', 'is'],
            additionalProperties: false,
            properties: { column: { type: 'string' }, is: { type: 'array' }, not: { type: 'boolean' } },
          },
        },
      ],
    },
    decimal: DECIMAL,
    nulls: NULLS,
  },
} as const

export const FORMAT_SCHEMA = {
  type: 'object',
  title: { de: 'Aufbau der Datei', en: 'Layout of the file' },
  additionalProperties: false,
  properties: {
    format: { type: 'string', enum: FORMATS, title: { de: 'Format', en: 'Format' } },
    encoding: text('Zeichenkodierung', 'Encoding', 40),
    delimiter: { type: 'string', minLength: 1, maxLength: 4, title: { de: 'Trennzeichen', en: 'Delimiter' } },
    header: {
      type: 'object',
      title: { de: 'Kopfzeile', en: 'Header' },
      required: ['row', 'rows'],
      additionalProperties: false,
      properties: {
        row: { type: 'integer', minimum: 1, maximum: 1000, title: { de: 'Erste Zeile', en: 'First row' } },
        rows: { type: 'integer', minimum: 0, maximum: 10, title: { de: 'Anzahl', en: 'Number' } },
      },
    },
    sheet: text('Tabellenblatt', 'Sheet'),
    entry: text('Datei im Archiv', 'File in the archive'),
    path: text('Wo die Zeilen stehen (JSON-Zeiger)', 'Where the rows are (JSON pointer)'),
    crs: text('Bezugssystem', 'Reference system', 40),
  },
} as const
