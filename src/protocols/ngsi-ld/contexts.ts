/**
 * contexts: from what a caller names to a compiled context. The core and the Smart Data Models are inside; whatever else is named is
 * fetched once, through the guard, within limits, and kept as long as HTTP says (5.5.5 to 5.5.7, 5.13).
 */
import { createHash } from 'node:crypto'
import type { ContextRow, ContextShelf } from '../../govern/contexts.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { Context, CORE, invalid, termsOf, type Terms } from './context.ts'
import { CORE_ADDRESS, isCoreAddress } from './core-terms.ts'
import { municipalTerms } from './municipal-terms.ts'
import { BASE } from './names.ts'

/** A context document as it was fetched; throws a Problem when it cannot be had. */
export interface Fetched {
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}
export type FetchContext = (address: string) => Promise<Fetched>

/** Contexts name contexts: so deep, and so many, are followed. */
const DEEPEST = 5
const MOST_DOCUMENTS = 20
/** Characters of an address. */
const LONGEST = 2000
/** So many compiled contexts are remembered, each so long at most. */
const REMEMBERED = 500
const FRESH = 60_000
/** How long a document is kept whose server says nothing of it. */
const HEURISTIC = 24 * 60 * 60 * 1000

interface Walk {
  readonly tenant: number
  readonly root: string
  readonly uses: string[]
  documents: number
}

interface Compiled {
  readonly context: Promise<Context>
  readonly until: number
  /** Contexts of the shelf that are in it. */
  readonly uses: readonly string[]
}

export class Contexts {
  private readonly compiled = new Map<string, Compiled>()
  private readonly shelf: ContextShelf
  private readonly fetch: FetchContext

  constructor(shelf: ContextShelf, fetch: FetchContext) {
    this.shelf = shelf
    this.fetch = fetch
  }

  /** What "@context" or a Link header says; undefined: the core. `root` is the address of the tenant. */
  async resolve(tenant: number, root: string, source: Json | undefined): Promise<Context> {
    if (source === undefined || (typeof source === 'string' && isCoreAddress(source))) return CORE
    const key = `${tenant} ${root} ${JSON.stringify(source)}`
    const known = this.compiled.get(key)
    if (known === undefined || known.until < performance.now()) return this.compile(key, tenant, root, source)
    for (const local of known.uses) this.shelf.used(local)
    return known.context
  }

  /** An address under which the context can be named in a Link. */
  async linkTo(tenant: number, root: string, { source }: Context): Promise<string> {
    if (typeof source === 'string') return source
    const { local } = await this.shelf.keep(tenant, 'ImplicitlyCreated', { '@context': source }, hashOf(source))
    return `${root}${BASE}/jsonldContexts/${local}`
  }

  /** Fetches a cached one again. */
  async reload(tenant: number, address: string): Promise<void> {
    await this.load(address, tenant)
    this.compiled.clear()
  }

  forget(): void {
    this.compiled.clear()
  }

  private async compile(key: string, tenant: number, root: string, source: Json): Promise<Context> {
    if (this.compiled.size >= REMEMBERED) this.compiled.clear()
    const uses: string[] = []
    const walk: Walk = { tenant, root, uses, documents: 0 }
    const context = this.add(source, new Map(), walk, 0).then((terms) => new Context(withoutCore(source), terms))
    this.compiled.set(key, { context, until: performance.now() + FRESH, uses })
    try {
      return await context
    } catch (error) {
      // what failed is not remembered: the next one may find it
      this.compiled.delete(key)
      throw error
    } finally {
      for (const local of uses) this.shelf.used(local)
    }
  }

  private async add(source: Json, before: Terms, walk: Walk, depth: number): Promise<Terms> {
    if (depth > DEEPEST) throw invalid('contexts name contexts too deeply', 'Kontexte verweisen zu tief aufeinander')
    if (Array.isArray(source)) {
      let terms = before
      for (const part of source as readonly Json[]) terms = await this.add(part, terms, walk, depth + 1)
      return terms
    }
    if (isObject(source)) return termsOf(source, before)
    if (typeof source === 'string') return this.addAddress(source, before, walk, depth)
    throw invalid('it is an address, an object, or a list of these', 'er ist eine Adresse, ein Objekt oder eine Liste davon')
  }

