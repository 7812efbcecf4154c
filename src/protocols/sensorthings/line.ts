/** line: Observations of one Datastream thinned out for a chart: `?downsample=lttb&points=800`. Not of the standard: parameters without `$`. */
import { lineOf, pointsIn } from '../../http/line.ts'
import { DOWNSAMPLINGS } from '../../model/downsample.ts'
import type { Series } from '../../model/series.ts'
import { Problem } from '../../problem.ts'
import type { Call } from './call.ts'
import { parentOf } from './reading.ts'
import { textOf, timeOf, wrong } from './summary.ts'

type Query = Readonly<Record<string, unknown>>

export function asksForLine(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'downsample' in query
}

export async function readLine(call: Call): Promise<string> {
  const { path, request, service } = call
  const query = request.query as Query
  const { set } = path.steps.at(-2)?.type ?? {}
  if (set !== 'Datastreams' || path.steps.at(-1)?.type.set !== 'Observations')
    throw wrong('downsample', {
      en: 'Observations of one Datastream are downsampled.',
      de: 'Ausgedünnt werden Observations eines Datastreams.',
    })
  const option = Object.keys(query).find((name) => name.startsWith('$'))
  if (option !== undefined)
    throw new Problem('not-implemented', `${option} does not go with downsample; use from and until.`, { parameter: option })
  const asked = textOf(query, 'downsample', '')
  const how = DOWNSAMPLINGS.find((name) => name === asked)
  if (how === undefined)
    throw wrong('downsample', {
      en: `“${asked}” is none of ${DOWNSAMPLINGS.join(', ')}.`,
      de: `„${asked}“ ist keines von ${DOWNSAMPLINGS.join(', ')}.`,
    })
  const points = pointsIn(textOf(query, 'points', '800'))
  if (points === undefined) throw wrong('points', { en: 'points is a number from 4 to 5000.', de: 'points ist eine Zahl von 4 bis 5000.' })
  const series = (await parentOf(call)) as unknown as Series
  const line = await lineOf(service, request.who, series, {
    how,
    points,
    ...('from' in query && { from: timeOf(query, 'from', '') }),
    ...('until' in query && { until: timeOf(query, 'until', '') }),
  })
  void call.reply.type('application/json')
  return JSON.stringify({ value: line.map(({ time, result }) => ({ phenomenonTime: time, result })) })
}
