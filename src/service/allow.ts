/** allow: the rights of a write. Hidden is `not-found`; visible but not writable is `forbidden`. */
import type { Dataset } from '../model/dataset.ts'
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import { and, equals, everything, type Filter } from '../query/filter.ts'
import { matches } from '../query/matches.ts'
import { ask } from '../query/query.ts'
import { narrow, portionsFor, seeing, touches } from '../rights/policy.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import type { Store } from '../store/pool.ts'
import { read } from '../store/read.ts'

/** Whether `who` may `verb` all that belongs to this dataset. */
export function allows(who: Principal, verb: Verb, dataset: Dataset): boolean {
  return matches(narrow(who, verb, 'dataset'), dataset)
}

/** Whether `who` may `verb` anything in it. */
export function allowsSome(who: Principal, verb: Verb, dataset: Dataset): boolean {
  return matches(touches(who, verb), dataset)
}

/** Throws unless `who` may `verb` the whole dataset. */
export function allow(who: Principal, verb: Verb, dataset: Dataset | undefined, noun: Noun, id: number): Dataset {
  if (dataset === undefined || (!allows(who, verb, dataset) && !allows(who, seeing(noun), dataset))) throw missing(noun, id)
  if (allows(who, verb, dataset)) return dataset
  throw refusal(who, verb, dataset)
}

/** Throws unless `who` may `verb` this item, which belongs to the dataset: because they may the whole of it, or a portion that the item lies in. */
export async function permit(
  store: Store,
  who: Principal,
  verb: Verb,
  dataset: Dataset | undefined,
  noun: Noun,
  id: number,
): Promise<void> {
  if (noun === 'dataset' || dataset === undefined || allows(who, verb, dataset)) return void allow(who, verb, dataset, noun, id)
  if (await lies(store, who, verb, noun, id)) return
  if (!(await canSee(store, who, dataset, noun, id))) throw missing(noun, id)
  throw refusal(who, verb, dataset)
}

/** Throws unless what was just written lies in what `who` may write: the transaction is undone then. */
export async function permitWritten(store: Store, who: Principal, verb: Verb, noun: Noun, ids: readonly number[]): Promise<void> {
  if (ids.length === 0 || portionsFor(who, verb).length === 0) return
  const good = await among(store, noun, ids, narrow(who, verb, noun))
  if (ids.some((id) => !good.has(id))) throw outside()
}

/** Whether an item of this dataset may be seen. */
export async function canSee(store: Store, who: Principal, dataset: Dataset, noun: Noun, id: number): Promise<boolean> {
  return allows(who, seeing(noun), dataset) || (noun !== 'dataset' && lies(store, who, 'read', noun, id))
}

/** Whether it lies in a portion that was granted. */
async function lies(store: Store, who: Principal, verb: Verb, noun: Noun, id: number): Promise<boolean> {
  return portionsFor(who, verb).length > 0 && (await among(store, noun, [id], narrow(who, verb, noun))).has(id)
}

async function among(store: Store, noun: Noun, ids: readonly number[], where: Filter): Promise<ReadonlySet<number>> {
  const wanted: Filter = ids.length === 1 ? equals(['id'], ids[0] ?? 0) : { is: 'in', path: ['id'], values: ids }
  const { items } = await read(store, ask(noun, and(wanted, where), ids.length), () => everything)
  return new Set(items.map(({ id }) => id))
}

function refusal(who: Principal, verb: Verb, { slug }: Dataset): Problem {
  if (mustSignInFirst(who, verb)) return unauthenticated()
  return new Problem('forbidden', {
    en: `You may not ${WORDS_EN[verb]} in “${slug}”.`,
    de: `Ihnen fehlt in „${slug}“ das Recht „${WORDS_DE[verb]}“.`,
  })
}

function outside(): Problem {
  return new Problem('forbidden', {
    en: 'You may only write the part of these data that was granted to you.',
    de: 'Sie dürfen nur den Teil dieser Daten schreiben, der Ihnen freigegeben ist.',
  })
}

/** Whoever comes without credentials and may `verb` nothing at all is told so first, whether or not there is what they name. */
export function mustSignIn(who: Principal, verb: Verb): void {
  if (mustSignInFirst(who, verb)) throw unauthenticated()
}

function mustSignInFirst(who: Principal, verb: Verb): boolean {
  return who.id === 'anonymous' && touches(who, verb).is === 'nothing'
}

function unauthenticated(): Problem {
  return new Problem('unauthenticated', {
    en: 'Sign in, or send a token, to change something.',
    de: 'Zum Ändern melden Sie sich bitte an oder senden ein Token.',
  })
}

export const missing = (noun: Noun, id: number | string): Problem =>
  new Problem('not-found', {
    en: `There is no ${noun} ${typeof id === 'string' ? `“${id}”` : id}.`,
    de: `${WORDS[noun]} ${typeof id === 'string' ? `„${id}“` : id} gibt es nicht.`,
  })

const WORDS: Readonly<Record<Noun, string>> = {
  dataset: 'Den Datensatz',
  entity: 'Das Objekt',
  series: 'Die Messreihe',
  observation: 'Den Messwert',
}

const WORDS_EN: Readonly<Record<Verb, string>> = {
  read: 'read',
  'read-metadata': 'see the card',
  append: 'append',
  change: 'change',
  delete: 'delete',
  manage: 'manage',
  release: 'decide on release',
}

const WORDS_DE: Readonly<Record<Verb, string>> = {
  read: 'Lesen',
  'read-metadata': 'Steckbrief sehen',
  append: 'Hinzufügen',
  change: 'Ändern',
  delete: 'Löschen',
  manage: 'Verwalten',
  release: 'Freigeben',
}
