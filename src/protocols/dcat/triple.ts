/** triple: the pieces of a graph. Every node has an address of its own, so that graphs compare as sets and nothing is renamed on the way. */
import type { Text } from '../../model/text.ts'
import { PREFIXES, type Name } from './names.ts'

export type Term =
  { readonly iri: string } | { readonly text: string; readonly language?: string } | { readonly text: string; readonly datatype: string }

export interface Triple {
  readonly subject: string
  /** IRI. */
  readonly predicate: string
  readonly object: Term
}

/** "dct:title" as an IRI. */
export function iriOf(name: Name): string {
  const colon = name.indexOf(':')
  return `${PREFIXES[name.slice(0, colon) as keyof typeof PREFIXES]}${name.slice(colon + 1)}`
}

/** What no IRI may hold (RFC 3987) is percent-encoded, as a browser would. */
export function iri(text: string): Term {
  return { iri: text.toWellFormed().trim().replace(NOT_IN_IRI, encodeURIComponent) }
}

const NOT_IN_IRI = /[^\u{21}-\u{7E}\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}\u{10000}-\u{1FFFD}\u{20000}-\u{EFFFD}]|[<>"{}|\\^`]/gu

/** Characters that XML has no place for are left out, so that every format says the same. */
const clean = (text: string): string => text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')

export const plain = (text: string): Term => ({ text: clean(text) })
export const typed = (text: string, datatype: Name): Term => ({ text: clean(text), datatype: iriOf(datatype) })
export const named = (name: Name): Term => ({ iri: iriOf(name) })

export function spoken(text: Text | undefined): readonly Term[] {
  return Object.entries(text ?? {}).flatMap(([language, words = '']) =>
    words === ''
      ? []
      : [/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(language) ? { text: clean(words), language: language.toLowerCase() } : plain(words)],
  )
}

/** The triples of one node: predicate by name, to one term or several; undefined says nothing. */
export function node(subject: string, properties: Readonly<Partial<Record<Name, Term | readonly Term[] | undefined>>>): readonly Triple[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const objects = value === undefined ? [] : Array.isArray(value) ? (value as readonly Term[]) : [value as Term]
    return objects.map((object) => ({ subject, predicate: iriOf(name as Name), object }))
  })
}

/** By subject, in the order in which they first appear. */
export function bySubject(triples: readonly Triple[]): ReadonlyMap<string, readonly Triple[]> {
  return Map.groupBy(triples, ({ subject }) => subject)
}

/** An IRI as prefix and local name, where one of ours fits; XML and Turtle can both say it. */
export function shortened(text: string): Name | undefined {
  for (const [prefix, namespace] of Object.entries(PREFIXES))
    if (text.startsWith(namespace) && /^[A-Za-z][\w-]*$/.test(text.slice(namespace.length)))
      return `${prefix}:${text.slice(namespace.length)}` as Name
  return undefined
}
