/** service: an NGSI-LD service of its own for a file of tests, and a server on loopback that contexts are fetched from. */
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startPlatform, type Answer, type Platform } from '../../support/platform.ts'

export const ROOT = '/ngsi-ld/v1'
export const ERRORS = 'https://uri.etsi.org/ngsi-ld/errors/'
export const CONTEXT = 'http://www.w3.org/ns/json-ld#context'
export const link = (address: string): Record<string, string> => ({ link: `<${address}>; rel="${CONTEXT}"; type="application/ld+json"` })
export const LD = { 'content-type': 'application/ld+json' }

export interface NgsiLd {
  readonly platform: Platform
  ask(call: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Expects the status, 200 unless said; answers the JSON. */
  ok(call: string, body?: unknown, status?: number, headers?: Record<string, string>): Promise<Answer['json']>
  /** Expects an error of this type. */
  fails(call: string, error: string, status: number, body?: unknown, headers?: Record<string, string>): Promise<Answer['json']>
  end(): Promise<void>
}

export async function startNgsiLd(env: Readonly<Record<string, string>> = {}): Promise<NgsiLd> {
  const platform = await startPlatform(env)
  const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
    const [method, path] = call.split(/ (.*)/s)
    return platform.ask(`${method} ${ROOT}${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
  }
  return {
    platform,
    ask,
    async ok(call, body, status = 200, headers) {
      const answer = await ask(call, body, headers)
      assert.equal(answer.status, status, `${call}: ${answer.text}`)
      return answer.json
    },
    async fails(call, error, status, body, headers) {
      const answer = await ask(call, body, headers)
      assert.equal(answer.status, status, `${call} ${JSON.stringify(body)?.slice(0, 200)}: ${answer.text}`)
      assert.equal(answer.json?.type, `${ERRORS}${error}`, answer.text)
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/)
      return answer.json
    },
    end: () => platform.end(),
  }
}

export interface Elsewhere {
  readonly url: string
  close(): Promise<void>
}

export async function serveElsewhere(listener: RequestListener): Promise<Elsewhere> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => server.close(() => done())),
  }
}
