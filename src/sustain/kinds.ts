/** kinds: all kinds of records. Adding one is one line here. */
import { Problem } from '../problem.ts'
import type { Kind } from './kind.ts'
import { indicator } from './kinds/indicator.ts'
import { cost, funding } from './kinds/money.ts'
import { decision, milestone, operation, role } from './kinds/people.ts'
import { useCase } from './kinds/use-case.ts'

export const KINDS: readonly Kind[] = [useCase, indicator, role, operation, cost, funding, decision, milestone]

export function kindNamed(name: unknown): Kind {
  const found = KINDS.find((kind) => kind.name === name)
  if (found !== undefined) return found
  throw new Problem(
    'invalid-body',
    { de: `Die Art „${String(name)}“ gibt es nicht.`, en: `There is no kind “${String(name)}”.` },
    { pointer: '/kind' },
  )
}
