/** Release: the life of a dataset between draft and archive: who asked for it to be seen, who looked at it, what they said. */
import type { Dataset, State } from './dataset.ts'
import type { Said } from '../problem.ts'
import type { Instant } from './time.ts'

/** What is looked at, each perhaps by somebody else: subject matter, data protection, quality, law. In this order where they stand in line. */
export const ASPECTS = ['subject', 'privacy', 'quality', 'legal'] as const
export type Aspect = (typeof ASPECTS)[number]

/** A person is the same one with whatever key they come. */
export interface Person {
  /** "user:7", whether signed in or by a token of theirs; "token:3" for a token of nobody. */
  readonly id: string
  readonly name: string
}

export type Verdict = 'approved' | 'refused'

export interface Review {
  readonly aspect: Aspect
  /** Absent until its turn has come. */
  readonly due?: Instant
  readonly reminded?: Instant
  readonly verdict?: Verdict
  readonly by?: Person
  readonly at?: Instant
  readonly reason?: string
}

/** What a check has found before a human looks. */
export interface Finding {
  /** Names it among those of one case: "personal.mail:Kontakt". */
  readonly key: string
  readonly check: string
  /** blocks: nothing goes on until it is gone. asks: or until somebody says why it is all right. warns: worth a look. */
  readonly weight: 'blocks' | 'asks' | 'warns'
  readonly said: Said
  /** The column, attribute or field of the card. */
  readonly where?: string
  readonly count?: number
  /** Of how many. */
  readonly among?: number
  /** With what could name somebody masked. */
  readonly example?: string
}

/** checking: nobody needs to do anything yet. blocked: back to whoever asked, who has something to mend or to explain. */
export type CaseState = 'checking' | 'reviewing' | 'granted' | 'refused' | 'blocked' | 'recalled'

/** One request for release: of a dataset, or of another card for one that is released. */
export interface Case {
  readonly id: number
  readonly tenant: number
  readonly dataset: number
  readonly state: CaseState
  readonly author: Person
  readonly reason?: string
  /** What the card shall be; absent: it stays as it is, and the dataset is to be released. */
  readonly card?: Wording
  readonly order: 'parallel' | 'line'
  /** None where nobody else needs to look. */
  readonly reviews: readonly Review[]
  readonly findings: readonly Finding[]
  /** By key of finding: why it is all right. */
  readonly explained: Readonly<Record<string, string>>
  readonly began: Instant
  readonly ended?: Instant
}

/** What of a card can be said by hand. */
export type Wording = Pick<
  Dataset,
  'slug' | 'title' | 'description' | 'keywords' | 'themes' | 'licence' | 'publisher' | 'contact' | 'access' | 'duplicates' | 'properties'
>

export type Step =
  | 'submitted'
  | 'checked'
  | 'blocked'
  | 'approved'
  | 'refused'
  | 'recalled'
  | 'released'
  | 'revised'
  | 'withdrawn'
  | 'archived'
  | 'redrafted'
  | 'reminded'

/** One line of a dataset's history, never changed. */
export interface Telling {
  readonly at: Instant
  readonly who: Person
  readonly step: Step
  readonly case?: number
  readonly aspect?: Aspect
  readonly reason?: string
  readonly from: State
  readonly to: State
  /** SHA-256 of the card as it was then. */
  readonly card: string
}

/** How a tenant wants it. */
export interface ReleaseSettings {
  /** Whether somebody else than the author must look; auto: as soon as there is a second account that could. */
  readonly fourEyes: 'auto' | 'always' | 'never'
  readonly order: 'parallel' | 'line'
  readonly aspects: readonly Aspect[]
  /** Until a review is due. */
  readonly days: number
  /** Accounts that an aspect is kept for; none: whoever may release. */
  readonly reviewers: Readonly<Partial<Record<Aspect, readonly number[]>>>
}

export const USUAL_RELEASE: ReleaseSettings = { fourEyes: 'auto', order: 'parallel', aspects: ASPECTS, days: 14, reviewers: {} }
