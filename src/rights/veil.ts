/**
 * veil: fields that are kept back from whoever may see an item only in part: what a series says of values that they may not see, and
 * attributes that were not granted. Nobody learns of them by filtering either: a veiled field is missing.
 */
import type { Noun } from '../model/noun.ts'
import { and, everything, not, or, type Filter, type Operand, type Path, type Through } from '../query/filter.ts'
import { relationOf } from '../query/relations.ts'
import { narrow, portionIn, portionsFor, type OfDatasets } from './policy.ts'
import { isVeiled } from './portion.ts'
import type { Principal } from './principal.ts'

/** What a series says of its observations. */
const TOLD: ReadonlySet<string> = new Set([
  'count', 'periodStart', 'periodEnd', 'resultStart', 'resultEnd', 'latestTime', 'latestResult', 'observedArea',
]) // prettier-ignore

/** Whether anything is kept back from them within what they see. */
export function seesInPart(who: Principal): boolean {
  return portionsFor(who, 'read').length > 0
}

/** Series all of whose values may be seen. */
export function openSeries(who: Principal): Filter {
  return granted(who, 'series', ({ portion }) => !isVeiled(portion))
}

/** Entities all of whose attributes may be seen. */
export function openEntities(who: Principal): Filter {
  return or(
    granted(who, 'entity', ({ portion }) => portion.attributes === undefined),
    not(isThing),
  )
}

/** Where an attribute may be seen, with everything below it. */
export function openAttribute(who: Principal, name: string): Filter {
  return or(
    granted(who, 'entity', ({ portion: { attributes } }) => attributes?.includes(name) ?? true),
    not(isThing),
  )
}

/** Attributes that are granted where the others are not, each set with the entities that it is seen of. */
export function attributesOf(who: Principal): readonly { readonly names: readonly string[]; readonly of: Filter }[] {
  return portionsFor(who, 'read').flatMap((one) => {
    const { attributes } = one.portion
    return attributes === undefined ? [] : [{ names: attributes, of: portionIn(who, one, 'read', 'entity') }]
  })
}

const isThing: Filter = { is: 'compare', left: { path: ['role'] }, by: '=', right: { value: 'thing' } }

function granted(who: Principal, noun: 'series' | 'entity', which: (one: OfDatasets) => boolean): Filter {
  const portions = portionsFor(who, 'read')
  const others = portions.filter((one) => !which(one))
  if (others.length === 0) return everything
  // without the portions at fault it is as if they had not been granted
  const bare: Principal = { ...who, grants: who.grants.filter(({ portion }) => portion === undefined) }
  return or(narrow(bare, 'read', noun), ...portions.filter(which).map((one) => portionIn(who, one, 'read', noun)))
}

/** Where a field may be seen. */
function openAt(who: Principal, noun: Noun, [field, key]: Path): Filter {
  if (noun === 'series' && TOLD.has(field)) return openSeries(who)
  if (noun !== 'entity' || (field !== 'attributes' && field !== 'about')) return everything
  return field === 'attributes' && key !== undefined ? openAttribute(who, key) : openEntities(who)
}

/** Where an operand may be known. */
export function openFor(who: Principal, noun: Noun, operand: Operand): Filter {
  if ('path' in operand) return openAt(who, noun, operand.path)
  if ('through' in operand) return openWay(who, noun, operand.through)
  return 'call' in operand ? and(...operand.args.map((arg) => openFor(who, noun, arg))) : everything
}

/** A reference of somebody's own stands among the attributes, and may be followed where it may be seen. */
export function openWay(who: Principal, noun: Noun, through: Through): Filter {
  return typeof through === 'string' ? everything : openAt(who, noun, through.at)
}

/** A related item counts for an operand only where what is read of it may be known. */
export function openThrough(who: Principal, noun: Noun, { through, of }: Extract<Operand, { readonly through: unknown }>): Filter {
  return openFor(who, relationOf(noun, through).to, of)
}

/** A condition that holds of veiled fields as if they were missing. */
export function veiled(who: Principal, noun: Noun, filter: Filter): Filter {
  const open = openOf(who, noun, filter)
  if (open.is === 'everything') return filter
  return asksForMissing(filter) ? or(filter, not(open)) : and(filter, open)
}

function openOf(who: Principal, noun: Noun, filter: Filter): Filter {
  if (filter.is === 'compare') return and(openFor(who, noun, filter.left), openFor(who, noun, filter.right))
  if (filter.is === 'text') return and(openFor(who, noun, filter.left), openFor(who, noun, filter.part))
  if (filter.is === 'some') return openWay(who, noun, filter.through)
  return 'path' in filter ? openAt(who, noun, filter.path) : everything
}

function asksForMissing(filter: Filter): boolean {
  return filter.is === 'compare' && filter.by === '=' && [filter.left, filter.right].some((side) => 'value' in side && side.value === null)
}
