/** policy: from who asks and what they want to do, to the Filter that bounds them. Pure: grants come with the principal. */
import type { Noun } from '../model/noun.ts'
import { now, type Instant } from '../model/time.ts'
import { and, equals, everything, nothing, or, type Filter } from '../query/filter.ts'
import { portionOf, type Portion } from './portion.ts'
import type { Grant, Principal, Verb } from './principal.ts'
import { bounded, LISTED, OPEN } from './reach.ts'
import { ROLES, type Duty } from './roles.ts'
import { covers } from './verbs.ts'

const filters = new WeakMap<Principal, Map<string, Filter>>()

/**
 * The filter that bounds `who` when they `verb` a `noun`; nothing when they may not at all. About datasets it says which they may `verb` as a
 * whole; a card has no portions, so whoever may see some of the data may see it.
 */
export function narrow(who: Principal, verb: Verb, noun: Noun): Filter {
  return remembered(filters, who, `${verb} ${noun}`, () => {
    const { whole, portions } = rightsOf(who, verb)
    if (noun === 'dataset') return verb === 'read-metadata' ? touches(who, verb) : within(who, whole)
    return or(inDataset(within(who, whole)), ...portions.map((one) => portionIn(who, one, verb, noun)))
  })
}

/** The datasets of which `who` may `verb` anything at all. */
export function touches(who: Principal, verb: Verb): Filter {
  return remembered(filters, who, `${verb} any`, () => {
    const { whole, portions } = rightsOf(who, verb)
    return within(who, or(whole, ...portions.map(({ datasets }) => datasets)))
  })
}

/** What it takes to see one of these: of a dataset its card, of all else the data. */
export function seeing(noun: Noun): Verb {
  return noun === 'dataset' ? 'read-metadata' : 'read'
}

/** A portion, and the datasets that it is granted of. */
export interface OfDatasets {
  readonly portion: Portion
  readonly datasets: Filter
}

/** The portions that `who` may `verb`, where they may not the whole. */
export function portionsFor(who: Principal, verb: Verb): readonly OfDatasets[] {
  return rightsOf(who, verb).portions
}

/** What of a noun lies in a portion that was granted. */
export function portionIn(who: Principal, { portion, datasets }: OfDatasets, verb: Verb, noun: Exclude<Noun, 'dataset'>): Filter {
  return and(inDataset(within(who, datasets)), portionOf(portion, verb, noun, momentOf(who)))
}

/** Whether `who` may manage people, keys and settings of the tenant: an administrator, and not with a token for less. */
export function administers(who: Principal): boolean {
  return who.admin && who.only?.includes('manage') !== false
}

/** The tenant that the platform itself belongs to. */
const FIRST_TENANT = 1

/** Whether something that is done for the whole tenant is theirs to do. Whoever administers the first tenant operates the platform. */
export function serves(who: Principal, duty: Duty): boolean {
  if (who.only?.includes('manage') === false) return false
  if (duty === 'platform') return who.tenant === FIRST_TENANT && (who.admin || who.roles?.includes('operator') === true)
  return who.admin || (who.roles ?? []).some((role) => (ROLES[role].duties as readonly Duty[]).includes(duty))
}

export function momentOf(who: Principal): Instant {
  return who.at ?? now()
}

interface Rights {
  /** Datasets that are theirs as a whole. */
  readonly whole: Filter
  readonly portions: readonly OfDatasets[]
}

const rights = new WeakMap<Principal, Map<Verb, Rights>>()

function rightsOf(who: Principal, verb: Verb): Rights {
  return remembered(rights, who, verb, () => decide(who, verb))
}

function decide(who: Principal, verb: Verb): Rights {
  const open = verb === 'read' ? OPEN : verb === 'read-metadata' ? or(OPEN, LISTED) : nothing
  if (who.only !== undefined && !covers(who.only, verb)) return { whole: open, portions: [] }
  if (who.admin) return { whole: everything, portions: [] }
  const granted = who.grants.filter(({ verbs }) => covers(verbs, verb))
  const whole = granted.filter(({ portion }) => portion === undefined)
  return { whole: or(open, bounded(whole, verb)), portions: portionsOf(granted, verb) }
}

/** The same portion of several datasets is looked at once. */
function portionsOf(granted: readonly Grant[], verb: Verb): readonly OfDatasets[] {
  const groups = Map.groupBy(granted, ({ portion }) => JSON.stringify(portion))
  return [...groups.values()].flatMap((group) => {
    const portion = group[0]?.portion
    return portion === undefined ? [] : [{ portion, datasets: bounded(group, verb) }]
  })
}

function within({ tenant }: Principal, datasets: Filter): Filter {
  return datasets.is === 'nothing' ? nothing : and(equals(['tenant'], tenant), datasets)
}

function inDataset(where: Filter): Filter {
  return where.is === 'nothing' ? nothing : { is: 'some', through: 'dataset', where }
}

/** A principal never changes, so neither does what follows from it. */
function remembered<Key, Value>(known: WeakMap<Principal, Map<Key, Value>>, who: Principal, key: Key, find: () => Value): Value {
  const mine = known.get(who) ?? new Map<Key, Value>()
  const before = mine.get(key)
  if (before !== undefined) return before
  const found = find()
  known.set(who, mine.set(key, found))
  return found
}
