/** facade: SensorThings 2.0 (23-019) as it answers; beside each verb what it fulfils. */
import type { Call } from '../call.ts'
import { readEither, type Facade } from '../facade.ts'
import { changeAny, createAny, removeAny } from '../writing.ts'
import { landingPage } from './conformance.ts'
import { update } from './deep.ts'
import { addLink, removeLinks, replaceLinks } from './links.ts'
import { V2 } from './names.ts'

const isOfLinks = ({ path }: Call): boolean => path.ending === 'ref'

export const FACADE: Facade = {
  version: V2,
  /** req/api/read/paths: the service document; OGC API Common: the landing page */
  root: landingPage,
  verbs: {
    /** req/api/read */
    GET: readEither,
    /** req/api/cud/create, deep_insert, update_relations */
    POST: (call) => (isOfLinks(call) ? addLink(call) : createAny(call)),
    /** req/api/cud/update, deep_update, json_patch */
    PATCH: update,
    /** req/api/cud/replace, update_relations */
    PUT: (call) => (isOfLinks(call) ? replaceLinks(call) : changeAny(call)),
    /** req/api/cud/delete, filtered_delete, update_relations */
    DELETE: (call) => (isOfLinks(call) ? removeLinks(call) : removeAny(call)),
  },
}
