/** understand: a question with words that a person typed, with what those words mean in this catalogue. */
import type { Noun } from '../model/noun.ts'
import type { Filter, Operand } from '../query/filter.ts'
import type { Query } from '../query/query.ts'
import type { Sought } from '../query/sought.ts'
import type { Lexicon } from './lexicon.ts'

type Meanings = ReadonlyMap<string, readonly Sought[]>

export async function understand<N extends Noun>(lexicon: Lexicon, query: Query<N>): Promise<Query<N>> {
  if (query.noun !== 'dataset') return query
  const words = new Set([...wordsIn(query.where), ...query.order.flatMap(({ by }) => ('relevance' in by ? [by.relevance] : []))])
  if (words.size === 0) return query
  const meanings: Meanings = new Map(await Promise.all([...words].map(async (text) => [text, await lexicon.understand(text)] as const)))
  return {
    ...query,
    where: meant(query.where, meanings),
    order: query.order.map((one) => ({ ...one, by: meantOperand(one.by, meanings) })),
  }
}

function wordsIn(where: Filter): readonly string[] {
  if (where.is === 'and' || where.is === 'or') return where.of.flatMap(wordsIn)
  if (where.is === 'not') return wordsIn(where.of)
  return where.is === 'search' ? [where.words] : []
}

function meant(where: Filter, meanings: Meanings): Filter {
  if (where.is === 'and' || where.is === 'or') return { ...where, of: where.of.map((part) => meant(part, meanings)) }
  if (where.is === 'not') return { ...where, of: meant(where.of, meanings) }
  return where.is === 'search' ? { ...where, sought: meanings.get(where.words) ?? [] } : where
}

function meantOperand(by: Operand, meanings: Meanings): Operand {
  return 'relevance' in by ? { ...by, sought: meanings.get(by.relevance) ?? [] } : by
}
