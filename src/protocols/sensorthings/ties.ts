/**
 * ties: links that may be there or not, of many to many or to one at most, so that a whole set of them can be said anew: features and
 * their types, series and what they are about (23-019, clause 8).
 */
import type { Link } from '../../model/entity.ts'
import type { Series } from '../../model/series.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { isDraft, type Draft } from './body.ts'
import type { References, Writer } from './references.ts'
import type { Navigation } from './version.ts'

const TIES: readonly string[] = ['kinds', 'kindOf', 'ultimates', 'ultimateOf', 'featured']

export function isTie({ through }: Pick<Navigation, 'through'>): boolean {
  return typeof through === 'string' && TIES.includes(through)
}

export interface Tie {
  readonly by: Navigation
  /** The item that has the set. */
  readonly of: number
  readonly ids: readonly number[]
}

/** Series that are there and are about a feature that is new. New series name it themselves. */
export function tiesOf({ type, links }: Draft, of: number, references: References): readonly Tie[] {
  const ways = Object.values(type.navigation).filter((by) => isTie(by) && by.type.noun === 'series')
  return ways.flatMap((by) => {
    const ids = (links[by.name] ?? []).flatMap((target) => (isDraft(target) ? [] : (references.itemOf(by.to, target)?.id ?? [])))
    return ids.length === 0 ? [] : { by, of, ids }
  })
}

/** From now on these and no others. */
export async function tie(writer: Writer, { by, of, ids }: Tie): Promise<void> {
  if (by.through === 'ultimates') return ultimately(writer, of, () => ids)
  if (by.through === 'kinds') return ofKinds(writer, of, ids)
  const before = await tiedTo(writer, by, of)
  for (const id of ids) if (!before.includes(id)) await tieBack(writer, by, id, of, true)
  for (const id of before) if (!ids.includes(id)) await tieBack(writer, by, id, of, false)
}

/** These too. */
export async function tieMore(writer: Writer, { by, of, ids }: Tie): Promise<void> {
  await tie(writer, { by, of, ids: [...new Set([...(await tiedTo(writer, by, of)), ...ids])] })
}

/** So many ties of one item are looked through at most. */
const MOST = 10_000

/** What hangs on the item now. */
export async function tiedTo({ service, who }: Writer, { type, back }: Navigation, of: number): Promise<readonly number[]> {
  const there: Filter = { is: 'some', through: back, where: equals(['id'], of) }
  const { items } = await service.find(who, ask(type.noun, and(type.where, there), MOST))
  return items.map(({ id }) => id)
}

/** Said from the other side, where it is kept. */
async function tieBack(writer: Writer, { through, type }: Navigation, id: number, to: number, on: boolean): Promise<void> {
  const changed = (old: readonly number[]): readonly number[] => [...old.filter((one) => one !== to), ...(on ? [to] : [])]
  if (through === 'ultimateOf') return ultimately(writer, id, changed)
  if (through === 'featured') return about(writer, id, on ? to : undefined)
  const back = Object.values(type.navigation).find((one) => one.through === 'kinds')
  if (back !== undefined) await ofKinds(writer, id, changed(await tiedTo(writer, back, id)))
}

async function ofKinds({ service, who }: Writer, feature: number, kinds: readonly number[]): Promise<void> {
  const links = kinds.map((target): Link => ({ source: feature, name: 'kind', target }))
  await service.amend(who, 'entity', feature, (old) => old, links, ['kind'])
}

async function ultimately({ service, who }: Writer, series: number, change: (old: readonly number[]) => readonly number[]): Promise<void> {
  await service.amend(who, 'series', series, (old) => ({ ...old, ultimates: change(old.ultimates ?? []) }))
}

async function about({ service, who }: Writer, series: number, feature: number | undefined): Promise<void> {
  await service.amend(who, 'series', series, ({ feature: _before, ...old }): Series => ({
    ...old,
    ...(feature !== undefined && { feature }),
  }))
}
