/** wire-release: what /api/v1 answers about requests for release. */
import type { Card, Said } from './wire.ts'

export type Aspect = 'subject' | 'privacy' | 'quality' | 'legal'

export interface Finding {
  readonly key: string
  readonly weight: 'blocks' | 'asks' | 'warns'
  readonly said: Said
  /** The column or the field of the card. */
  readonly where?: string
}

export interface Who {
  readonly id: string
  readonly name: string
}

export interface Review {
  readonly aspect: Aspect
  readonly due?: string
  readonly verdict?: 'approved' | 'refused'
  readonly by?: Who
  readonly at?: string
  readonly reason?: string
}

/** A request for release, and what was said about it. */
export interface ReleaseCase {
  readonly id: number
  readonly state: 'checking' | 'reviewing' | 'granted' | 'refused' | 'blocked' | 'recalled'
  readonly author: Who
  readonly reason?: string
  /** What the card of a released dataset shall become. */
  readonly card?: Pick<Card, 'title' | 'description' | 'access'>
  readonly reviews: readonly Review[]
  readonly findings: readonly Finding[]
  readonly began: string
  readonly ended?: string
}

/** For whoever looks at it: about what, and what they may decide now. */
export interface ShownCase extends ReleaseCase {
  readonly about: Card
  readonly mine: readonly Aspect[]
  readonly recallable: boolean
}

export interface Telling {
  readonly at: string
  readonly who: Who
  readonly step: string
  readonly aspect?: Aspect
  readonly reason?: string
}

export interface History {
  readonly open?: ShownCase
  readonly last?: ShownCase
  readonly items: readonly Telling[]
}

/** A card after a release was asked for, by a click or by a change. */
export type Asked = Card & { readonly release?: ReleaseCase }
