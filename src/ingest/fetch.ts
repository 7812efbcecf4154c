/** fetch: calls to the outside. Only to public addresses, checked again after every redirect, bounded in time and size. */
import { lookup as resolve } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { pipeline } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { Agent, request, type Dispatcher } from 'undici'
import { Problem } from '../problem.ts'
import { mayCall, refused, type Allowed } from './address.ts'
import { faultOf, mayPass, retryAfterOf, statusProblem } from './call-faults.ts'
import { tooLarge } from './raw.ts'

export interface Call {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Limits {
  /** Of the body as read, unpacked, in bytes. */
  readonly bytes: number
  /** Until the answer begins, and between two pieces of it, in milliseconds. */
  readonly patience: number
  readonly redirects: number
  /** How often it is tried when the fault may pass. */
  readonly attempts: number
}

export const LIMITS: Limits = { bytes: 512 * 1024 * 1024, patience: 30_000, redirects: 5, attempts: 3 }

export interface Answer {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly type: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface Outbound {
  /** Throws a Problem that says what failed; `unavailable` and `busy` may pass, the others will not. 304 is an answer, not a fault. */
  call(url: string, call: Call, signal: AbortSignal, limits?: Partial<Limits>): Promise<Answer>
  close(): Promise<void>
}

export function openOutbound(allowed: Allowed = {}): Outbound {
  const agent = new Agent({ connect: { lookup: guarded(allowed), timeout: 10_000 }, maxHeaderSize: 64 * 1024, pipelining: 1 })
  return {
    call: (url, call, signal, limits) => persist(agent, allowed, url, call, signal, { ...LIMITS, ...limits }),
    close: () => agent.destroy(),
  }
}

/**
 * The resolver that connections use: a name is resolved here, once, and the connection goes to the address that was checked,
 * so that a name which answers differently the second time gains nothing.
 */
function guarded(allowed: Allowed): LookupFunction {
  return (host, options, done) => void answerLookup(host, allowed, options.all === true, done)
}

type Done = Parameters<LookupFunction>[2]

async function answerLookup(host: string, allowed: Allowed, all: boolean, done: Done): Promise<void> {
  let found: { address: string; family: number }[]
  try {
    found = (await addressesOf(host, allowed)).map((address) => ({ address, family: isIP(address) }))
  } catch (error) {
    done(error as NodeJS.ErrnoException, '')
    return
  }
  if (all) done(null, found)
  else done(null, found[0]?.address ?? '', found[0]?.family ?? 4)
}

async function addressesOf(host: string, allowed: Allowed): Promise<readonly string[]> {
  const addresses = isIP(host)
    ? [host]
    : await (allowed.resolve?.(host) ?? resolve(host, { all: true }).then((all) => all.map(({ address }) => address)))
  if (addresses.length === 0) throw refused(host, undefined)
  for (const address of addresses) if (!(await mayCall(host, address, allowed))) throw refused(host, address)
  return addresses
}

/** Tries again while the fault may pass and the wait is short; longer waits are left to whoever schedules. */
async function persist(agent: Agent, allowed: Allowed, url: string, call: Call, signal: AbortSignal, limits: Limits): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await follow(agent, allowed, url, call, signal, limits)
    } catch (error) {
      const wait = waitBefore(error, attempt, limits)
      if (wait === undefined || signal.aborted) throw error
      await pause(wait * 1000, undefined, { signal })
    }
  }
}

const SHORT = 10

function waitBefore(error: unknown, attempt: number, limits: Limits): number | undefined {
  if (attempt >= limits.attempts || !mayPass(error)) return undefined
  const seconds = retryAfterOf(error) ?? 2 ** (attempt - 1) / 2
  return seconds <= SHORT ? seconds : undefined
}

async function follow(agent: Agent, allowed: Allowed, start: string, call: Call, signal: AbortSignal, limits: Limits): Promise<Answer> {
  let url = checkedUrl(start)
  let next = call
  for (let hop = 0; hop <= limits.redirects; hop++) {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !(await mayCall(host, host, allowed))) throw refused(host, undefined)
    const answer = await send(agent, url, next, signal, limits)
    const location =
      answer.statusCode >= 300 && answer.statusCode < 400 && answer.statusCode !== 304 ? text(answer.headers['location']) : undefined
    if (location === undefined) return answered(url, answer, limits)
    await answer.body.dump()
    const target = checkedUrl(URL.parse(location, url.href)?.href ?? location)
    next = redirected(next, url, target, answer.statusCode)
    url = target
  }
  throw new Problem('unavailable', { de: `„${start}“ leitet zu oft weiter.`, en: `“${start}” redirects too often.` })
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Problem(
      'invalid-body',
      { de: `„${text}“ ist keine http- oder https-Adresse.`, en: `“${text}” is not an http or https address.` },
      { pointer: '/options/url' },
    )
  if (url.username !== '' || url.password !== '')
    throw new Problem(
      'invalid-body',
      {
        de: 'Zugangsdaten gehören nicht in die Adresse, sondern in das Feld „Anmeldung“.',
        en: 'Credentials do not belong into the address but into the field “Authentication”.',
      },
      { pointer: '/options/url' },
    )
  return url
}

const SECRET = /^(authorization|cookie|proxy-.*|x-.*(key|token|secret).*|api-?key|.*-apikey)$/i

/** What is sent on after a redirect: no body after 303, and no secrets to another host. */
function redirected(call: Call, from: URL, to: URL, status: number): Call {
  const drop = status === 303 || ((status === 301 || status === 302) && call.method === 'POST')
  const headers =
    from.origin === to.origin ? call.headers : Object.fromEntries(Object.entries(call.headers ?? {}).filter(([name]) => !SECRET.test(name)))
  const kept = headers === undefined ? {} : { headers }
  return drop ? { ...kept, method: 'GET' } : { ...call, ...kept }
}

async function send(agent: Agent, url: URL, call: Call, signal: AbortSignal, limits: Limits): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, {
      dispatcher: agent,
      method: (call.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: { 'user-agent': 'Allmende', 'accept-encoding': 'gzip, br, zstd', ...call.headers },
      body: call.body ?? null,
      signal,
      headersTimeout: limits.patience,
      bodyTimeout: limits.patience,
    })
  } catch (error) {
    signal.throwIfAborted()
    throw faultOf(error, url)
  }
}

async function answered(url: URL, answer: Dispatcher.ResponseData, limits: Limits): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, text(value) ?? '']])),
  )
  if (answer.statusCode >= 400) {
    await answer.body.dump()
    throw statusProblem(url, answer.statusCode, headers['retry-after'])
  }
  const bytes = bounded(unpacked(answer.body, headers['content-encoding'] ?? ''), url, limits.bytes)
  return { url: url.href, status: answer.statusCode, headers, type: headers['content-type'], bytes }
}

function text(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ')
}

/** Encodings are undone here, so that the limit counts what comes out: a small bomb stays small. */
function unpacked(body: Dispatcher.ResponseData['body'], encoding: string): AsyncIterable<Uint8Array> {
  const name = encoding.trim().toLowerCase()
  const unpacker = /^(x-)?gzip$/.test(name)
    ? createGunzip()
    : name === 'deflate'
      ? createInflate()
      : name === 'br'
        ? createBrotliDecompress()
        : name === 'zstd'
          ? createZstdDecompress()
          : undefined
  return unpacker === undefined ? body : pipeline(body, unpacker, () => undefined)
}

async function* bounded(body: AsyncIterable<Uint8Array>, url: URL, limit: number): AsyncIterable<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      yield chunk
    }
  } catch (error) {
    throw faultOf(error, url)
  }
}
