/**
 * context: a JSON-LD context compiled once into two maps, from term to IRI and back; no JSON-LD is worked out per row.
 * The core context has the last word on its own terms (5.5.7), and what nobody knows is in its default vocabulary.
 */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { CORE_ADDRESS, CORE_TERMS, DEFAULT_VOCABULARY } from './core-terms.ts'
import { iriOf, nameOf } from './names.ts'

/** Terms of a context that was named or sent, its prefixes resolved. */
export type Terms = ReadonlyMap<string, string>

/** So many names are remembered of each context. */
const REMEMBERED = 10_000

export class Context {
  /** As the caller named it, to be told back: an address, a document, or a list of both. */
  readonly source: Json
  private readonly terms: Terms
  private readonly back = new Map<string, string>()
  private readonly prefixes: readonly (readonly [string, string])[]
  private readonly names = new Map<string, string>()
  private readonly shown = new Map<string, string>()

  constructor(source: Json, terms: Terms) {
    this.source = source
    this.terms = terms
    for (const [term, iri] of terms) {
      const before = this.back.get(iri)
      if (!CORE_TERMS.has(term) && (before === undefined || term.length < before.length)) this.back.set(iri, term)
    }
    for (const [term, iri] of CORE_TERMS) this.back.set(iri, term)
    const all = [...CORE_TERMS, ...terms].filter(([, iri]) => /[/#:?]$/.test(iri))
    this.prefixes = all.toSorted(([, a], [, b]) => b.length - a.length)
  }

  /** The IRI of a term, a compact IRI, or an IRI. */
  expand(term: string): string {
    const own = CORE_TERMS.get(term) ?? this.terms.get(term)
    if (own !== undefined) return own
    const colon = term.indexOf(':')
    if (colon === -1) return `${DEFAULT_VOCABULARY}${term}`
    const prefix = term.slice(0, colon)
    const root = term.startsWith('//', colon + 1) ? undefined : (CORE_TERMS.get(prefix) ?? this.terms.get(prefix))
    return root === undefined ? term : `${root}${term.slice(colon + 1)}`
  }

  /** The shortest way in which this context can say an IRI. */
  compact(iri: string): string {
    const term = this.back.get(iri)
    if (term !== undefined) return term
    if (iri.startsWith(DEFAULT_VOCABULARY)) {
      const rest = iri.slice(DEFAULT_VOCABULARY.length)
      if (rest !== '' && this.expand(rest) === iri) return rest
    }
    for (const [prefix, root] of this.prefixes)
      if (iri.startsWith(root) && iri.length > root.length) return `${prefix}:${iri.slice(root.length)}`
    return iri
  }

  /** Under which name what the caller calls so is kept. */
  nameOf(term: string): string {
    return remembered(this.names, term, () => nameOf(this.expand(term)))
  }

  /** What the caller calls it. */
  termOf(name: string): string {
    return remembered(this.shown, name, () => this.compact(iriOf(name)))
  }
}

function remembered(known: Map<string, string>, key: string, make: () => string): string {
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= REMEMBERED) known.clear()
  const made = make()
  known.set(key, made)
  return made
}

export const CORE = new Context(CORE_ADDRESS, new Map())

/** How many terms one context may have, all that it names included. */
const MOST = 100_000

/**
 * The terms of a context document (the object under "@context"), on top of those it comes after. Throws `invalid-body`
 * for what is no context, and for what NGSI-LD rules out: scoped contexts and contexts inside of terms (4.4).
 */
export function termsOf(document: JsonObject, before: Terms = new Map()): Terms {
  const terms = new Map(before)
  const own = new Map<string, string | null>()
  for (const [term, definition] of Object.entries(document)) if (!term.startsWith('@')) own.set(term, idOf(term, definition))
  for (const term of own.keys()) {
    const iri = resolved(term, own, before, [])
    if (iri === undefined) terms.delete(term)
    else terms.set(term, iri)
  }
  if (terms.size > MOST) throw invalid(`more than ${MOST} terms`, `mehr als ${MOST} Begriffe`)
  return terms
}

function idOf(term: string, definition: Json): string | null {
  if (definition === null || typeof definition === 'string') return definition
  if (!isObject(definition)) throw invalid(`“${term}” is not defined by a text or an object`, `„${term}“ ist weder Text noch Objekt`)
  if ('@context' in definition)
    throw invalid(
      `“${term}” has a context of its own, which NGSI-LD rules out`,
      `„${term}“ hat einen eigenen Kontext, was NGSI-LD ausschließt`,
    )
  const id = definition['@id']
  if (id === undefined) return '@reverse' in definition ? null : term
  if (id !== null && typeof id !== 'string') throw invalid(`the @id of “${term}” is no text`, `die @id von „${term}“ ist kein Text`)
  return id
}

/** Undefined for what stands for nothing: null, or a keyword. */
function resolved(term: string, own: ReadonlyMap<string, string | null>, before: Terms, seen: readonly string[]): string | undefined {
  if (seen.includes(term)) throw invalid(`“${term}” is defined by itself`, `„${term}“ ist durch sich selbst bestimmt`)
  const id = own.get(term)
  if (id === undefined) return CORE_TERMS.get(term) ?? before.get(term)
  if (id === null || id.startsWith('@')) return undefined
  const colon = id.indexOf(':')
  if (colon === -1)
    return id === term ? `${DEFAULT_VOCABULARY}${term}` : (resolved(id, own, before, [...seen, term]) ?? `${DEFAULT_VOCABULARY}${id}`)
  if (id.startsWith('//', colon + 1)) return id
  const prefix = id.slice(0, colon)
  const root = prefix === term ? undefined : resolved(prefix, own, before, [...seen, term])
  return root === undefined ? id : `${root}${id.slice(colon + 1)}`
}

export function invalid(en: string, de: string): Problem {
  return new Problem(
    'invalid-body',
    { en: `The @context is not valid: ${en}.`, de: `Der @context ist nicht gültig: ${de}.` },
    { pointer: '/@context' },
  )
}
