/** facade: SensorThings 1.1 (18-088) as it answers; beside each verb what it fulfils. */
import { readEither, type Facade } from '../facade.ts'
import { changeAny, createAny, removeAny } from '../writing.ts'
import { serviceRoot } from './conformance.ts'
import { V1 } from './names.ts'

export const FACADE: Facade = {
  version: V1,
  /** req/resource-path/resource-path-to-entities, usage 1 */
  root: serviceRoot,
  verbs: {
    /** req/resource-path, req/request-data */
    GET: readEither,
    /** req/create-update-delete/create-entity, link-to-existing-entities, deep-insert */
    POST: createAny,
    /** req/create-update-delete/update-entity, update-entity-jsonpatch */
    PATCH: changeAny,
    /** req/create-update-delete/update-entity-put */
    PUT: changeAny,
    /** req/create-update-delete/delete-entity */
    DELETE: removeAny,
  },
}
