/** openapi: the definition of the API (OpenAPI 3.0), the same for every collection. */
import type { Language } from '../../model/text.ts'
import { LIMIT } from './params.ts'
import { MEDIA, SYSTEMS } from './names.ts'

const query = (name: string, schema: object, description: string) => ({ name, in: 'query', required: false, schema, description, style: 'form', explode: false }) // prettier-ignore

const PARAMETERS = {
  collectionId: { name: 'collectionId', in: 'path', required: true, schema: { type: 'string' }, description: 'Slug of the dataset.' },
  featureId: { name: 'featureId', in: 'path', required: true, schema: { type: 'string' }, description: 'Id or IRI of the feature.' },
  f: query('f', { type: 'string', enum: ['json', 'geojson', 'html'] }, 'Format of the answer; else Accept decides.'),
  limit: query('limit', { type: 'integer', minimum: LIMIT.least, maximum: LIMIT.most, default: LIMIT.otherwise }, 'Features on a page.'),
  offset: query('offset', { type: 'integer', minimum: 0, default: 0 }, 'Features to skip.'),
  after: query('after', { type: 'string' }, 'Where the page starts; given in links to the next page.'),
  bbox: query('bbox', { type: 'array', oneOf: [{ minItems: 4, maxItems: 4 }, { minItems: 6, maxItems: 6 }], items: { type: 'number' } }, 'Features that intersect this box.'),
  'bbox-crs': query('bbox-crs', { type: 'string', format: 'uri', enum: SYSTEMS.map(({ uri }) => uri) }, 'Reference system of bbox; CRS84 otherwise.'),
  crs: query('crs', { type: 'string', format: 'uri', enum: SYSTEMS.map(({ uri }) => uri) }, 'Reference system of the answer; CRS84 otherwise.'),
  datetime: query('datetime', { type: 'string' }, 'Instant or interval in which something was measured: 2026-01-01T00:00:00Z/..'),
  filter: query('filter', { type: 'string' }, "A filter in CQL2: pm10 > 40 AND S_INTERSECTS(geometry, BBOX(8, 49, 9, 50))."),
  'filter-lang': query('filter-lang', { type: 'string', enum: ['cql2-text', 'cql2-json'], default: 'cql2-text' }, 'Form of the filter.'),
  'filter-crs': query('filter-crs', { type: 'string', format: 'uri', enum: SYSTEMS.map(({ uri }) => uri) }, 'Reference system of geometries in the filter; CRS84 otherwise.'),
  sortby: query('sortby', { type: 'string' }, 'Properties to order by, with - for descending: -height,name.'),
  properties: {
    name: 'properties', in: 'query', required: false, style: 'form', explode: true,
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    description: 'Each property of the features of a collection is a parameter: name=Marktplatz, pm10=12.',
  },
} // prettier-ignore

const ref = (name: keyof typeof PARAMETERS) => ({ $ref: `#/components/parameters/${name}` })
const schema = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } })
const problem = { description: 'Problem', content: { 'application/problem+json': schema('problem') } }

function get(
  operationId: string,
  summary: string,
  body: string,
  parameters: readonly (keyof typeof PARAMETERS)[],
  json: string = MEDIA.json,
) {
  const content = { [json]: schema(body), [MEDIA.html]: { schema: { type: 'string' } } }
  const errors = { 400: problem, ...(parameters.includes('collectionId') && { 404: problem }), 406: problem, 500: problem }
  const responses = { 200: { description: summary, content }, ...errors }
  return { get: { operationId, summary, tags: ['Features'], parameters: [...parameters, 'f' as const].map(ref), responses } }
}

const PATHS = {
  '/': get('getLandingPage', 'Landing page', 'landingPage', []),
  '/conformance': get('getConformance', 'Conformance classes', 'confClasses', []),
  '/collections': get('getCollections', 'The released datasets', 'collections', []),
  '/collections/{collectionId}': get('describeCollection', 'One dataset', 'collection', ['collectionId']),
  '/collections/{collectionId}/queryables': get('getQueryables', 'Properties to filter by', 'schema', ['collectionId'], MEDIA.schema),
  '/collections/{collectionId}/sortables': get('getSortables', 'Properties to order by', 'schema', ['collectionId'], MEDIA.schema),
  '/collections/{collectionId}/items': get(
    'getFeatures', 'Features of a dataset', 'featureCollection',
    ['collectionId', 'limit', 'offset', 'after', 'bbox', 'bbox-crs', 'crs', 'datetime', 'filter', 'filter-lang', 'filter-crs', 'sortby', 'properties'], MEDIA.geojson,
  ),
  '/collections/{collectionId}/items/{featureId}': get('getFeature', 'One feature', 'feature', ['collectionId', 'featureId', 'crs'], MEDIA.geojson),
} // prettier-ignore

const object = (required: readonly string[], properties: object) => ({ type: 'object', required, properties })
const list = (items: object) => ({ type: 'array', items })
const text = { type: 'string' }
const links = list({ $ref: '#/components/schemas/link' })

const SCHEMAS = {
  link: object(['href', 'rel'], { href: text, rel: text, type: text, title: text }),
  landingPage: object(['links'], { title: text, description: text, links }),
  confClasses: object(['conformsTo'], { conformsTo: list(text) }),
  collection: object(['id', 'links'], { id: text, title: text, description: text, keywords: list(text), extent: { type: 'object' }, itemType: text, crs: list(text), storageCrs: text, links }),
  collections: object(['links', 'collections'], { links, crs: list(text), collections: list({ $ref: '#/components/schemas/collection' }) }),
  feature: object(['type', 'geometry', 'properties'], { type: { type: 'string', enum: ['Feature'] }, id: { type: 'integer' }, geometry: { type: 'object', nullable: true }, properties: { type: 'object', nullable: true }, links }),
  featureCollection: object(['type', 'features'], {
    type: { type: 'string', enum: ['FeatureCollection'] }, features: list({ $ref: '#/components/schemas/feature' }), links,
    timeStamp: { type: 'string', format: 'date-time' }, numberMatched: { type: 'integer', minimum: 0 }, numberReturned: { type: 'integer', minimum: 0 },
  }),
  schema: object([], { title: text, properties: { type: 'object' } }),
  problem: object([], { type: text, title: text, status: { type: 'integer' }, detail: text }),
} // prettier-ignore

export function openapi(base: string, language: Language) {
  const description = language === 'de' ? 'Die Objekte der veröffentlichten Datensätze.' : 'The features of the released datasets.'
  return {
    openapi: '3.0.3',
    info: { title: 'OGC API Features', version: '1.0.0', description },
    servers: [{ url: base }],
    tags: [{ name: 'Features' }],
    paths: PATHS,
    components: { parameters: PARAMETERS, schemas: SCHEMAS },
  }
}

/** Address and purpose of each resource, for the page. */
export const OPERATIONS: readonly (readonly [string, string])[] = Object.entries(PATHS).map(
  ([
    path,
    {
      get: { summary },
    },
  ]) => [path, summary],
)
