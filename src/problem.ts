/** problem: the one error. A closed list of kinds, a detail that a person can act on, and the place where the fault lies. */

export const KINDS = {
  'invalid-body': 400,
  'invalid-query': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'unsupported-type': 415,
  busy: 429,
  'not-implemented': 501,
  unavailable: 503,
} as const

export type Kind = keyof typeof KINDS

/** What is said to a person, in both languages; a plain string is English and meant for developers. */
export type Said = string | { readonly de: string; readonly en: string }

/** Where the fault lies: a parameter and a column of its text, a JSON pointer into a body, or a file and its line. */
export interface Place {
  readonly parameter?: string
  readonly column?: number
  readonly pointer?: string
  readonly file?: string
  readonly line?: number
  readonly field?: string
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: Kind
  readonly said: Said
  readonly at: Place

  constructor(kind: Kind, said: Said, at: Place = {}, options?: ErrorOptions) {
    super(typeof said === 'string' ? said : said.en, options)
    this.kind = kind
    this.said = said
    this.at = at
  }

  get status(): number {
    return KINDS[this.kind]
  }

  /** The detail in the reader's language; `de` or `en`. */
  in(language: 'de' | 'en'): string {
    return typeof this.said === 'string' ? this.said : this.said[language]
  }
}
