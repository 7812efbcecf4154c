/** headers: what every answer says to browsers: load nothing foreign, guess no types, be framed by nobody, and who else may read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isSecure } from './identify.ts'

export interface Surroundings {
  readonly url: string
  /** Origins of map tiles, beside our own. */
  readonly maps?: readonly string[]
}

const ONE_YEAR = 31_536_000

/** To be called on the outermost instance, before any route. */
export function sendHeaders(app: FastifyInstance, surroundings: Surroundings): void {
  const always = headersFor(surroundings)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(always)
    if (isOwnApi(request.url)) reply.header('cache-control', 'no-store')
    else if (openToOthers(request, reply)) return
    done()
  })
}

export function headersFor({ url, maps = [] }: Surroundings): Readonly<Record<string, string>> {
  return Object.freeze({
    'content-security-policy': policyFor(maps),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), payment=(), usb=(), geolocation=(self)',
    'x-frame-options': 'SAMEORIGIN',
    ...(isSecure(url) ? { 'strict-transport-security': `max-age=${ONE_YEAR}` } : {}),
  })
}

/** Scripts only as files of our own. Styles also inline: charts bring theirs along. Maps work in a blob worker. */
function policyFor(maps: readonly string[]): string {
  const foreign = maps.map((origin) => ` ${origin}`).join('')
  return [
    `default-src 'self'`,
    `script-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:${foreign}`,
    `font-src 'self'`,
    `connect-src 'self'${foreign}`,
    `worker-src 'self' blob:`,
    `child-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'self'`,
  ].join('; ')
}

/** Ours alone: it is spoken by our page and by programs, not by pages of others. */
function isOwnApi(url: string): boolean {
  return /^(\/t\/[^/?]+)?\/api\/v1(\/|\?|$)/.test(url)
}

/**
 * The data doors may be read by any page, without the reader's cookie: `*` makes browsers leave it out. Answers true when
 * the request was only the browser asking, and is answered.
 */
function openToOthers(request: FastifyRequest, reply: FastifyReply): boolean {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined || cookie !== undefined) reply.header('cache-control', 'private, no-cache')
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED)
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false
  void reply
    .header('access-control-allow-methods', 'GET, HEAD')
    .header('access-control-allow-headers', ASKED)
    .header('access-control-max-age', '86400')
    .code(204)
    .send()
  return true
}

const EXPOSED = 'Link, Location, ETag, Content-Disposition, Content-Crs, NGSILD-Results-Count, Retry-After'
const ASKED = 'Authorization, Content-Type, Accept, Accept-Language, Accept-Crs, If-None-Match, Link, NGSILD-Tenant, Prefer'
