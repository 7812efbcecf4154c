/** routes: a dataset as a file: /datasets/{slug}.csv, .geojson, .xlsx, .parquet. Written while it is read, at the pace of whoever takes it. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parametersOf } from '../../http/page.ts'
import type { Protocol } from '../../http/protocol.ts'
import type { Dataset } from '../../model/dataset.ts'
import { Problem } from '../../problem.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { csv, FLAVOURS } from './csv.ts'
import { geojson } from './geojson.ts'
import { objects, thingsOf } from './objects.ts'
import { pagesOf, started, type Reader } from './pages.ts'
import { parquet } from './parquet.ts'
import { parsePeriod } from './period.ts'
import { readings } from './readings.ts'
import type { Table } from './table.ts'
import { xlsx } from './xlsx.ts'

interface OfDataset {
  Params: { readonly slug: string }
}

export const MEDIA = {
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const
type Extension = keyof typeof MEDIA

const NAMES: Readonly<Record<Extension, string>> = { csv: 'CSV', geojson: 'GeoJSON', xlsx: 'Excel (XLSX)', parquet: 'Parquet' }
const EXTENSIONS = Object.keys(MEDIA) as Extension[]
const PARAMETERS: Readonly<Record<Extension, readonly string[]>> = {
  csv: ['from', 'until', 'of', 'flavour'],
  geojson: [],
  xlsx: ['from', 'until', 'of', 'flavour'],
  parquet: ['from', 'until', 'of'],
}

export const downloads: Protocol = {
  name: 'downloads',
  base: '/datasets',
  mount,
  offers: ({ slug }, base) =>
    EXTENSIONS.map((extension) => ({
      title: { de: NAMES[extension], en: NAMES[extension] },
      url: `${base}/datasets/${slug}.${extension}`,
      mediaType: MEDIA[extension].split(';')[0] ?? '',
      kind: 'download',
    })),
}

function mount(app: FastifyInstance, service: Service): void {
  for (const extension of EXTENSIONS)
    app.route<OfDataset>({
      method: ['GET', 'HEAD'],
      url: `/:slug.${extension}`,
      exposeHeadRoute: false,
      handler: (request, reply) => download(service, extension, request, reply),
    })
}

async function download(service: Service, extension: Extension, request: FastifyRequest<OfDataset>, reply: FastifyReply) {
  const wanted = parseWanted(parametersOf(request), extension)
  const dataset = await datasetOf(service, request)
  // The framework would answer HEAD by writing the whole file and throwing it away.
  const file = request.method === 'HEAD' ? undefined : await write[extension]({ service, who: request.who }, dataset, wanted)
  reply.type(MEDIA[extension]).header('content-disposition', `attachment; filename="${dataset.slug}.${extension}"`)
  return reply.send(file)
}

interface Wanted {
  readonly when: Filter
  readonly flavour: keyof typeof FLAVOURS
  /** Absent: observations where there are series, else the things. */
  readonly of: 'observations' | 'entities' | undefined
}

function parseWanted(parameters: URLSearchParams, extension: Extension): Wanted {
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS[extension].includes(name))
  if (unknown !== undefined) throw refused(unknown, parameters.get(unknown) ?? '')
  const flavour = parameters.get('flavour') ?? 'international'
  if (flavour !== 'de' && flavour !== 'international') throw refused('flavour', flavour)
  const of = parameters.get('of') ?? undefined
  if (of !== undefined && of !== 'observations' && of !== 'entities') throw refused('of', of)
  return { when: parsePeriod(parameters), flavour, of }
}

type Write = (reader: Reader, dataset: Dataset, wanted: Wanted) => Promise<Readable>

const write: Readonly<Record<Extension, Write>> = {
  csv: async (reader, dataset, wanted) => stream(csv(await tableOf(reader, dataset, wanted), FLAVOURS[wanted.flavour])),
  xlsx: async (reader, dataset, wanted) => xlsx(await tableOf(reader, dataset, wanted), { german: wanted.flavour === 'de' }),
  parquet: async (reader, dataset, wanted) => stream(parquet(await tableOf(reader, dataset, wanted))),
  geojson: async (reader, { id, slug }) => stream(geojson(await started(pagesOf(reader, thingsOf(id))), slug)),
}

function stream(parts: AsyncIterable<string | Uint8Array>): Readable {
  return Readable.from(parts, { objectMode: false })
}

async function tableOf(reader: Reader, { id }: Dataset, { when, of }: Wanted): Promise<Table> {
  const observations = of === undefined ? await hasSeries(reader, id) : of === 'observations'
  const table = observations ? readings(reader, id, when) : await objects(reader, id)
  return { ...table, batches: await started(table.batches) }
}

async function hasSeries({ service, who }: Reader, dataset: number): Promise<boolean> {
  const where = and(equals(['dataset'], dataset), equals(['kind'], 'value'))
  return (await service.find(who, ask('series', where, 1))).items.length > 0
}

async function datasetOf(service: Service, { who, params: { slug } }: FastifyRequest<OfDataset>): Promise<Dataset> {
  return service.door(who, slug)
}

function refused(parameter: string, value: string): Problem {
  return new Problem(
    'invalid-query',
    { de: `„${parameter}=${value}“ gibt es hier nicht.`, en: `“${parameter}=${value}” is not on offer here.` },
    { parameter },
  )
}
