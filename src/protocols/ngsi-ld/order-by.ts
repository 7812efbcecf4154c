/**
 * order-by: the order of entities (4.23), parsed into the order of a Query.
 *
 *   orderBy = One *( "," One )
 *   One     = member [ ";" ( "asc" / "desc" ) ]     "id", "createdAt", "modifiedAt", "name", "description"
 *
 * Other attributes and distances are refused: what entities are ordered by stands in their own rows.
 */
import { Problem } from '../../problem.ts'
import type { Path } from '../../query/filter.ts'
import type { Order } from '../../query/query.ts'
import { isTrue, listIn, wrong, type Parameters } from './params.ts'

const FIELDS: Readonly<Record<string, Path>> = {
  id: ['iri'],
  createdAt: ['created'],
  modifiedAt: ['modified'],
  name: ['name'],
  description: ['description'],
}

export function orderIn(parameters: Parameters): readonly Order[] | undefined {
  const members = listIn(parameters, 'orderBy')
  if (members === undefined) return undefined
  if (!isTrue(parameters, 'local') && parameters.get('type') !== '*')
    throw wrong('orderBy', { en: 'orderBy goes with local=true only.', de: 'orderBy gibt es nur mit local=true.' })
  return members.map((member) => orderOf(member))
}

function orderOf(member: string): Order {
  const [path = '', way = 'asc', ...more] = member.split(';')
  if (more.length > 0 || !['asc', 'desc', 'dist-asc', 'dist-desc'].includes(way))
    throw wrong('orderBy', { en: `“${member}” is no order.`, de: `„${member}“ ist keine Reihenfolge.` })
  const field = FIELDS[path]
  if (way.startsWith('dist') || field === undefined)
    throw new Problem('not-implemented', { en: `One cannot order by “${member}” yet.`, de: `Nach „${member}“ wird noch nicht geordnet.` }, { parameter: 'orderBy' }) // prettier-ignore
  return { by: { path: field }, descending: way === 'desc' }
}
