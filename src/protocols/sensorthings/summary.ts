/** summary: Observations of one Datastream in time buckets: `?aggregate=avg&bucket=1h&tz=Europe/Berlin`. Not of the standard: parameters without `$`. */
import { isInstant, parseInstant, type Instant } from '../../model/time.ts'
import { isRegion } from '../../model/zone.ts'
import { Problem } from '../../problem.ts'
import { FIGURES, type Bucket, type Summarised } from '../../query/query.ts'
import type { Call } from './call.ts'
import { parentOf } from './reading.ts'

const BUCKETS: Readonly<Record<string, Bucket>> = {
  '1m': 'minute', minute: 'minute', '1h': 'hour', hour: 'hour', '1d': 'day', day: 'day', '1w': 'week', week: 'week',
  '1mo': 'month', month: 'month', '1y': 'year', year: 'year',
} // prettier-ignore
const FUNCTIONS = ['count', ...FIGURES] as const
type Aggregate = (typeof FUNCTIONS)[number]

type Query = Readonly<Record<string, unknown>>

export function asksForSummary(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'aggregate' in query
}

/** `from` and `until` bound it; bucket by bucket, the time is when it begins. */
export async function readSummary(call: Call): Promise<string> {
  const query = call.request.query as Query
  const parent = call.path.steps.at(-2)
  if (parent?.type.set !== 'Datastreams' || call.path.steps.at(-1)?.type.set !== 'Observations')
    throw wrong('aggregate', {
      en: 'Observations of one Datastream are aggregated.',
      de: 'Zusammengefasst werden Observations eines Datastreams.',
    })
  const option = Object.keys(query).find((name) => name.startsWith('$'))
  if (option !== undefined)
    throw new Problem('not-implemented', `${option} does not go with aggregate; use from and until.`, { parameter: option })
  const asked = functionsOf(query)
  const summary = {
    bucket: bucketOf(query),
    zone: zoneOf(query),
    from: timeOf(query, 'from', '0001-01-01T00:00:00Z'),
    until: timeOf(query, 'until', '9999-12-31T23:59:59Z'),
  }
  const { id } = await parentOf(call)
  const buckets = await call.service.summarise(call.request.who, {
    series: [id],
    ...summary,
    figures: FIGURES.filter((name) => asked.includes(name)),
  })
  void call.reply.type('application/json')
  return JSON.stringify({ value: buckets.map((bucket) => shown(bucket, asked)) })
}

/** One figure is the result; several are named. */
function shown(bucket: Summarised, asked: readonly Aggregate[]): object {
  const [first] = asked
  const figures = asked.map((name) => [name, bucket[name] ?? null] as const)
  if (asked.length === 1 && first !== undefined) return { phenomenonTime: bucket.start, result: bucket[first] ?? null }
  return { phenomenonTime: bucket.start, ...Object.fromEntries(figures) }
}

function functionsOf(query: Query): readonly Aggregate[] {
  return textOf(query, 'aggregate', '')
    .split(',')
    .map((text) => {
      const found = FUNCTIONS.find((name) => name === text.trim())
      if (found !== undefined) return found
      throw wrong('aggregate', {
        en: `“${text}” is none of ${FUNCTIONS.join(', ')}.`,
        de: `„${text}“ ist keines von ${FUNCTIONS.join(', ')}.`,
      })
    })
}

function bucketOf(query: Query): Bucket {
  const text = textOf(query, 'bucket', '1h')
  const bucket = bucketNamed(text)
  if (bucket !== undefined) return bucket
  throw wrong('bucket', { en: `“${text}” is none of 1m, 1h, 1d, 1w, 1mo, 1y.`, de: `„${text}“ ist keines von 1m, 1h, 1d, 1w, 1mo, 1y.` })
}

export function bucketNamed(text: string): Bucket | undefined {
  return Object.hasOwn(BUCKETS, text) ? BUCKETS[text] : undefined
}

function zoneOf(query: Query): string {
  const text = textOf(query, 'tz', ZONE)
  const zone = zoneNamed(text)
  if (zone !== undefined) return zone
  throw wrong('tz', { en: `“${text}” is no time zone, such as Europe/Berlin.`, de: `„${text}“ ist keine Zeitzone wie Europe/Berlin.` })
}

/** Where nothing else is said. */
export const ZONE = 'Europe/Berlin'

export const zoneNamed = (text: string): string | undefined => (isRegion(text) ? text : undefined)

export function timeOf(query: Query, name: string, otherwise: Instant): Instant {
  const text = textOf(query, name, otherwise).replace(' ', '+')
  if (isInstant(text)) return parseInstant(text)
  throw wrong(name, { en: `“${text}” is no time.`, de: `„${text}“ ist keine Zeit.` })
}

export function textOf(query: Query, name: string, otherwise: string): string {
  const value = query[name]
  if (value === undefined) return otherwise
  if (typeof value === 'string') return value
  throw wrong(name, { en: `${name} is given more than once.`, de: `${name} ist mehrfach angegeben.` })
}

export function wrong(parameter: string, said: { readonly en: string; readonly de: string }): Problem {
  return new Problem('invalid-query', said, { parameter })
}
