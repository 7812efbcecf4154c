/** policy: from who asks and what they want to do, to the Filter that bounds them. Pure: grants come with the principal. */
import type { Noun } from '../model/noun.ts'
import { and, equals, nothing, or, type Filter } from '../query/filter.ts'
import type { Principal, Verb } from './principal.ts'

/** Released and open: what anyone may read. */
const open: Filter = and(equals(['access'], 'public'), equals(['state'], 'released'))

/** The filter that bounds `who` when they `verb` a `noun`; nothing when they may not at all. */
export function narrow(who: Principal, verb: Verb, noun: Noun): Filter {
  const mine = allowed(who, verb)
  if (mine.is === 'nothing') return nothing
  const datasets = and(equals(['tenant'], who.tenant), mine)
  return noun === 'dataset' ? datasets : { is: 'some', through: 'dataset', where: datasets }
}

function allowed(who: Principal, verb: Verb): Filter {
  if (who.only?.includes(verb) === false) return verb === 'read' ? open : nothing
  if (who.admin) return { is: 'everything' }
  const granted = who.grants.filter((grant) => grant.verbs.includes(verb)).map((grant) => grant.dataset)
  const grants: Filter = granted.length === 0 ? nothing : { is: 'in', path: ['id'], values: granted }
  return verb === 'read' ? or(open, grants) : grants
}

/** Whether `who` may manage people, keys and settings of the tenant: an administrator, and not with a token for less. */
export function administers(who: Principal): boolean {
  return who.admin && who.only?.includes('manage') !== false
}
