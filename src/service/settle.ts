/**
 * settle: a question about the observations of one series is asked of that series' dataset once, not of every row: the answer is the same
 * for all. Without it PostgreSQL joins the whole series to its dataset before it takes the newest hundred.
 */
import { and, everything, nothing, type Filter } from '../query/filter.ts'
import { matches } from '../query/matches.ts'
import type { Noun } from '../model/noun.ts'
import type { Query } from '../query/query.ts'
import type { Dataset } from '../model/dataset.ts'
import type { SeriesHead } from '../store/heads.ts'
import type { Directory } from './directory.ts'

export async function settle<N extends Noun>(directory: Pick<Directory, 'series' | 'dataset'>, query: Query<N>): Promise<Query<N>> {
  const series = query.noun === 'observation' ? seriesIn(query.where) : undefined
  if (series === undefined) return query
  const head = (await directory.series([series])).get(series)
  const dataset = head && (await directory.dataset(head.dataset))
  const known = head !== undefined && dataset !== undefined
  return { ...query, where: known ? decided(query.where, head, dataset) : nothing }
}

/** The one series that all must belong to. */
function seriesIn(where: Filter): number | undefined {
  if (where.is === 'and') {
    for (const part of where.of) {
      const found = seriesIn(part)
      if (found !== undefined) return found
    }
  }
  if (where.is !== 'compare' || where.by !== '=' || !('path' in where.left) || !('value' in where.right)) return undefined
  const { value } = where.right
  return where.left.path[0] === 'series' && Number.isSafeInteger(value) ? (value as number) : undefined
}

function decided(part: Filter, head: SeriesHead, dataset: Dataset): Filter {
  if (part.is === 'and') return and(...part.of.map((one) => decided(one, head, dataset)))
  if (part.is !== 'some') return part
  if (part.through === 'dataset') return matches(part.where, dataset) ? everything : nothing
  return part.through === 'series' && isOfHead(part.where) ? (matches(part.where, head) ? everything : nothing) : part
}

/** Whether the head of a series is enough to decide it. */
function isOfHead(where: Filter): boolean {
  if (where.is === 'and') return where.of.every(isOfHead)
  if (where.is === 'exists') return where.path[0] === 'parts'
  return where.is === 'compare' && 'path' in where.left && ['kind', 'parts'].includes(where.left.path[0]) && 'value' in where.right
}
