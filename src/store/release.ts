/** release: requests for release and the history of each dataset, as they are kept. */
import { USUAL_RELEASE, type Case, type ReleaseSettings, type Telling } from '../model/release.ts'
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

const COLUMNS = sql`id, tenant, dataset, state, author, reason, card, sequence as "order", reviews, findings, explained, began, ended`

type Row = { readonly [Key in keyof Case]-?: Case[Key] | null }

export async function openCaseOf(store: Store, dataset: number): Promise<Case | undefined> {
  const [row] = await store.query<Row>(sql`select ${COLUMNS} from release_case where dataset = ${dataset} and ended is null`)
  return row && caseOf(row)
}

export async function caseById(store: Store, tenant: number, id: number): Promise<Case | undefined> {
  const [row] = await store.query<Row>(sql`select ${COLUMNS} from release_case where tenant = ${tenant} and id = ${id}`)
  return row && caseOf(row)
}

export interface CasesWish {
  readonly tenant: number
  readonly open?: boolean | undefined
  readonly dataset?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** Newest first. */
export async function casesOf(store: Store, { tenant, open, dataset, before, limit }: CasesWish): Promise<readonly Case[]> {
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from release_case where tenant = ${tenant} and (${open ?? null}::bool is null or (ended is null) = ${open ?? null}::bool)
      and (${dataset ?? null}::int is null or dataset = ${dataset ?? null}::int) and (${before ?? null}::int is null or id < ${before ?? null}::int)
    order by id desc limit ${limit}`)
  return rows.map(caseOf)
}

/** Of all tenants: what waits for a check, or for a review. */
export async function casesIn(store: Store, state: 'checking' | 'reviewing'): Promise<readonly Case[]> {
  return (await store.query<Row>(sql`select ${COLUMNS} from release_case where state = ${state} order by id`)).map(caseOf)
}

/** A case of id 0 is a new one. Answers the id. */
export async function keepCase(store: Store, one: Case): Promise<number> {
  const { id, tenant, dataset, state, author, order, began } = one
  const [reason, ended, card] = [one.reason ?? null, one.ended ?? null, one.card === undefined ? null : jsonText(one.card)]
  const [reviews, findings, explained] = [jsonText(one.reviews), jsonText(one.findings), jsonText(one.explained)]
  const [row] = await store.query<{ id: number }>(
    id === 0
      ? sql`insert into release_case (tenant, dataset, state, author, reason, card, sequence, reviews, findings, explained, began, ended)
            values (${tenant}, ${dataset}, ${state}, ${jsonText(author)}, ${reason}, ${card}, ${order}, ${reviews}, ${findings}, ${explained},
              ${began}, ${ended}) returning id`
      : sql`update release_case set state = ${state}, card = ${card}, sequence = ${order}, reviews = ${reviews}, findings = ${findings}, explained = ${explained},
              ended = ${ended} where id = ${id} returning id`,
  )
  if (row === undefined) throw new Error('no id')
  return row.id
}

export type NewTelling = Telling & { readonly tenant: number; readonly dataset: number }

export async function tell(store: Store, all: readonly NewTelling[]): Promise<void> {
  for (const one of all)
    await store.query(sql`
      insert into release_event (tenant, dataset, "case", at, who, step, aspect, reason, was, became, card)
      values (${one.tenant}, ${one.dataset}, ${one.case ?? null}, ${one.at}, ${jsonText(one.who)}, ${one.step}, ${one.aspect ?? null},
        ${one.reason ?? null}, ${one.from}, ${one.to}, ${one.card})`)
}

/** Newest first. */
export async function tellingsOf(store: Store, dataset: number, limit: number): Promise<readonly Telling[]> {
  const rows = await store.query<Record<string, unknown>>(sql`
    select at, who, step, "case", aspect, reason, was as "from", became as "to", card from release_event
    where dataset = ${dataset} order by id desc limit ${limit}`)
  return rows.map((row) => present(row) as unknown as Telling)
}

export async function releaseSettingsOf(store: Store, tenant: number): Promise<ReleaseSettings> {
  const [row] = await store.query<{ kept: Partial<ReleaseSettings> | null }>(
    sql`select settings -> 'release' as kept from tenant where id = ${tenant}`,
  )
  return { ...USUAL_RELEASE, ...row?.kept }
}

/** What is not said stays. */
export async function changeReleaseSettings(store: Store, tenant: number, change: Partial<ReleaseSettings>): Promise<void> {
  await store.query(sql`
    update tenant set settings = jsonb_set(settings, '{release}', coalesce(settings -> 'release', '{}') || ${jsonText(change)}::jsonb)
    where id = ${tenant}`)
}

function caseOf(row: Row): Case {
  return present(row) as unknown as Case
}

function present(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}
