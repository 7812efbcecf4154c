/** policy: from who asks and what they want to do, to the Filter that bounds them. Pure: grants come with the principal. */
import type { Noun } from '../model/noun.ts'
import { and, equals, nothing, or, type Filter } from '../query/filter.ts'
import type { Grant, Principal, Verb } from './principal.ts'

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
  const granted = who.grants.filter((grant) => grant.verbs.includes(verb))
  if (verb !== 'read') return among(granted)
  const [keepers, readers] = [granted.filter(looksAfter), granted.filter((grant) => !looksAfter(grant))]
  return or(open, among(keepers), and(among(readers), current))
}

/** Whoever works on the data goes on seeing them when they are withdrawn; whoever was given them to read does not. */
const looksAfter = ({ verbs }: Grant): boolean => verbs.includes('change') || verbs.includes('manage')
const current: Filter = { is: 'not', of: { is: 'in', path: ['state'], values: ['withdrawn', 'archived'] } }

function among(grants: readonly Grant[]): Filter {
  return grants.length === 0 ? nothing : { is: 'in', path: ['id'], values: grants.map(({ dataset }) => dataset) }
}

/** Whether `who` may manage people, keys and settings of the tenant: an administrator, and not with a token for less. */
export function administers(who: Principal): boolean {
  return who.admin && who.only?.includes('manage') !== false
}
