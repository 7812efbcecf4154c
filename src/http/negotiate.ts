/** negotiate: the media type to answer in, by what the reader accepts (RFC 9110, 12.5.1). */
import { Problem } from '../problem.ts'

interface Range {
  readonly type: string
  readonly quality: number
}

/** The best of what is offered, in our order where the reader has no preference; undefined when nothing fits. */
export function accepted(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0]
  const ranges = accept.split(',').map(rangeOf)
  let best: string | undefined
  let most = 0
  for (const type of offered) {
    const quality = qualityOf(type, ranges)
    if (quality > most) [best, most] = [type, quality]
  }
  return best
}

/** The same, where nothing that fits is `not-acceptable`. */
export function negotiate(accept: string | undefined, offered: readonly string[]): string {
  const best = accepted(accept, offered)
  if (best !== undefined) return best
  const list = offered.join(', ')
  throw new Problem('not-acceptable', {
    de: `In „${accept}“ wird hier nicht geantwortet, nur in ${list}.`,
    en: `“${accept}” is not on offer here, only ${list}.`,
  })
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = q === undefined ? 1 : Number(q.slice(2))
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The most specific range that fits decides, whatever its quality. */
function qualityOf(offered: string, ranges: readonly Range[]): number {
  const [type = ''] = offered.toLowerCase().split(';')
  const group = `${type.split('/')[0]}/*`
  for (const wanted of [type, group, '*/*']) {
    const range = ranges.find((one) => one.type === wanted)
    if (range !== undefined) return range.quality
  }
  return 0
}
