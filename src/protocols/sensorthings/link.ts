/**
 * link: addresses of next pages. Masterportal reads `$top` and `$skip` out of them and Grafana reuses the part behind the question
 * mark, so both come first, before those inside $expand; where the page really starts is said by `$skiptoken`, at the same cost at any depth.
 */
import type { Options } from './options.ts'

/** The address of the page after one of `shown` items. `query` is the raw text behind the question mark of the request. */
export function nextOf(address: string, query: string, options: Pick<Options, 'skip'>, shown: number, after: string): string {
  const said = query.split('&').flatMap((part) => (part === '' ? [] : [part.replace(/^%24/i, '$')]))
  const top = said.filter((part) => part.startsWith('$top='))
  const kept = said.filter((part) => !/^\$(?:top|skip|skiptoken)=/.test(part))
  return `${address}?${[...top, `$skip=${options.skip + shown}`, ...kept, `$skiptoken=${after}`].join('&')}`
}

/** The same for an expanded collection, whose options stood in brackets. */
export function within(address: string, { said, skip }: Pick<Options, 'said' | 'skip'>, shown: number): string {
  const kept = Object.entries(said).filter(([name]) => name !== '$skip' && name !== '$skiptoken')
  return `${address}?${[...kept.map(([name, text]) => `${name}=${encodeURIComponent(text)}`), `$skip=${skip + shown}`].join('&')}`
}
