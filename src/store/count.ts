/** count: how many match. Observations that are only narrowed by series or dataset are counted from the series' own counts: at no cost at any size. */
import type { Noun } from '../model/noun.ts'
import { equals, type Filter, type Path } from '../query/filter.ts'
import { tableOf } from './columns.ts'
import { compile } from './compile.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export async function count(store: Store, noun: Noun, where: Filter): Promise<number> {
  const bySeries = noun === 'observation' ? aboutSeries(where) : undefined
  const statement =
    bySeries === undefined
      ? sql`select count(*) as total from ${tableOf(noun, 't')} where ${compile(where, { noun, t: 't' })}`
      : sql`select coalesce(sum(t_state.count), 0)::bigint as total from ${tableOf('series', 't')} where ${compile(bySeries, { noun: 'series', t: 't' })}`
  const [row] = await store.query<{ total: number }>(statement)
  return row?.total ?? 0
}

/** The same question asked of the series, when it is about nothing else. */
export function aboutSeries(where: Filter): Filter | undefined {
  switch (where.is) {
    case 'everything':
    case 'nothing':
      return where
    case 'and':
    case 'or':
      return all(where.is, where.of)
    case 'not':
      return negated(aboutSeries(where.of))
    case 'some':
      return through(where)
    case 'in':
      return renamed(where.path, (path) => ({ ...where, path }))
    case 'compare':
      return compared(where)
    default:
      return undefined
  }
}

function all(is: 'and' | 'or', of: readonly Filter[]): Filter | undefined {
  const parts = of.map(aboutSeries)
  return parts.every((part) => part !== undefined) ? { is, of: parts } : undefined
}

function negated(of: Filter | undefined): Filter | undefined {
  return of && { is: 'not', of }
}

function through(where: Filter & { is: 'some' }): Filter | undefined {
  if (where.through === 'dataset') return where
  return where.through === 'series' ? where.where : undefined
}

function compared({ left, by, right }: Filter & { is: 'compare' }): Filter | undefined {
  if (by !== '=' || !('path' in left) || !('value' in right)) return undefined
  return renamed(left.path, (path) => equals(path, right.value))
}

function renamed(path: Path, make: (path: Path) => Filter): Filter | undefined {
  if (path.length !== 1) return undefined
  if (path[0] === 'series') return make(['id'])
  return path[0] === 'dataset' ? make(['dataset']) : undefined
}
