/** temporal-reading: the evolution of entities retrieved and queried (5.7.3, 5.7.4). */
import type { FastifyReply } from 'fastify'
import { seriesOf, WITH_SERIES } from '../../http/feature.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and, everything, type Filter } from '../../query/filter.ts'
import { ask, type Aggregated } from '../../query/query.ts'
import { mediaOf, send, type Call } from './call.ts'
import { historiesOf, type Asked, type History, type Told } from './history.ts'
import { listIn, optionsIn, pageIn, refuseUnsupported, shapeIn, wrong } from './params.ts'
import { parsePeriod, type Period } from './period.ts'
import { noneOf, oneEntity, pageLinks } from './reading.ts'
import { shows, type Shape } from './render.ts'
import { selectionIn } from './selection.ts'
import { kindOf } from './state.ts'
import { fits, headerOf, METHODS, renderAggregated, renderFull, renderValues, type Method } from './temporal-render.ts'
import { windowIn, type Window } from './window.ts'
import { ENTITIES, statesOf, type Known } from './write.ts'
import { living } from './expiry.ts'

const WORDS = ['temporalValues', 'aggregatedValues', 'count'] as const

interface Telling extends Asked {
  readonly shape: Shape
  readonly form: 'full' | 'values' | { readonly methods: readonly Method[]; readonly period?: Period }
}

export async function retrieveTemporal(call: Call, id: string): Promise<FastifyReply> {
  const media = mediaOf(call)
  const telling = tellingOf(call, windowIn(call.parameters))
  const known = await oneEntity(call, id)
  const { bodies, part } = await told(call, [known], telling)
  const [body = {}] = bodies
  if (telling.shape.pick && isEmpty(body) && !hasAny(known, telling.wants)) throw noneOf(id)
  return send(call, media, body, partly(call, part))
}

/** Whether there is such an attribute now, or was with a time. */
function hasAny({ state, thing }: Known, wants: Telling['wants']): boolean {
  return [...state.attributes.keys(), ...seriesOf(thing).map(({ attribute }) => attribute)].some(wants)
}

const isEmpty = (body: JsonObject): boolean => Object.keys(body).every((member) => HEAD.has(member))

export async function queryTemporal(call: Call): Promise<FastifyReply> {
  const media = mediaOf(call)
  const window = windowIn(call.parameters)
  if (!window.asked) throw wrong('timerel', { en: 'A query of what was needs timerel and timeAt.', de: 'Eine Abfrage des Verlaufs braucht timerel und timeAt.' }) // prettier-ignore
  const telling = tellingOf(call, window)
  const page = pageIn(call.parameters)
  const { where, order } = selectionIn(call)
  const found = await call.service.find(call.who, {
    ...ask('entity', and(ENTITIES, living(), call.within, where, mayLieIn(window))),
    order: order ?? [],
    page: page.after === undefined ? page : { limit: page.limit, after: page.after },
    include: [WITH_SERIES],
    count: page.count,
  })
  const { bodies, part } = await told(call, await statesOf(call, found.items), telling)
  pageLinks(call, page, found.next, media)
  if (found.total !== undefined) void call.reply.header('ngsild-results-count', String(found.total))
  return send(call, media, bodies.filter((body) => !isEmpty(body)), partly(call, part)) // prettier-ignore
}

const HEAD = new Set(['id', 'type', 'scope', 'createdAt', 'modifiedAt'])

/** Some series reaches into the window; places and what is not observed are looked at afterwards. */
function mayLieIn({ property, from, until }: Window): Filter {
  if (property !== 'observedAt') return everything
  const where = and(
    from === undefined ? everything : { is: 'compare', left: { path: ['periodEnd'] }, by: '>=', right: { instant: from } },
    until === undefined ? everything : { is: 'compare', left: { path: ['periodStart'] }, by: '<', right: { instant: until } },
  )
  return {
    is: 'or',
    of: [
      { is: 'some', through: 'series', where },
      { is: 'exists', path: ['geometry'] },
    ],
  }
}

function tellingOf(call: Call, window: Window): Telling {
  const { parameters, context } = call
  refuseUnsupported(parameters)
  const format = parameters.get('format')
  const isForm = WORDS.some((word) => word === format)
  const plain = new URLSearchParams([...parameters].filter(([name]) => !(name === 'format' && isForm)))
  const shape = shapeIn(plain, context, WORDS)
  const options = optionsIn(parameters, [...WORDS, 'normalized', 'concise', 'simplified', 'keyValues', 'sysAttrs'])
  const lastN = lastIn(call)
  return {
    window,
    wants: (name) => shows(shape, name),
    shape,
    form: formIn(call, isForm ? [format ?? ''] : options, shape),
    ...(lastN !== undefined && { lastN }),
  }
}

