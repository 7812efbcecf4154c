/** platform: the whole of it, over a throwaway schema, without a socket: requests are injected. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { throwawaySchema } from './database.ts'

export interface Platform extends App {
  /** A request as `GET /path`, with what is given; the answer with its body parsed when it is JSON. */
  ask(call: string, options?: { readonly body?: unknown; readonly headers?: Record<string, string> }): Promise<Answer>
  end(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any
}

/** `env` as for the real thing; open mode unless ALLMENDE_OPEN says otherwise. */
export async function startPlatform(env: Readonly<Record<string, string>> = {}): Promise<Platform> {
  const schema = await throwawaySchema()
  const folder = mkdtempSync(join(tmpdir(), 'allmende-platform-'))
  const app = await build(
    readConfig({ ALLMENDE_OPEN: '1', ALLMENDE_DATA: folder, DATABASE_URL: schema.url, ALLMENDE_MQTT_PORT: '', ...env }),
  )
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= app.close())
  return {
    ...app,
    close,
    ask: (call, options = {}) => ask(app, call, options),
    async end() {
      await close()
      await schema.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ask(
  app: App,
  call: string,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Record<string, string> },
): Promise<Answer> {
  const [method = 'GET', url = '/'] = call.split(/ (.*)/s)
  const answer = await app.server.app.inject({
    method: method as 'GET',
    url,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = answer.body
  return { status: answer.statusCode, headers: answer.headers as Record<string, string>, text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
