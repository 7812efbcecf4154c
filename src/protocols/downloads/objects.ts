/** objects: the things of a dataset, one a row: static attributes and the latest value of each series as columns. */
import { featureOf, OWN_PROPERTIES, WITH_SERIES, type Feature } from '../../http/feature.ts'
import type { Json } from '../../model/json.ts'
import { isInstant } from '../../model/time.ts'
import { and, equals } from '../../query/filter.ts'
import { ask, type Query } from '../../query/query.ts'
import { pagesOf, type Reader } from './pages.ts'
import type { Column, Kind, Row, Table } from './table.ts'

/** Things on a page; each brings its series along. */
const PAGE = 500
/** Of sheets and of readers' patience; what lies beyond is in the GeoJSON. */
const MOST_COLUMNS = 1000

export function thingsOf(dataset: number): Query<'entity'> {
  return { ...ask('entity', and(equals(['dataset'], dataset), equals(['role'], 'thing')), PAGE), include: [WITH_SERIES] }
}

const FIXED: readonly Column[] = [
  { name: 'iri', title: 'Kennung', kind: 'text' },
  { name: 'name', title: 'Name', kind: 'text' },
  { name: 'types', title: 'Art', kind: 'text' },
  { name: 'description', title: 'Beschreibung', kind: 'text' },
  { name: 'longitude', title: 'Längengrad', kind: 'number' },
  { name: 'latitude', title: 'Breitengrad', kind: 'number' },
]
const GEOMETRY: Column = { name: 'geometry', title: 'Geometrie', kind: 'geometry' }

/** Read twice: once for the columns there are, then for the rows. Nothing is held but a page. */
export async function objects(reader: Reader, dataset: number): Promise<Table> {
  const query = thingsOf(dataset)
  const found = new Map<string, Kind>()
  let shaped = false
  for await (const page of pagesOf(reader, query))
    for (const feature of page.map(featureOf)) {
      shaped ||= feature.geometry !== null && feature.geometry.type !== 'Point'
      learn(found, feature)
    }
  const fixed = [...FIXED, ...(shaped ? [GEOMETRY] : [])]
  const extra = [...found].slice(0, MOST_COLUMNS).map(([name, kind]): Column => ({ name, title: name, kind }))
  return { columns: [...fixed, ...extra.map((column) => renamed(column, fixed))], batches: rows(reader, query, shaped, extra) }
}

/** No two columns have the same name. */
function renamed(column: Column, fixed: readonly Column[]): Column {
  const taken = fixed.some(({ name, title }) => name === column.name || title === column.name)
  return taken ? { ...column, name: `attribute_${column.name}`, title: `Merkmal ${column.name}` } : column
}

async function* rows(reader: Reader, query: Query<'entity'>, shaped: boolean, extra: readonly Column[]): AsyncGenerator<readonly Row[]> {
  for await (const page of pagesOf(reader, query)) yield page.map((thing) => rowOf(featureOf(thing), shaped, extra))
}

function rowOf({ geometry, properties }: Feature, shaped: boolean, extra: readonly Column[]): Row {
  const [longitude, latitude] = geometry?.type === 'Point' ? geometry.coordinates : []
  const { iri, name, types, description } = properties
  const kinds = Array.isArray(types) ? types.join(' ') : null
  const fixed = [iri, name, kinds, description, longitude, latitude]
  return [...fixed, ...(shaped ? [geometry] : []), ...extra.map((column) => cellOf(properties[column.name], column.kind))]
}

const OWN: ReadonlySet<string> = new Set(OWN_PROPERTIES)

function learn(found: Map<string, Kind>, { properties }: Feature): void {
  for (const [name, value] of Object.entries(properties)) {
    if (OWN.has(name) || value === null) continue
    const kind = kindOf(value)
    const before = found.get(name) ?? kind
    found.set(name, before === kind ? kind : 'text')
  }
}

function kindOf(value: Json): Kind {
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value === 'number' ? 'number' : 'boolean'
  if (typeof value !== 'string') return 'json'
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(value) && isInstant(value) ? 'time' : 'text'
}

/** A thing that changed between the two readings may bring another kind: text then, where the column is of text. */
function cellOf(value: Json | undefined, kind: Kind): Json | undefined {
  if (value === undefined || value === null || kind === 'text') return value
  return kindOf(value) === kind ? value : null
}
