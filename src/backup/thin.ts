/** thin: which backups stay: the last of so many days, weeks and months; and the pieces that none of them needs go. */
import type { Depot, Listed } from './depot.ts'

export interface Keep {
  readonly days: number
  readonly weeks: number
  readonly months: number
}

/** `backups` newest first. What was made within a day of the newest always stays. */
export function keptOf(backups: readonly Listed[], { days, weeks, months }: Keep): ReadonlySet<string> {
  const since = Date.parse(backups[0]?.taken ?? '') - DAY
  const kept = new Set(backups.filter(({ taken }) => Date.parse(taken) > since).map(({ name }) => name))
  for (const [periodOf, most] of [
    [dayOf, days],
    [weekOf, weeks],
    [monthOf, months],
  ] as const) {
    const newest = Map.groupBy(backups, ({ taken }) => periodOf(taken))
    for (const [first] of [...newest.values()].slice(0, most)) if (first !== undefined) kept.add(first.name)
  }
  return kept
}

const dayOf = (taken: string): string => taken.slice(0, 10)
const monthOf = (taken: string): string => taken.slice(0, 7)
/** Weeks begin on Mondays; 1970 began on a Thursday. */
const weekOf = (taken: string): string => String(Math.floor((Date.parse(taken) / DAY + 3) / 7))

const DAY = 86_400_000
/** Left alone for so long: a backup that is still being made needs pieces that no manifest names yet. */
const YOUNG = 2 * DAY

/** Answers what went. */
export async function thin(
  depot: Depot,
  keep: Keep,
  now = Date.now(),
): Promise<{ readonly backups: readonly string[]; readonly pieces: number }> {
  const backups = await depot.backups()
  const kept = keptOf(backups, keep)
  const needed = new Set<string>()
  for (const name of kept) for (const piece of piecesOf(await depot.manifest(name))) needed.add(piece)
  const gone = backups.map(({ name }) => name).filter((name) => !kept.has(name))
  for (const name of gone) await depot.removeBackup(name)
  const idle = (await depot.pieces()).filter(({ name, written }) => !needed.has(name) && written < now - YOUNG)
  for (const { name } of idle) await depot.removePiece(name)
  return { backups: gone, pieces: idle.length }
}

function* piecesOf({ tables, files, secret }: Awaited<ReturnType<Depot['manifest']>>): Iterable<string> {
  for (const { pieces } of [...tables, ...files]) yield* pieces
  if (secret !== undefined) yield secret
}
