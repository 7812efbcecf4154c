/** life: the states of a dataset and what leads from one to the next, as a table. Pure. */
import type { State } from '../../model/dataset.ts'
import { Problem } from '../../problem.ts'

/** submit asks for it; grant, refuse, block and recall end the question; the others need nobody's leave. */
export type Act = 'submit' | 'grant' | 'refuse' | 'block' | 'recall' | 'withdraw' | 'archive' | 'redraft'

/** What is released stays so while another card for it is looked at. */
export const LIFE: Readonly<Record<State, Readonly<Partial<Record<Act, State>>>>> = {
  draft: { submit: 'review', archive: 'archived' },
  review: { grant: 'released', refuse: 'draft', block: 'draft', recall: 'draft' },
  released: {
    submit: 'released',
    grant: 'released',
    refuse: 'released',
    block: 'released',
    recall: 'released',
    withdraw: 'withdrawn',
    archive: 'archived',
  },
  withdrawn: { submit: 'review', redraft: 'draft', archive: 'archived' },
  archived: { redraft: 'draft' },
}

/** Where an act leads. Throws `conflict` where it leads nowhere. */
export function next(state: State, act: Act): State {
  const to = LIFE[state][act]
  if (to !== undefined) return to
  const [de, en] = [`${STATES[state].de}: ${ACTS[act].de} geht jetzt nicht.`, `${STATES[state].en}: it cannot be ${ACTS[act].en} now.`]
  throw new Problem('conflict', { de, en })
}

const STATES: Readonly<Record<State, { readonly de: string; readonly en: string }>> = {
  draft: { de: 'Der Datensatz ist ein Entwurf', en: 'The dataset is a draft' },
  review: { de: 'Der Datensatz ist in Prüfung', en: 'The dataset is in review' },
  released: { de: 'Der Datensatz ist veröffentlicht', en: 'The dataset is released' },
  withdrawn: { de: 'Der Datensatz ist zurückgezogen', en: 'The dataset is withdrawn' },
  archived: { de: 'Der Datensatz ist archiviert', en: 'The dataset is archived' },
}

const ACTS: Readonly<Record<Act, { readonly de: string; readonly en: string }>> = {
  submit: { de: 'Zur Freigabe einreichen', en: 'submitted' },
  grant: { de: 'Freigeben', en: 'released' },
  refuse: { de: 'Ablehnen', en: 'refused' },
  block: { de: 'Zurückgeben', en: 'given back' },
  recall: { de: 'Zurückholen', en: 'recalled' },
  withdraw: { de: 'Zurückziehen', en: 'withdrawn' },
  archive: { de: 'Archivieren', en: 'archived' },
  redraft: { de: 'Wieder zum Entwurf machen', en: 'made a draft' },
}
