/** allow: the rights of a write. Hidden is `not-found`; visible but not writable is `forbidden`. */
import type { Dataset } from '../model/dataset.ts'
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import { matches } from '../query/matches.ts'
import { narrow } from '../rights/policy.ts'
import type { Principal, Verb } from '../rights/principal.ts'

/** Whether `who` may `verb` what belongs to this dataset. */
export function allows(who: Principal, verb: Verb, dataset: Dataset): boolean {
  return matches(narrow(who, verb, 'dataset'), dataset)
}

/** Throws unless `who` may; the item that is named in the message belongs to the dataset. */
export function allow(who: Principal, verb: Verb, dataset: Dataset | undefined, noun: Noun, id: number): Dataset {
  if (dataset === undefined || (!allows(who, verb, dataset) && !allows(who, 'read', dataset))) throw missing(noun, id)
  if (allows(who, verb, dataset)) return dataset
  mustSignIn(who, verb)
  const { slug } = dataset
  throw new Problem('forbidden', {
    en: `You may not ${verb} in “${slug}”.`,
    de: `Ihnen fehlt in „${slug}“ das Recht „${verb}“.`,
  })
}

/** Whoever comes without credentials and may `verb` nothing at all is told so first, whether or not there is what they name. */
export function mustSignIn(who: Principal, verb: Verb): void {
  if (who.id !== 'anonymous' || narrow(who, verb, 'dataset').is !== 'nothing') return
  throw new Problem('unauthenticated', {
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
