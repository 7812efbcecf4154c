/** api: the only place in the interface that speaks HTTP; it uses /api/v1 like any other client. */
import { root } from './router.ts'
import { language } from './words/language.ts'

/** What the server refused, and why, in the reader's language. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly at: Readonly<Record<string, unknown>>

  constructor(status: number, said: string, at: Readonly<Record<string, unknown>> = {}) {
    super(said)
    this.status = status
    this.at = at
  }
}

export interface Sent {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export const addressOf = (path: string): string => `${root}/api/v1${path}`

/** The answer's shape is the caller's word: wire.ts says what is answered where. */
export async function call<T>(path: string, { method = 'GET', body, signal }: Sent = {}): Promise<T> {
  const answer = await fetch(addressOf(path), {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': language(),
      ...(method === 'GET' ? {} : { 'x-allmende': '1' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  const said: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined)
  if (!answer.ok) throw refusalOf(answer.status, said)
  return said as T
}

/** Sends a file and tells how much has gone; `fetch` cannot. */
export function upload<T>(file: File, progress: (sent: number, total: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file, file.name)
    request.open('POST', addressOf('/uploads'))
    request.setRequestHeader('x-allmende', '1')
    request.setRequestHeader('accept-language', language())
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(loaded, total))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response as T)
      else reject(refusalOf(request.status, request.response))
    })
    request.addEventListener('error', () => reject(new Refusal(0, '')))
    request.send(form)
  })
}

function refusalOf(status: number, said: unknown): Refusal {
  const problem = typeof said === 'object' && said !== null ? said : {}
  const detail = 'detail' in problem ? problem.detail : 'title' in problem ? problem.title : ''
  const at = 'at' in problem && typeof problem.at === 'object' && problem.at !== null ? { ...problem.at } : {}
  return new Refusal(status, typeof detail === 'string' ? detail : '', at)
}
