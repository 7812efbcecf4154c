/** nested: drafts that stand in each other: each child names its parent, as if it had been posted below it, and all of them in a row. */
import { isDraft, refused, type Draft, type Target } from './body.ts'
import { backOf, navigationOf, type Navigation, type SetName } from './version.ts'

/** The same draft where every child also names its parent, as if it had been posted below it. */
export function withBacks(draft: Draft, parent?: Draft, by?: Navigation): Draft {
  const own: Record<string, readonly Target[]> = { ...draft.links }
  const whole: Draft = { ...draft, links: own }
  if (parent !== undefined && by !== undefined) nameParent(draft, own, parent, by)
  for (const [name, targets] of Object.entries(own))
    own[name] = targets.map((target) =>
      isDraft(target) && target !== parent ? withBacks(target, whole, navigationOf(draft.type, name)) : target,
    )
  return whole
}

function nameParent(draft: Draft, links: Record<string, readonly Target[]>, parent: Draft, by: Navigation): void {
  const back = backOf({ ...by, type: draft.type }, parent.type)
  if (back?.many && (GATHERING.includes(draft.type.set) || back.through === 'ultimates'))
    links[back.name] = [...(links[back.name] ?? []), parent]
  if (back === undefined || back.many) return
  if (links[back.name] !== undefined)
    throw refused(`${draft.pointer}/${back.name}`, {
      en: `Its ${back.name} is the one it stands in.`,
      de: `${back.name} ist das umgebende Objekt.`,
    })
  links[back.name] = [parent]
}

/** What names several of what it stands in. */
const GATHERING: readonly SetName[] = ['HistoricalLocations', 'MultiDatastreams']

/** A draft and all below it; the parents that children name are not gone into again. */
export function* draftsOf(draft: Draft, parent?: Draft): Iterable<Draft> {
  yield draft
  for (const targets of Object.values(draft.links))
    for (const target of targets) if (isDraft(target) && target !== parent) yield* draftsOf(target, draft)
}
