/** wire-rights: grants, who may do what, and why not, as the server tells them. */

/** By a role, or right by right. */
export interface Grant {
  readonly id?: number
  /** Its slug; null: every dataset. */
  readonly dataset: string | null
  readonly verbs?: readonly string[]
  readonly role?: string
  readonly portion?: Portion
  readonly purpose?: string
  readonly expires?: string
  /** Through whom it came. */
  readonly team?: string
}

export interface Portion {
  readonly types?: readonly string[]
  readonly scopes?: readonly string[]
  readonly attributes?: readonly string[]
  readonly within?: object
  readonly olderThan?: number
  readonly means?: string
}

/** As it stands in the book: whose it is, and who gave it. */
export interface Booked extends Grant {
  readonly id: number
  readonly account?: number
  readonly teamId?: number
  readonly giver?: string
}

export interface Subject {
  readonly id: string
  readonly name: string
  readonly kind: 'anonymous' | 'person' | 'service' | 'key'
}

export interface Rule {
  readonly ground: string
  readonly extent: 'all' | 'portion' | 'none'
  readonly because?: string
  readonly grant?: Grant
}

export interface Why {
  readonly who: Subject
  readonly verb: string
  readonly answer: Rule['extent']
  /** The one that decides comes first. */
  readonly rules: readonly Rule[]
}

export interface MayDo extends Subject {
  readonly may: readonly Why[]
}

export interface Team {
  readonly id: number
  readonly name: string
  readonly kind: 'group' | 'unit'
  /** The unit that it belongs to. */
  readonly parent?: number | null
  /** Accounts, by their ids. */
  readonly members: readonly number[]
  readonly grants: readonly Grant[]
}
