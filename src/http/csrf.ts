/** csrf: a request that changes something and is signed by a cookie must come from our own page. */
import { Problem } from '../problem.ts'

/** The parts of a request that are looked at. */
export interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Throws `forbidden` unless the request says `X-Allmende: 1`, which no other site can send without asking first, and the
 * browser names no other origin than ours. `own` are the origins under which the platform is reached.
 */
export function checkOwnPage(request: Sent, own: readonly string[]): void {
  if (SAFE.has(request.method)) return
  if (request.headers['x-allmende'] !== '1') throw foreign('X-Allmende: 1')
  checkOrigin(request, own)
}

/** The same without the header, for requests that bring no session yet. */
export function checkOrigin({ method, headers }: Sent, own: readonly string[]): void {
  if (SAFE.has(method)) return
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign(`Sec-Fetch-Site: ${String(site)}`)
  const { origin } = headers
  if (origin !== undefined && !own.includes(String(origin))) throw foreign(`Origin: ${String(origin)}, ALLMENDE_URL: ${own[0]}`)
}

function foreign(header: string): Problem {
  return new Problem('forbidden', {
    de: `Diese Anfrage kommt nicht von der Seite der Plattform (${header}) und wurde nicht ausgeführt.`,
    en: `This request does not come from the platform's own page (${header}) and was not carried out.`,
  })
}
