/** explain: why somebody may do something with a dataset, or why not: every rule that was looked at, the one that decides first. Pure. */
import type { Dataset } from '../model/dataset.ts'
import { matches } from '../query/matches.ts'
import type { Grant, Principal, Verb } from './principal.ts'
import { bounded, LISTED, OPEN } from './reach.ts'
import { covers } from './verbs.ts'

/** What a rule rests on: everything in the tenant, what is open to all, a card that all may find, or a grant. */
export type Ground = 'administrator' | 'open' | 'listed' | 'grant'

/** Why a rule does not help here. */
export type Hindrance =
  | 'not-administrator'
  | 'not-public'
  | 'not-released'
  | 'not-listed'
  | 'other-verb'
  | 'other-dataset'
  | 'withdrawn'
  | 'restricted'
  | 'key'
  | 'tenant'

export interface Rule {
  readonly ground: Ground
  readonly grant?: Grant
  /** How far it carries; none: for the reason that is said. */
  readonly extent: 'all' | 'portion' | 'none'
  readonly because?: Hindrance
}

export interface Explanation {
  readonly answer: Rule['extent']
  /** The one that decides comes first. */
  readonly rules: readonly Rule[]
}

/** The answer is that of `narrow`; a test holds them together. */
export function explain(who: Principal, verb: Verb, dataset: Dataset): Explanation {
  const rules = [...openRules(verb, dataset), administration(who, verb), ...who.grants.map((grant) => grantRule(who, grant, verb, dataset))]
  const here = who.tenant === dataset.tenant ? rules : rules.map((rule) => refused(rule, 'tenant'))
  const ordered = here.toSorted((a, b) => ORDER.indexOf(a.extent) - ORDER.indexOf(b.extent))
  return { answer: ordered[0]?.extent ?? 'none', rules: ordered }
}

const ORDER: readonly Rule['extent'][] = ['all', 'portion', 'none']

const refused = (rule: Pick<Rule, 'ground' | 'grant'>, because: Hindrance): Rule => ({ ...rule, extent: 'none', because })

function openRules(verb: Verb, dataset: Dataset): readonly Rule[] {
  if (verb !== 'read' && verb !== 'read-metadata') return []
  const open: Rule = matches(OPEN, dataset)
    ? { ground: 'open', extent: 'all' }
    : refused({ ground: 'open' }, dataset.state === 'released' ? 'not-public' : 'not-released')
  if (verb === 'read') return [open]
  return [open, matches(LISTED, dataset) ? { ground: 'listed', extent: 'all' } : refused({ ground: 'listed' }, 'not-listed')]
}

function administration(who: Principal, verb: Verb): Rule {
  const rule = { ground: 'administrator' } as const
  if (!who.admin) return refused(rule, 'not-administrator')
  return isCut(who, verb) ? refused(rule, 'key') : { ...rule, extent: 'all' }
}

function grantRule(who: Principal, grant: Grant, verb: Verb, dataset: Dataset): Rule {
  const rule = { ground: 'grant', grant } as const
  if (grant.dataset !== undefined && grant.dataset !== dataset.id) return refused(rule, 'other-dataset')
  if (!covers(grant.verbs, verb)) return refused(rule, 'other-verb')
  if (isCut(who, verb)) return refused(rule, 'key')
  if (!matches(bounded([grant], verb), dataset)) return refused(rule, isCurrent(dataset) ? 'restricted' : 'withdrawn')
  // of a card there are no portions
  return { ...rule, extent: grant.portion === undefined || verb === 'read-metadata' ? 'all' : 'portion' }
}

/** Whether a key takes the right away from whoever has it. */
function isCut({ only }: Principal, verb: Verb): boolean {
  return only !== undefined && !covers(only, verb)
}

function isCurrent({ state }: Dataset): boolean {
  return state !== 'withdrawn' && state !== 'archived'
}
