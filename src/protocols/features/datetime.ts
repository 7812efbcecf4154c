/**
 * datetime: an instant or an interval (OGC 17-069r4, 7.15.4).
 *   datetime = instant | open "/" instant | instant "/" open | instant "/" instant
 *   open     = ".." | ""
 */
import { microsOf, parseInstant, type Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { and, type Comparator, type Filter } from '../../query/filter.ts'

/** Things something was measured about in that time: the temporal property of a feature is the period of its series. */
export function parseDatetime(text: string): Filter {
  const [start, end] = boundsOf(text)
  const compare = (field: string, by: Comparator, instant: Instant): Filter => ({
    is: 'compare',
    left: { path: [field] },
    by,
    right: { instant },
  })
  const overlaps = and(
    ...(end === undefined ? [] : [compare('periodStart', '<=', end)]),
    ...(start === undefined ? [{ is: 'exists', path: ['periodEnd'] } as const] : [compare('periodEnd', '>=', start)]),
  )
  return { is: 'some', through: 'series', where: overlaps }
}

function boundsOf(text: string): readonly [Instant | undefined, Instant | undefined] {
  const parts = text.split('/')
  const [start = '', end = start] = parts.map((part) => (part === '..' ? '' : part))
  if (parts.length > 2 || (start === '' && end === '')) throw refused(text)
  const from = start === '' ? undefined : timeOf(start, text)
  const until = end === '' ? undefined : timeOf(end, text)
  if (from !== undefined && until !== undefined && microsOf(from) > microsOf(until)) throw refused(text)
  return [from, until]
}

function timeOf(part: string, text: string): Instant {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/i.test(part) && !/^\d{4}-\d{2}-\d{2}$/.test(part)) throw refused(text)
  return parseInstant(part, 'datetime')
}

function refused(text: string): Problem {
  return new Problem(
    'invalid-query',
    {
      de: `„${text}“ ist weder ein Zeitpunkt noch ein Zeitraum wie 2026-01-01T00:00:00Z/..`,
      en: `“${text}” is neither an instant nor an interval like 2026-01-01T00:00:00Z/..`,
    },
    { parameter: 'datetime' },
  )
}
