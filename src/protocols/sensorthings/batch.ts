/**
 * batch: many requests in one, one after the other; a change set is kept whole or not at all (18-088 req/batch-request). What an
 * earlier request made is named by its id: `$sensor1` in an address, in the `@iot.id` of a body, or in the `id` or `@id` of one of 2.0.
 */
import { isObject, type Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'
import type { Incoming } from './call.ts'
import { perform, type Address, type Answered, type Part } from './part.ts'
import { problem } from './problems.ts'

/** One request, or a change set of them. */
export type Item =
  { readonly is: 'one'; readonly part: Part } | { readonly is: 'set'; readonly id?: string; readonly parts: readonly Part[] }

/** What a change set came to: an answer to each, or what stopped it at which. */
export type Outcome =
  | { readonly is: 'one'; readonly answer: Answered }
  | { readonly is: 'set'; readonly parts: readonly Part[]; readonly answers: readonly Answered[] }
  | { readonly is: 'failed'; readonly parts: readonly Part[]; readonly at: number; readonly answer: Answered }

const MOST = 10_000

type Made = ReadonlyMap<string, string>

export async function runBatch(items: readonly Item[], service: Service, request: Incoming, address: Address): Promise<readonly Outcome[]> {
  const count = items.reduce((sum, item) => sum + (item.is === 'one' ? 1 : item.parts.length), 0)
  if (count > MOST) throw new Problem('too-large', `More than ${MOST} requests in one batch.`)
  const run = new Run(service, request, address)
  const outcomes: Outcome[] = []
  for (const item of items) outcomes.push(item.is === 'one' ? await run.one(item.part) : await run.set(item.id, item.parts))
  return outcomes
}

/** Stops a transaction, and says where. */
class Stopped extends Error {
  readonly at: number
  readonly answer: Answered

  constructor(at: number, answer: Answered) {
    super('a request of a change set failed')
    this.at = at
    this.answer = answer
  }
}

class Run {
  private made: Made = new Map()
  private readonly failed = new Set<string>()
  private readonly service: Service
  private readonly request: Incoming
  private readonly address: Address

  constructor(service: Service, request: Incoming, address: Address) {
    this.service = service
    this.request = request
    this.address = address
  }

  async one(part: Part): Promise<Outcome> {
    const answer = await this.answer(part, this.service, this.made)
    if (answer.status >= 400 && part.id !== undefined) this.failed.add(part.id)
    this.made = withMade(this.made, part, answer, this.address.base)
    return { is: 'one', answer }
  }

  async set(id: string | undefined, parts: readonly Part[]): Promise<Outcome> {
    try {
      const { answers, made } = await this.service.together((service) => this.all(parts, service))
      this.made = made
      return { is: 'set', parts, answers }
    } catch (error) {
      const stopped = stoppedBy(error, parts, this.request)
      for (const name of [id, ...parts.map((part) => part.id)]) if (name !== undefined) this.failed.add(name)
      return { is: 'failed', parts, at: stopped.at, answer: stopped.answer }
    }
  }

  private async all(parts: readonly Part[], service: Service) {
    let { made } = this
    const answers: Answered[] = []
    for (const [at, part] of parts.entries()) {
      const answer = part.method === 'GET' ? refusal(part, notInSet(), this.request) : await this.answer(part, service, made)
      if (answer.status >= 400) throw new Stopped(at, answer)
      if (hasFailedRow(answer)) throw new Stopped(at, { ...answer, status: 400 })
      made = withMade(made, part, answer, this.address.base)
      answers.push(answer)
    }
    return { answers, made }
  }

  private async answer(part: Part, service: Service, made: Made): Promise<Answered> {
    try {
      const missing = part.dependsOn.find((name) => this.failed.has(name))
      if (missing !== undefined) return dependent(part, missing, this.request)
      return await perform(
        { ...part, url: inUrl(part.url, made), body: () => inBody(part.body(), made) },
        service,
        this.request,
        this.address,
      )
    } catch (error) {
      if (error instanceof Problem) return refusal(part, error, this.request)
      throw error
    }
  }
}

/** Rows are independent of each other, but not within a change set. */
function hasFailedRow({ body }: Answered): boolean {
  return body?.startsWith('[') === true && body.includes('"error: ')
}

/** Deferred refusals of the database reach us when the transaction is to be kept. */
function stoppedBy(error: unknown, parts: readonly Part[], request: Incoming): Stopped {
  if (error instanceof Stopped) return error
  const at = parts.length - 1
  const last = parts[at]
  if (error instanceof Problem && last !== undefined) return new Stopped(at, refusal(last, error, request))
  throw error
}

function notInSet(): Problem {
  return new Problem('invalid-body', { en: 'A change set only changes; GET stands outside.', de: 'Eine Änderungsmenge ändert nur; GET steht außerhalb.' }) // prettier-ignore
}

export function refusal({ id }: Pick<Part, 'id'>, of: Problem, { language }: Incoming): Answered {
  const { type, body } = problem(of, language)
  return { ...(id !== undefined && { id }), status: of.status, headers: { 'content-type': type }, body: JSON.stringify(body) }
}

const FAILED_DEPENDENCY = 424

export function dependent({ id }: Pick<Part, 'id'>, on: string | undefined, { language }: Incoming): Answered {
  const named = on === undefined ? '' : ` (${on})`
  const message = language === 'en' ? `What this depends on failed${named}.` : `Worauf dies beruht, ist gescheitert${named}.`
  return {
    ...(id !== undefined && { id }),
    status: FAILED_DEPENDENCY,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: FAILED_DEPENDENCY, type: 'error', message }),
  }
}

/** What was made, as its path: "Things(7)". */
function withMade(made: Made, { id }: Part, { status, headers }: Answered, base: string): Made {
  const location = headers['location']
  if (id === undefined || status !== 201 || !location?.startsWith(`${base}/`)) return made
  return new Map(made).set(id, location.slice(base.length + 1))
}

/** `$sensor1/Datastreams` is what hangs on it, `Sensors($sensor1)` itself. */
function inUrl(url: string, made: Made): string {
  if (!url.includes('$') || made.size === 0) return url
  return url
    .replace(/^((?:.*\/)?)\$([^/?()]+)(?=[/?]|$)/, (whole, before: string, name: string) => {
      const path = made.get(name)
      return path === undefined || before.includes('?') ? whole : before + path
    })
    .replace(/\(\$([^()]+)\)/g, (whole, name: string) => (made.has(name) ? `(${idOf(made, name)})` : whole))
}

function inBody(body: Json | undefined, made: Made): Json | undefined {
  if (Array.isArray(body)) return (body as readonly Json[]).map((one) => inBody(one, made) ?? null)
  if (!isObject(body)) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, named(name, value, made) ?? inBody(value, made) ?? null]))
}

/** The id, or the address, of what was made under that name. */
function named(member: string, value: Json, made: Made): Json | undefined {
  const name = typeof value === 'string' && value.startsWith('$') ? value.slice(1) : undefined
  if (name === undefined || !made.has(name)) return undefined
  if (member === '@id') return made.get(name)
  return member === '@iot.id' || member === 'id' ? idOf(made, name) : undefined
}

function idOf(made: Made, name: string): number {
  return Number(/\((\d+)\)$/.exec(made.get(name) ?? '')?.[1])
}
