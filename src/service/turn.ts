/** turn: the life of a dataset moved on under a lock. The only way to another state, and for what is released to become wider known. */
import { createHash } from 'node:crypto'
import { isWider, type Dataset } from '../model/dataset.ts'
import type { Case, Telling } from '../model/release.ts'
import { Problem } from '../problem.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import { note } from '../store/insert.ts'
import { keepCase, openCaseOf, tell } from '../store/release.ts'
import { lock, update } from '../store/update.ts'
import { allow, mustSignIn } from './allow.ts'
import type { Desk } from './desk.ts'
import { get } from './find.ts'

/** What is stored of a dataset's life when a step is taken. */
export interface Life {
  readonly dataset: Dataset
  /** The request for release that is not decided yet. */
  readonly open?: Case
}

export type NewTelling = Omit<Telling, 'from' | 'to' | 'card' | 'case'>

/** What shall be; absent: as it was. A case of id 0 is a new one. */
export interface Turned {
  readonly dataset?: Dataset
  readonly case?: Case
  readonly told: readonly NewTelling[]
}

export async function turn(desk: Desk, who: Principal, verb: Verb, id: number, step: (life: Life) => Turned): Promise<Life> {
  mustSignIn(who, verb)
  const life = await desk.store.transaction(async (store) => {
    await lock(store, 'dataset', id)
    const before = await get(store, who, 'dataset', id)
    allow(who, verb, before, 'dataset', id)
    const open = await openCaseOf(store, id)
    const turned = step({ dataset: before, ...(open && { open }) })
    const dataset = turned.dataset ?? before
    if (turned.dataset !== undefined) {
      await update(store, 'dataset', before, dataset)
      await note(store, [{ noun: 'dataset', verb: 'changed', dataset: id, items: [id] }])
    }
    const kept = turned.case && { ...turned.case, id: await keepCase(store, turned.case) }
    await tell(store, turned.told.map(line(before, dataset, kept ?? open))) // prettier-ignore
    return { dataset, ...((kept ?? open) && { open: kept ?? open }) } as Life
  })
  desk.directory.forget('dataset')
  return life
}

/** Every line of the history says which card it was about. */
const line = (before: Dataset, after: Dataset, about: Case | undefined) => (one: NewTelling) => ({
  ...one,
  tenant: before.tenant,
  dataset: before.id,
  from: before.state,
  to: after.state,
  card: createHash('sha256')
    .update(JSON.stringify({ ...after, modified: undefined }))
    .digest('hex'),
  ...(about && { case: about.id }),
})

/** What a mere change of the card must not do. Throws `conflict`. */
export function guardCard(before: Dataset, after: Dataset): void {
  if (before.state !== after.state) throw byRelease()
  if (before.state === 'review')
    throw new Problem('conflict', {
      de: 'Der Datensatz ist in Prüfung. Holen Sie ihn zurück, um ihn zu ändern.',
      en: 'The dataset is in review. Recall it to change it.',
    })
  if (before.state === 'released' && isWider(after.access, before.access)) throw byRelease()
}

function byRelease(): Problem {
  return new Problem('conflict', {
    de: 'Das geht nur durch eine Freigabe.',
    en: 'This takes a release.',
  })
}
