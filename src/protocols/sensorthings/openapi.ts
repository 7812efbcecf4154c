/** openapi: this service as an OpenAPI 3.0 document, made of the same tables that it works by. */
import type { EntityType, Property, Version } from './version.ts'

const MERGE = 'application/json'

const query = (name: string, type: 'string' | 'integer' | 'boolean', description: string) => ({ name, in: 'query', required: false, schema: { type }, description }) // prettier-ignore

const PARAMETERS = {
  id: { name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' }, description: 'Id of the entity.' },
  filter: query('$filter', 'string', 'Only those that fulfil it: name eq ‘Markt’.'),
  expand: query('$expand', 'string', 'Related entities to bring along: Datastreams($top=1).'),
  select: query('$select', 'string', 'Only these properties.'),
  orderby: query('$orderby', 'string', 'Expressions, each asc or desc.'),
  top: query('$top', 'integer', 'So many at most.'),
  skip: query('$skip', 'integer', 'So many are passed over.'),
  count: query('$count', 'boolean', 'Say how many there are in all.'),
  resultFormat: query('$resultFormat', 'string', 'JSON, dataArray (Observations only), CSV or GeoJSON.'),
  resultMetadata: query('$resultMetadata', 'string', 'full, minimal or none.'),
  format: query('$format', 'string', 'json, dataArray (Observations only), csv or geojson; json;metadata=none and minimal say less.'),
  apply: query('$apply', 'string', 'Groups: groupby((Datastream/name),aggregate(result with average as mean)).'),
} as const

type Parameter = keyof typeof PARAMETERS

const ref = (name: Parameter) => ({ $ref: `#/components/parameters/${name}` })
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (of: object, type = MERGE) => ({ content: { [type]: { schema: of } } })

const forOne = ({ version }: EntityType): readonly Parameter[] => [
  'expand',
  'select',
  ...(version.quiet ? (['format'] as const) : (['resultFormat', 'resultMetadata'] as const)),
]
const forMany = (type: EntityType): readonly Parameter[] => ['filter', 'orderby', 'top', 'skip', 'count', 'apply', ...forOne(type)]
const ERRORS = { '4XX': { description: 'Refused, with the reason and its place.', ...json(schema('Error')) } }

const ok = (description: string, of: object) => ({ responses: { 200: { description, ...json(of) }, ...ERRORS } })
const made = { responses: { 201: { description: 'Made; its address is in Location.' }, ...ERRORS } }
/** 2.0 says nothing more unless `Prefer: return=representation` asks for it. */
const changed = ({ version, one }: EntityType, description: string) =>
  version.quiet
    ? { responses: { 204: { description }, 200: { description, ...json(schema(one)) }, ...ERRORS } }
    : ok(description, schema(one))
const gone = ({ version }: EntityType, description: string) => ({ responses: { [version.quiet ? 204 : 200]: { description }, ...ERRORS } })
const page = (type: EntityType) => ({
  type: 'object',
  required: ['value'],
  properties: {
    [`${type.version.mark}count`]: { type: 'integer' },
    [`${type.version.mark}nextLink`]: { type: 'string', format: 'uri' },
    value: { type: 'array', items: schema(type.one) },
  },
})

export function openapi(base: string, version: Version): object {
  return {
    openapi: '3.0.3',
    info: {
      title: 'OGC SensorThings API',
      version: version.number.slice(1),
      description: 'Paths go on at any depth along the navigation properties.',
    },
    servers: [{ url: base }],
    paths: { '/': { get: ok('Sets and settings of the service.', { type: 'object' }) }, ...pathsOfSets(version), ...BATCHES },
    components: { parameters: PARAMETERS, schemas: { ...schemas(version), Error: ERROR } },
  }
}

const ERROR = {
  type: 'object',
  properties: { code: { type: 'integer' }, type: { type: 'string' }, message: { type: 'string' }, at: { type: 'object' } },
}

/** What there is beside the sets. */
const BATCHES = {
  '/CreateObservations': {
    post: { summary: 'Observations as rows.', requestBody: json({ type: 'array', items: { type: 'object' } }), ...made },
  },
  '/$batch': {
    post: {
      summary: 'Many requests in one.',
      requestBody: { content: { 'application/json': { schema: { type: 'object' } }, 'multipart/mixed': { schema: { type: 'string' } } } },
      ...ok('An answer to each.', { type: 'object' }),
    },
  },
}

function pathsOfSets({ types }: Version): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.values(types).flatMap((type) => Object.entries(pathsOf(type))))
}

function pathsOf(type: EntityType): Readonly<Record<string, object>> {
  const body = { requestBody: json(schema(type.one)) }
  const tags = [type.set]
  const item = `/${type.set}({id})`
  const related = Object.values(type.navigation).map(({ name, to, type: target, many }) => {
    const parameters = [ref('id'), ...(many ? forMany : forOne)(target).map(ref)]
    return [`${item}/${name}`, { get: { tags: [to], parameters, ...ok(`${name} of one ${type.one}.`, many ? page(target) : schema(target.one)) } }] as const // prettier-ignore
  })
  return {
    [`/${type.set}`]: {
      get: { tags, parameters: forMany(type).map(ref), ...ok(`${type.set}, a page at a time.`, page(type)) },
      post: { tags, ...body, ...made },
    },
    [item]: {
      parameters: [ref('id')],
      get: { tags, parameters: forOne(type).map(ref), ...ok(`One ${type.one}.`, schema(type.one)) },
      patch: { tags, ...body, ...changed(type, 'As it is now.') },
      put: { tags, ...body, ...changed(type, 'As it is now.') },
      delete: { tags, ...gone(type, 'It is gone, with what hung on it.') },
    },
    ...Object.fromEntries(related),
  }
}

function schemas({ types }: Version): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.values(types).map((type) => [type.one, schemaOf(type)]))
}

function schemaOf(type: EntityType): object {
  const { version } = type
  const own = Object.entries(type.properties).filter(([name]) => name !== 'id')
  const links = Object.keys(type.navigation).map((name) => [
    `${name}${version.mark}navigationLink`,
    { type: 'string', format: 'uri', readOnly: true },
  ])
  return {
    type: 'object',
    required: type.required,
    properties: {
      [version.id]: { type: 'integer', format: 'int64', readOnly: true },
      [version.self]: { type: 'string', format: 'uri', readOnly: true },
      ...Object.fromEntries(own.map(([name, property]) => [name, typeOf(name, property)])),
      ...Object.fromEntries(links),
    },
  }
}

function typeOf(name: string, property: Property): object {
  if (name === 'result' || name === 'metadata') return {}
  if (property.is === 'plain') return { type: 'string' }
  if (property.is === 'each') return { type: 'array', items: {} }
  if (property.is === 'time') return { type: 'string', format: 'date-time' }
  return property.is === 'interval' ? { type: 'string', description: 'An instant, or two with a slash between them.' } : { type: 'object' }
}
