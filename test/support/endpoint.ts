/** endpoint: a server that takes notifications, so that tests can look at them. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Taken {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  // Tests look into bodies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Endpoint {
  readonly url: string
  readonly taken: readonly Taken[]
  /** What answers from now on: a status, or nothing at all. */
  answer(status: number | undefined): void
  /** The first so many that came to a path; throws when they do not come within half a minute. */
  wait(count: number, path?: string): Promise<readonly Taken[]>
  close(): Promise<void>
}

const PATIENCE = 30_000

export async function openEndpoint(): Promise<Endpoint> {
  const taken: Taken[] = []
  let status: number | undefined = 200
  let wake = (): void => {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      if (path.startsWith('/silent')) return
      if (status !== undefined) response.writeHead(status).end()
      if (status !== 200) return
      taken.push({ path, headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    answer: (next) => (status = next),
    async wait(count, path = '/') {
      const until = performance.now() + PATIENCE
      for (;;) {
        const found = taken.filter((one) => one.path === path)
        if (found.length >= count) return found
        const left = until - performance.now()
        if (left <= 0) throw new Error(`${found.length} of ${count} notifications came to ${path}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => (clearTimeout(timer), resolve())
        })
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
