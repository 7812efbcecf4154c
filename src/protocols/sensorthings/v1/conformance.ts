/** conformance: the service root, and the requirements of 18-088 that this service fulfils: exactly what is true. */
import { SETS } from './names.ts'

const REQ = 'http://www.opengis.net/spec/iot_sensing/1.1/req'

const CREATION = `${REQ}/create-observations-via-mqtt/observations-creation`
const UPDATES = `${REQ}/receive-updates-via-mqtt/receive-updates`

const TASKING = 'http://www.opengis.net/spec/iot_tasking/1.0/req'
const TASK_CREATION = `${TASKING}/create-tasks-via-mqtt/task-creation`
const TASK_UPDATES = `${TASKING}/receive-updates-via-mqtt/receive-updates`

/** Requirements by class; the tests in test/conformance/sensorthings carry the same names. */
export const CONFORMANCE: readonly string[] = [
  `${REQ}/datamodel`,
  `${REQ}/resource-path/resource-path-to-entities`,
  ...['order', 'expand', 'select', 'status-code', 'query-status-code', 'orderby', 'top', 'skip', 'count', 'filter', 'built-in-filter-operations', 'built-in-query-functions', 'pagination'].map((name) => `${REQ}/request-data/${name}`),
  ...['create-entity', 'link-to-existing-entities', 'deep-insert', 'deep-insert-status-code', 'update-entity', 'update-entity-put', 'update-entity-jsonpatch', 'delete-entity', 'historical-location-auto-creation', 'historical-location-manual-creation'].map((name) => `${REQ}/create-update-delete/${name}`),
  `${REQ}/batch-request/batch-request`,
  ...['properties', 'relations', 'constraints'].map((name) => `${REQ}/multi-datastream/${name}`),
  `${REQ}/data-array/data-array`,
  CREATION,
  UPDATES,
  ...['tasking-capability/properties', 'tasking-capability/relations', 'task/properties', 'task/relations', 'actuator/properties', 'actuator/relations', 'thing/properties', 'thing/relations', 'create-tasks/task-creation'].map((name) => `${TASKING}/${name}`),
  TASK_CREATION,
  TASK_UPDATES,
] // prettier-ignore

const FROST = 'https://fraunhoferiosb.github.io/FROST-Server/extensions'

/** Extensions under the names that FROST gave them, where the behaviour is the same. */
export const EXTENSIONS: readonly string[] = [
  'DeepSelect',
  'FilteredDelete',
  'GeoJSON-ResultFormat',
  'JsonBatchRequest',
  'MqttExpand',
  'MqttFilter',
  'OpenAPI',
].map((name) => `${FROST}/${name}.html`)

const OPENAPI = `${FROST}/OpenAPI.html`

/** `endpoints` are where MQTT is spoken. */
export function serviceRoot(base: string, endpoints: readonly string[] = []): object {
  const mqtt = { endpoints }
  return {
    value: SETS.map((name) => ({ name, url: `${base}/${name}` })),
    serverSettings: {
      conformance: [...CONFORMANCE, ...EXTENSIONS],
      ...Object.fromEntries([CREATION, UPDATES, TASK_CREATION, TASK_UPDATES].map((name) => [name, mqtt])),
      [OPENAPI]: { url: `${base}/api` },
    },
  }
}
