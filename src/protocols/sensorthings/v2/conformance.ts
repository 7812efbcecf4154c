/** conformance: the landing page of 2.0, and the requirements of 23-019 that this service fulfils: exactly what is true. */
import { MEASURES, SPATIAL, TEMPORAL, TEXTUAL, VALUES } from '../functions.ts'
import { V2 } from './names.ts'

const SPEC = 'http://www.opengis.net/spec/sensorthings/2.0'
const HTTP = `${SPEC}/req/binding/http`
const MQTT = `${SPEC}/req/binding/mqtt`

/** The tests in test/conformance/sensorthings carry the same names. */
export const REQUIREMENTS: readonly string[] = [
  ...['thing', 'location', 'historical-location', 'sensor', 'observed-property', 'observation', 'feature', 'feature-type'].map((name) => `req/datamodel/core/${name}`),
  'req/api/read/paths',
  ...['precedence', 'select', 'expand', 'top', 'skip', 'count', 'orderby', 'format', 'pagination'].map((name) => `req/api/read/options/${name}`),
  ...['advertisement', 'create', 'deep_insert', 'update', 'replace', 'deep_update', 'json_patch', 'return_value', 'update_relations', 'delete', 'filtered_delete'].map((name) => `req/api/cud/${name}`),
  'req/binding/http/advertisement',
  'req/binding/http/request_response',
  'req/binding/mqtt/request_response',
  'req/binding/mqtt/simple_create',
].map((name) => `${SPEC}/${name}`) // prettier-ignore

const COMMON = ['landing-page', 'core'].map((name) => `http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/${name}`)

export const CONFORMANCE: readonly string[] = [...REQUIREMENTS, ...COMMON]

const OTHERS: readonly string[] = ['cast', 'interval', 'st_relate', 'totaloffsetminutes', 'now', 'mindatetime', 'maxdatetime', 'any', 'all']
const FUNCTIONS = [VALUES, TEXTUAL, MEASURES, SPATIAL].flatMap(Object.keys).concat(TEMPORAL, OTHERS)

/** `endpoints` are where MQTT is spoken. */
export function landingPage(base: string, endpoints: readonly string[] = []): object {
  const link = (rel: string, type: string, title: string, path: string) => ({ rel, type, title, href: `${base}${path}` })
  const links = [
    link('self', 'application/json', 'SensorThings API 2.0', ''),
    link('http://www.opengis.net/def/rel/ogc/1.0/conformance', 'application/json', 'Conformance', '/conformance'),
    link('service-desc', 'application/vnd.oai.openapi+json;version=3.0', 'OpenAPI', '/api'),
    link('service-desc', 'application/json', 'OData CSDL', '/$metadata'),
  ]
  return {
    '@context': `${base}/$metadata`,
    title: 'OGC SensorThings API 2.0',
    links,
    value: Object.keys(V2.types).map((name) => ({ name, url: `${base}/${name}` })),
    serverSettings: { conformance: CONFORMANCE, functions: FUNCTIONS, [HTTP]: { endpoints: [base] }, [MQTT]: { endpoints } },
  }
}
