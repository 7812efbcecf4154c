/** words: the words of the catalogue as PostgreSQL's German dictionary leaves them, and the questions to its index. */
import type { Sought } from '../query/sought.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

/** The stems of each word; none of one that says nothing, as "der". */
export async function stemsOf(store: Store, words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.query<{ word: string; stems: readonly string[] | null }>(
    sql`select word, ts_lexize('german_stem', word) as stems from unnest(${words}::text[]) word`,
  )
  return new Map(rows.map(({ word, stems }) => [word, stems ?? []]))
}

/** The stems in all cards that were changed since then, whoever may see them; and when that was. */
export async function stemsSince(
  store: Store,
  since: Instant | undefined,
): Promise<{ readonly stems: readonly string[]; readonly until: Instant }> {
  const [row] = await store.query<{ stems: readonly string[] | null; until: Instant }>(sql`
    select now() as until, (select array_agg(distinct stem) from dataset, unnest(tsvector_to_array(words)) stem
      where ${since ?? null}::timestamptz is null or modified >= ${since ?? null}::timestamptz - interval '1 minute') as stems`)
  return { stems: row?.stems ?? [], until: row?.until ?? '' }
}

/** From so many words on one of them may be missing. */
const MANY = 3

/** All that is wanted, in itself or by what is alike, and nothing that is barred. */
export function found(words: Sql, sought: readonly Sought[]): Sql {
  const wanted = sought.filter(({ barred }) => !barred).map(broad)
  const barred = sought.filter((one) => one.barred).map(strict)
  if (wanted.length === 0) return sql`false`
  const all = wanted.length < MANY ? wanted.join(' & ') : leavingOneOut(wanted).join(' | ')
  const without = barred.map((one) => ` & !(${one})`).join('')
  return sql`${words} @@ ${`(${all})${without}`}::tsquery`
}

/** What holds one of the words itself weighs more than what is only alike, and a short card more than a long one. */
export function relevance(words: Sql, sought: readonly Sought[]): Sql {
  const wanted = sought.filter(({ barred }) => !barred)
  if (wanted.length === 0) return sql`0::float8`
  const [itself, all] = [wanted.map(strict).join(' | '), wanted.map(broad).join(' | ')]
  return sql`(ts_rank(${WEIGHTS}::float4[], ${words}, ${all}::tsquery, 1) * case when ${words} @@ ${itself}::tsquery then 3 else 1 end)::float8`
}

/** Of D (descriptions), C, B (keywords), A (titles). */
const WEIGHTS = [0.1, 0.2, 0.5, 1]

const strict = ({ stems }: Sought): string => stems.map(quoted).join(' <-> ')

function broad(sought: Sought): string {
  const others = sought.alike.map((together) => `(${together.map(quoted).join(' & ')})`)
  return `(${[strict(sought), ...others].join(' | ')})`
}

const quoted = (stem: string): string => `'${stem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

function leavingOneOut(all: readonly string[]): readonly string[] {
  return all.map((_, without) => `(${all.filter((_one, i) => i !== without).join(' & ')})`)
}