function formIn({ parameters }: Call, words: readonly string[], { format }: Shape): Telling['form'] {
  if (words.includes('aggregatedValues')) {
    const methods = methodsIn(parameters)
    const period = parsePeriod(parameters.get('aggrPeriodDuration') ?? 'PT0S', 'aggrPeriodDuration')
    return { methods, ...(period && { period }) }
  }
  const stray = ['aggrMethods', 'aggrPeriodDuration'].find((name) => parameters.has(name))
  if (stray !== undefined)
    throw wrong(stray, { en: `${stray} goes with aggregatedValues only.`, de: `${stray} gibt es nur mit aggregatedValues.` })
  return words.includes('temporalValues') || format === 'simplified' ? 'values' : 'full'
}

function methodsIn(parameters: URLSearchParams): readonly Method[] {
  const names = listIn(parameters, 'aggrMethods')
  if (names === undefined)
    throw wrong('aggrMethods', { en: 'aggregatedValues needs aggrMethods.', de: 'aggregatedValues braucht aggrMethods.' })
  return names.map((name) => {
    const method = METHODS.find((one) => one === name)
    if (method !== undefined) return method
    throw wrong('aggrMethods', { en: `“${name}” is none of ${METHODS.join(', ')}.`, de: `„${name}“ ist keine von ${METHODS.join(', ')}.` })
  })
}

function lastIn({ parameters }: Call): number | undefined {
  const text = parameters.get('lastN')
  if (text === null) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw wrong('lastN', { en: `lastN is a number from 1, not “${text}”.`, de: `lastN ist eine Zahl ab 1, nicht „${text}“.` })
}

interface Bodies {
  readonly bodies: readonly JsonObject[]
  readonly part?: Told['part']
}

async function told(call: Call, known: readonly Known[], telling: Telling): Promise<Bodies> {
  if (typeof telling.form === 'object') return { bodies: await aggregated(call, known, telling, telling.form) }
  const { histories, part } = await historiesOf(call, known, telling)
  return { bodies: histories.map((one) => body(one, call, telling)), ...(part && { part }) }
}

function body({ known, attributes }: History, { context }: Call, { shape, form, window }: Telling): JsonObject {
  const rest = form === 'values' ? renderValues(attributes, context, shape, window.property) : renderFull(attributes, context, shape)
  return { ...headerOf(known.state, context, shape), ...rest }
}

/** One statement for all series. */
async function aggregated(
  call: Call,
  known: readonly Known[],
  { shape, window }: Telling,
  { methods, period }: { readonly methods: readonly Method[]; readonly period?: Period },
): Promise<readonly JsonObject[]> {
  if (window.property !== 'observedAt')
    throw new Problem('not-implemented', { en: 'Only what is observed is aggregated.', de: 'Zusammengefasst wird nur, was beobachtet ist.' }, { parameter: 'timeproperty' }) // prettier-ignore
  const wanted = known.flatMap(({ thing }) => seriesOf(thing).filter(({ attribute }) => shows(shape, attribute)))
  const buckets = await call.service.aggregate(call.who, {
    series: wanted.map(({ id }) => id),
    ...(window.from !== undefined && { from: window.from }),
    ...(window.until !== undefined && { until: window.until }),
    ...(period && { period }),
    distinct: methods.includes('distinctCount'),
  })
  refuseUnfit(methods, buckets)
  const bySeries = Map.groupBy(buckets, ({ series }) => series)
  return known.map(({ thing, state }) => {
    const attributes: Record<string, Json> = {}
    for (const series of seriesOf(thing)) {
      const own = bySeries.get(series.id)
      if (own === undefined) continue
      const term = call.context.termOf(series.attribute)
      const type = kindOf(series, series.latest?.result ?? 0)
      const one = renderAggregated({ type, ...(series.instance !== '' && { datasetId: series.instance }) }, own, methods)
      const before = attributes[term]
      attributes[term] = before === undefined ? one : Array.isArray(before) ? [...(before as readonly Json[]), one] : [before, one]
    }
    return { ...headerOf(state, call.context, shape), ...attributes }
  })
}

/** A method that no value is of a kind for is a mistake (4.5.19). */
function refuseUnfit(methods: readonly Method[], buckets: readonly Aggregated[]): void {
  const unfit = buckets.length === 0 ? undefined : methods.find((method) => buckets.every((bucket) => !fits(method, bucket)))
  if (unfit === undefined) return
  throw new Problem('invalid-query', { en: `There is no ${unfit} of these values.`, de: `Von diesen Werten gibt es kein ${unfit}.` }, { parameter: 'aggrMethods', field: 'request' }) // prettier-ignore
}

/** 206 says which part it is (6.3.10). */
function partly({ reply }: Call, part: Told['part']): number {
  if (part === undefined) return 200
  void reply.header('content-range', `DateTime ${part.first}-${part.last}/*`)
  return 206
}
