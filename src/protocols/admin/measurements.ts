/** measurements: what is in a dataset, for its page: things on the map, series, values, buckets. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { lineOf, pointsIn } from '../../http/line.ts'
import { DOWNSAMPLINGS } from '../../model/downsample.ts'
import { boxOf, polygonOf, type Box } from '../../model/geometry.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { and, equals, everything, type Filter } from '../../query/filter.ts'
import { ask, FIGURES, type Figure, type Include, type Paging } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { idOf, instantOf, limitOf, oneOf, textOf, type Params } from './params.ts'
import { isRegion } from '../../model/zone.ts'

export function measurementRoutes(app: FastifyInstance, service: Service): void {
  app.get<Slug>('/datasets/:slug/entities', async (request) => entities(request, service, await datasetOf(request, service)))
  app.get('/entities', (request) => entities(request, service, everything))
  app.get<Slug>('/datasets/:slug/series', async (request) => {
    const params = request.query as Params
    const where = and(equals(['kind'], 'value'), await datasetOf(request, service))
    return service.find(request.who, {
      ...ask('series', where),
      page: pageOf(params),
      count: true,
      include: [one('entity'), one('property')],
    })
  })
  app.get<Id>('/series/:id', (request) => service.get(request.who, 'series', idOf(request.params.id)))
  app.get<Id>('/series/:id/observations', (request) => observations(request, service))
  app.get<Id>('/series/:id/line', (request) => line(request, service))
  app.get<Id>('/series/:id/summary', (request) => summary(request, service))
}

interface Slug {
  Params: { slug: string }
}
interface Id {
  Params: { id: string }
}

async function datasetOf(request: FastifyRequest<Slug>, service: Service): Promise<Filter> {
  return equals(['dataset'], (await service.card(request.who, request.params.slug, request.root)).id)
}

function pageOf(params: Params): Paging {
  const after = textOf(params, 'after')
  return { limit: limitOf(params, 100, 5000), ...(after !== undefined && { after }) }
}

const one = (through: string): Include => ({ through, where: everything, order: [], page: { limit: 1 }, include: [], count: false })

function entities(request: FastifyRequest, service: Service, dataset: Filter) {
  const params = request.query as Params
  const where = and(equals(['role'], 'thing'), dataset, inBox(textOf(params, 'bbox')))
  const series: Include = { ...one('series'), page: { limit: 50 } }
  return service.find(request.who, { ...ask('entity', where), page: pageOf(params), count: true, include: [series, one('dataset')] })
}

function inBox(text: string | undefined): Filter {
  if (text === undefined) return everything
  const numbers = text.split(',').map(Number)
  const box = numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as unknown as Box) : undefined
  if (box === undefined || boxOf(polygonOf(box)) === undefined)
    throw new Problem(
      'invalid-query',
      { en: 'bbox is west,south,east,north in degrees.', de: 'bbox ist Westen,Süden,Osten,Norden in Grad.' },
      { parameter: 'bbox' },
    )
  return { is: 'spatial', path: ['geometry'], relation: 'intersects', geometry: polygonOf(box) }
}

async function observations(request: FastifyRequest<Id>, service: Service) {
  const params = request.query as Params
  const { id } = await service.get(request.who, 'series', idOf(request.params.id))
  const from = textOf(params, 'from')
  const until = textOf(params, 'until')
  const where = and(
    equals(['series'], id),
    from === undefined
      ? everything
      : { is: 'compare', left: { path: ['time'] }, by: '>=', right: { instant: instantOf(params, 'from', from) } },
    until === undefined
      ? everything
      : { is: 'compare', left: { path: ['time'] }, by: '<', right: { instant: instantOf(params, 'until', until) } },
  )
  const order = [{ by: { path: ['time'] as const }, descending: oneOf(params, 'order', ['desc', 'asc']) === 'desc' }]
  return service.find(request.who, {
    ...ask('observation', where),
    order,
    page: pageOf(params),
    count: from === undefined && until === undefined,
  })
}

/** A long time thinned out for a chart. */
async function line(request: FastifyRequest<Id>, service: Service) {
  const params = request.query as Params
  const series = await service.get(request.who, 'series', idOf(request.params.id))
  const text = textOf(params, 'points') ?? '800'
  const points = pointsIn(text)
  if (points === undefined)
    throw new Problem('invalid-query', { en: 'points is a number from 4 to 5000.', de: 'points ist eine Zahl von 4 bis 5000.' }, { parameter: 'points' }) // prettier-ignore
  const from = textOf(params, 'from')
  const until = textOf(params, 'until')
  const items = await lineOf(service, request.who, series, {
    how: oneOf(params, 'method', DOWNSAMPLINGS),
    points,
    ...(from !== undefined && { from: instantOf(params, 'from', from) }),
    ...(until !== undefined && { until: instantOf(params, 'until', until) }),
  })
  return { items }
}

async function summary(request: FastifyRequest<Id>, service: Service) {
  const params = request.query as Params
  const series = await service.get(request.who, 'series', idOf(request.params.id))
  const zone = textOf(params, 'zone') ?? 'Europe/Berlin'
  if (!isRegion(zone))
    throw new Problem('invalid-query', { en: `“${zone}” is no time zone.`, de: `„${zone}“ ist keine Zeitzone.` }, { parameter: 'zone' })
  const items = await service.summarise(request.who, {
    series: [series.id],
    from: instantOf(params, 'from', series.period?.start ?? '1900-01-01T00:00:00Z'),
    until: instantOf(params, 'until', '9999-01-01T00:00:00Z'),
    bucket: oneOf(params, 'bucket', ['day', 'minute', 'hour', 'week', 'month', 'year']),
    zone,
    ...percentileOf(params),
    ...figuresOf(params),
  })
  return { items, asked: now() }
}

/** `percentile=95` */
function percentileOf(params: Params): { readonly percentile?: number } {
  const text = textOf(params, 'percentile')
  if (text === undefined) return {}
  const percent = Number(text)
  if (percent >= 0 && percent <= 100) return { percentile: percent / 100 }
  throw new Problem(
    'invalid-query',
    { en: 'percentile is a number from 0 to 100.', de: 'percentile ist eine Zahl von 0 bis 100.' },
    { parameter: 'percentile' },
  )
}

/** `figures=avg,min,max`: without the median, long times are answered from roll-ups. */
function figuresOf(params: Params): { readonly figures?: readonly Figure[] } {
  const text = textOf(params, 'figures')
  if (text === undefined) return {}
  const figures = text.split(',').map((asked) => {
    const figure = FIGURES.find((name) => name === asked)
    if (figure !== undefined) return figure
    const all = FIGURES.join(', ')
    throw new Problem(
      'invalid-query',
      { en: `“${asked}” is none of ${all}.`, de: `„${asked}“ ist keines von ${all}.` },
      { parameter: 'figures' },
    )
  })
  return { figures: [...new Set(figures)] }
}
