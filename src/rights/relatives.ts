/** relatives: a question about related items counts only those that may be read, so that nothing hidden can be guessed from the answer. */
import type { Noun } from '../model/noun.ts'
import { and, everything, type Filter, type Operand, type Through } from '../query/filter.ts'
import { relationOf } from '../query/relations.ts'
import { narrow, seeing } from './policy.ts'
import type { Principal } from './principal.ts'
import { openThrough, seesInPart, veiled } from './veil.ts'

/** These never leave the dataset, so whoever may read the one may read the other, as long as they may read all of it. */
const SAME_DATASET: Readonly<Record<Noun, readonly string[]>> = {
  dataset: [],
  entity: ['dataset'],
  series: ['dataset', 'observations'],
  observation: ['dataset', 'series'],
}

/** Whether what hangs on an item under this name may be seen by whoever sees the item, always. */
export function staysInside(who: Principal, noun: Noun, through: Through): boolean {
  return typeof through === 'string' && SAME_DATASET[noun].includes(through) && (through === 'dataset' || !seesInPart(who))
}

/** The same filter, with every `some` bounded to what `who` may read. */
export function boundRelatives(who: Principal, noun: Noun, filter: Filter): Filter {
  const bound = boundEach(who, noun, filter)
  const relation = bound.is === 'some' && typeof bound.through === 'string'
  return !relation && seesInPart(who) ? veiled(who, noun, bound) : bound
}

function boundEach(who: Principal, noun: Noun, filter: Filter): Filter {
  if (filter.is === 'and' || filter.is === 'or') return { ...filter, of: filter.of.map((part) => boundRelatives(who, noun, part)) }
  if (filter.is === 'not') return { ...filter, of: boundRelatives(who, noun, filter.of) }
  if (filter.is === 'compare')
    return { ...filter, left: boundOperand(who, noun, filter.left), right: boundOperand(who, noun, filter.right) }
  if (filter.is === 'text') return { ...filter, left: boundOperand(who, noun, filter.left), part: boundOperand(who, noun, filter.part) }
  if (filter.is !== 'some') return filter
  const { to } = relationOf(noun, filter.through)
  return { ...filter, where: and(boundRelatives(who, to, filter.where), beyond(who, noun, filter.through)) }
}

/** The same operand, reading only of related items that `who` may read. */
export function boundOperand(who: Principal, noun: Noun, operand: Operand): Operand {
  if ('call' in operand) return { ...operand, args: operand.args.map((arg) => boundOperand(who, noun, arg)) }
  if (!('through' in operand)) return operand
  const { to } = relationOf(noun, operand.through)
  const where = boundRelatives(who, to, operand.where ?? everything)
  const open = seesInPart(who) ? openThrough(who, noun, operand) : everything
  const bounded = and(where, open, beyond(who, noun, operand.through))
  return { ...operand, of: boundOperand(who, to, operand.of), ...(bounded.is !== 'everything' && { where: bounded }) }
}

/** What must hold of what hangs on an item under this name, beyond that the item itself is seen. */
function beyond(who: Principal, noun: Noun, through: Through): Filter {
  const { to } = relationOf(noun, through)
  return staysInside(who, noun, through) ? everything : narrow(who, seeing(to), to)
}
