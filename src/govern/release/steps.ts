/** steps: what each step makes of a dataset's life. Pure: the life that is stored, and what shall be. */
import type { Dataset } from '../../model/dataset.ts'
import type { Case, CaseState, Finding, Person, ReleaseSettings, Step, Wording } from '../../model/release.ts'
import type { Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import type { Life, NewTelling, Turned } from '../../service/turn.ts'
import { next, type Act } from './life.ts'
import { decide, openReviews, outcomeOf, toRemind, type Decision } from './reviews.ts'

export interface Asking {
  readonly author: Person
  readonly reason?: string | undefined
  /** What a released card shall become. */
  readonly card?: ((old: Dataset) => Dataset) | undefined
  readonly explained: Readonly<Record<string, string>>
  readonly now: Instant
}

/** Asked for; it waits for the checks. */
export function submitted({ dataset, open }: Life, { author, reason, card, explained, now }: Asking): Turned {
  if (open !== undefined) throw underWay()
  const state = next(dataset.state, 'submit')
  if (dataset.state === 'released' && card === undefined) throw released()
  return {
    dataset: { ...dataset, state },
    case: {
      id: 0,
      tenant: dataset.tenant,
      dataset: dataset.id,
      state: 'checking',
      author,
      order: 'parallel',
      reviews: [],
      findings: [],
      explained,
      began: now,
      ...(card !== undefined && { card: wordingOf(card(dataset)) }),
      ...(reason !== undefined && { reason }),
    },
    told: [{ at: now, who: author, step: 'submitted', ...(reason !== undefined && { reason }) }],
  }
}

export interface Checked {
  readonly id: number
  readonly findings: readonly Finding[]
  readonly settings: ReleaseSettings
  /** Whether somebody else must look. */
  readonly demanded: boolean
  readonly now: Instant
}

/** The checks are done: back to the author, on to the reviewers, or out into the open. */
export function checked({ dataset, open }: Life, { id, findings, settings, demanded, now }: Checked): Turned {
  if (open?.id !== id || open.state !== 'checking') return { told: [] }
  const found = { ...open, findings }
  if (hindrances(found).length > 0) return ended(dataset, found, 'block', { at: now, who: PLATFORM, step: 'blocked' })
  if (!demanded) return ended(dataset, found, 'grant', { at: now, who: open.author, step: stepOfGrant(open) })
  return {
    case: { ...found, state: 'reviewing', order: settings.order, reviews: openReviews(settings, now) },
    told: [{ at: now, who: PLATFORM, step: 'checked' }],
  }
}

/** What still stands in the way: what must be mended, and what nobody has explained. */
export function hindrances({ findings, explained }: Pick<Case, 'findings' | 'explained'>): readonly Finding[] {
  return findings.filter(({ key, weight }) => weight === 'blocks' || (weight === 'asks' && (explained[key] ?? '').trim() === ''))
}

/** Somebody who was asked has said what they think. */
export function decided({ dataset, open }: Life, id: number, days: number, decision: Decision): Turned {
  if (open?.id !== id || open.state !== 'reviewing') throw over()
  const { aspects, verdict, by: who, at, reason } = decision
  const reviews = decide(open.reviews, open.order, days, decision)
  const told = aspects.map((aspect) => ({ at, who, step: verdict, aspect, ...(reason !== undefined && { reason }) }))
  const outcome = outcomeOf(reviews)
  if (outcome === 'open') return { case: { ...open, reviews }, told }
  if (outcome === 'refused') return { ...ended(dataset, { ...open, reviews }, 'refuse', { at, who, step: 'refused' }), told }
  const granted = ended(dataset, { ...open, reviews }, 'grant', { at, who, step: stepOfGrant(open) })
  return { ...granted, told: [...told, ...granted.told] }
}

/** Taken back by whoever asked, or by somebody else who looks after the dataset. */
export function recalled({ dataset, open }: Life, id: number, who: Person, at: Instant, reason?: string): Turned {
  if (open?.id !== id) throw over()
  return ended(dataset, open, 'recall', { at, who, step: 'recalled', ...(reason !== undefined && { reason }) })
}

const LEAVING = { withdraw: 'withdrawn', archive: 'archived', redraft: 'redrafted' } as const

/** Out of sight, or back to the beginning. Takes nobody's leave; another card that was looked at falls with it. */
export function left({ dataset, open }: Life, act: keyof typeof LEAVING, who: Person, at: Instant, reason?: string): Turned {
  const state = next(dataset.state, act)
  return {
    dataset: { ...dataset, state },
    ...(open && { case: { ...open, state: 'recalled', ended: at } }),
    told: [{ at, who, step: LEAVING[act], ...(reason !== undefined && { reason }) }],
  }
}

/** Reviews that are soon due, or are due: said once each. */
export function reminded({ open }: Life, now: Instant): Turned {
  const aspects = open?.state === 'reviewing' ? toRemind(open.reviews, now) : []
  if (open === undefined || aspects.length === 0) return { told: [] }
  const reviews = open.reviews.map((one) => (aspects.includes(one.aspect) ? { ...one, reminded: now } : one))
  return { case: { ...open, reviews }, told: aspects.map((aspect) => ({ at: now, who: PLATFORM, step: 'reminded', aspect })) }
}

/** What the platform itself does. */
export const PLATFORM: Person = { id: 'release', name: 'Allmende' }

const OUTCOMES: Readonly<Record<'grant' | 'refuse' | 'block' | 'recall', CaseState>> = {
  grant: 'granted',
  refuse: 'refused',
  block: 'blocked',
  recall: 'recalled',
}

function ended(dataset: Dataset, open: Case, act: keyof typeof OUTCOMES & Act, told: NewTelling): Turned {
  const state = next(dataset.state, act)
  const worded = act === 'grant' && open.card !== undefined ? reworded(dataset, open.card) : dataset
  return { dataset: { ...worded, state }, case: { ...open, state: OUTCOMES[act], ended: told.at }, told: [told] }
}

function stepOfGrant({ card }: Case): Step {
  return card === undefined ? 'released' : 'revised'
}

/** The dataset with another card; what the card leaves out is gone. */
export function reworded({ licence: _licence, publisher: _publisher, contact: _contact, ...rest }: Dataset, card: Wording): Dataset {
  return { ...rest, ...card }
}

export function wordingOf({
  slug,
  title,
  description,
  keywords,
  themes,
  licence,
  publisher,
  contact,
  access,
  duplicates,
  properties,
}: Dataset): Wording {
  return {
    slug,
    title,
    description,
    keywords,
    themes,
    access,
    duplicates,
    properties,
    ...(licence !== undefined && { licence }),
    ...(publisher !== undefined && { publisher }),
    ...(contact !== undefined && { contact }),
  }
}

function underWay(): Problem {
  return new Problem('conflict', {
    de: 'Dafür liegt schon ein Antrag vor. Holen Sie ihn zurück, um etwas zu ändern.',
    en: 'A request for this is under way. Recall it to change something.',
  })
}

function released(): Problem {
  return new Problem('conflict', { de: 'Der Datensatz ist schon veröffentlicht.', en: 'The dataset is released already.' })
}

function over(): Problem {
  return new Problem('conflict', { de: 'Darüber ist schon entschieden.', en: 'This has been decided already.' })
}