  private async addAddress(address: string, before: Terms, walk: Walk, depth: number): Promise<Terms> {
    if (isCoreAddress(address)) return before
    const inside = municipalTerms(address)
    if (inside !== undefined) return new Map([...before, ...inside])
    if (++walk.documents > MOST_DOCUMENTS) throw invalid('it names too many documents', 'er verweist auf zu viele Dokumente')
    return this.add(await this.documentAt(address, walk), before, walk, depth + 1)
  }

  /** What stands under "@context" in the document at an address. */
  private async documentAt(address: string, { tenant, root, uses }: Walk): Promise<Json> {
    const row = (await this.hostedAt(address, tenant, root)) ?? (await this.cachedAt(address, tenant))
    uses.push(row.local)
    return contextIn(row.document)
  }

  private async hostedAt(address: string, tenant: number, root: string): Promise<ContextRow | undefined> {
    const own = `${root}${BASE}/jsonldContexts/`
    if (!address.startsWith(own)) return undefined
    const row = await this.shelf.byLocal(tenant, address.slice(own.length))
    if (row !== undefined) return row
    throw unavailable(address)
  }

  /** One that has gone stale serves while its server cannot be reached. */
  private async cachedAt(address: string, tenant: number): Promise<ContextRow> {
    const known = await this.shelf.byAddress(tenant, address)
    if (known?.expires != null && Date.parse(known.expires) > Date.now()) return known
    try {
      return await this.load(address, tenant)
    } catch (error) {
      if (known !== undefined && error instanceof Problem && error.kind !== 'invalid-body') return known
      throw error
    }
  }

  private async load(address: string, tenant: number): Promise<ContextRow> {
    if (!/^https?:\/\//i.test(address) || address.length > LONGEST) throw unavailable(address.slice(0, LONGEST))
    const { headers, text } = await this.fetch(address).catch((error: unknown) => {
      throw unavailable(address, error)
    })
    const document = parsed(text)
    contextIn(document)
    return this.shelf.keep(tenant, 'Cached', document, address, new Date(Date.now() + lifetimeOf(headers)).toISOString())
  }
}

const hashOf = (source: Json): string => createHash('sha256').update(JSON.stringify(source)).digest('hex')

/** The core is in every context and need not be named beside another. */
function withoutCore(source: Json): Json {
  if (!Array.isArray(source)) return source
  const rest = (source as readonly Json[]).filter((part) => typeof part !== 'string' || !isCoreAddress(part))
  return rest.length === 0 ? CORE_ADDRESS : rest.length === 1 ? (rest[0] ?? CORE_ADDRESS) : rest
}

export function contextIn(document: Json): Json {
  const found = isObject(document) ? document['@context'] : undefined
  if (found === undefined) throw invalid('the document has no “@context”', 'das Dokument hat keinen „@context“')
  return found
}

function parsed(text: string): JsonObject {
  try {
    const document = JSON.parse(text) as Json
    if (isObject(document)) return document
  } catch {
    // said below
  }
  throw invalid('the document is no JSON object', 'das Dokument ist kein JSON-Objekt')
}

function unavailable(address: string, cause?: unknown): Problem {
  const why = cause instanceof Problem ? cause : undefined
  return new Problem(
    'unavailable',
    {
      en: `The context “${address}” could not be had. ${why?.in('en') ?? ''}`.trim(),
      de: `Der Kontext „${address}“ war nicht zu bekommen. ${why?.in('de') ?? ''}`.trim(),
    },
    { parameter: '@context' },
    { cause },
  )
}

/** Milliseconds, from Cache-Control or Expires (RFC 9111). */
export function lifetimeOf(headers: Readonly<Record<string, string>>): number {
  const control = headers['cache-control'] ?? ''
  if (/no-store|no-cache/i.test(control)) return 0
  const age = /s-maxage=(\d+)/i.exec(control) ?? /max-age=(\d+)/i.exec(control)
  if (age !== null) return Math.min(Number(age[1]), 365 * 86_400) * 1000
  const expires = Date.parse(headers['expires'] ?? '')
  return Number.isNaN(expires) ? HEURISTIC : Math.max(0, expires - Date.now())
}
