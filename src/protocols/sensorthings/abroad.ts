/** abroad: what everybody may know of changes, for a broker of others: each entity at its set and at its own address, Observations also below their Datastream. */
import type { Noun } from '../../model/noun.ts'
import type { Abroad, Announcement } from '../../mqtt/speaker.ts'
import { and, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import { anonymous } from '../../rights/principal.ts'
import type { Change, Service } from '../../service/service.ts'
import { Extents } from './extents.ts'
import { V1 } from './v1/names.ts'
import type { EntityType } from './version.ts'
import { parseOptions } from './options.ts'
import { writerOf } from './render.ts'

const BASE = V1.base
/** Items that are read and told at a time. */
const CHUNK = 500
/** What is told begins so; what devices publish does not. */
const OURS = Buffer.from('{"@iot.selfLink":')

export function abroad(service: Service): Abroad {
  const extents = new Map<number, Extents>()
  return {
    takes: [
      'v1.1/Observations',
      'v1.1/+/Observations',
      'sta/v1.1/Observations',
      'sta/v1.1/+/Observations',
      'datasets/+/v1.1/Observations',
      'datasets/+/v1.1/+/Observations',
    ],
    isOurs: (payload) => payload.subarray(0, OURS.length).equals(OURS),
    tell(changes, tenant, root) {
      const known = extents.get(tenant) ?? new Extents()
      extents.set(tenant, known)
      return new Telling(service, tenant, `${root}${BASE}`, known).tell(changes)
    },
  }
}

class Telling {
  private readonly service: Service
  private readonly tenant: number
  private readonly base: string
  private readonly extents: Extents

  constructor(service: Service, tenant: number, base: string, extents: Extents) {
    this.service = service
    this.tenant = tenant
    this.base = base
    this.extents = extents
  }

  async *tell(changes: readonly Change[]): AsyncIterable<readonly Announcement[]> {
    for (const ids of chunksOf(changes, 'entity')) yield* this.told('entity', ids)
    for (const ids of chunksOf(changes, 'observation')) yield* this.toldObservations(ids)
    for (const ids of chunksOf(changes, 'series')) yield* this.told('series', ids)
  }

  private async *told(
    noun: Noun,
    ids: readonly number[],
    news: (item: Found) => boolean = () => true,
  ): AsyncIterable<readonly Announcement[]> {
    for (const type of typesOf(noun)) {
      const write = this.writerOf(type)
      const items = (await this.found(type, ids)).filter(news)
      if (items.length > 0)
        yield items.flatMap((item) => [type.set, `${type.set}(${item.id})`].map((path) => ({ topic: `v1.1/${path}`, text: write(item) })))
    }
  }

  /** A Datastream is told of when its times or its area are others now. */
  private async *toldObservations(ids: readonly number[]): AsyncIterable<readonly Announcement[]> {
    for (const type of typesOf('observation')) {
      const write = this.writerOf(type)
      const items = await this.found(type, ids)
      const series = [...new Set(items.flatMap((item) => ('series' in item ? item.series : [])))]
      const below = type.set === 'Observations' ? await this.streams(series) : new Map<number, string>()
      yield items.flatMap((item) => {
        const stream = 'series' in item ? below.get(item.series) : undefined
        const text = write(item)
        return [type.set, ...(stream === undefined ? [] : [`${stream}/${type.set}`])].map((path) => ({ topic: `v1.1/${path}`, text }))
      })
      if (series.length > 0) yield* this.told('series', series, (item) => this.extents.moved(item))
    }
  }

  /** "Datastreams(7)" of each. */
  private async streams(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const all = await Promise.all(
      typesOf('series').map(async (type) => (await this.found(type, ids)).map(({ id }) => [id, `${type.set}(${id})`] as const)),
    )
    return new Map(all.flat())
  }

  private async found(type: EntityType, ids: readonly number[]): Promise<readonly Found[]> {
    if (ids.length === 0) return []
    const among: Filter = { is: 'in', path: ['id'], values: ids }
    return (await this.service.find(anonymous(this.tenant), ask(type.noun, and(among, type.where), ids.length))).items
  }

  private writerOf(type: EntityType) {
    return writerOf(type, parseOptions({}, type), this.base)
  }
}

const typesOf = (noun: Noun): readonly EntityType[] => Object.values(V1.types).filter((type) => type.noun === noun)

function* chunksOf(changes: readonly Change[], noun: Noun): Iterable<readonly number[]> {
  const ids = new Set(changes.flatMap((change) => (change.noun === noun && change.verb !== 'removed' ? change.items : [])))
  const all = [...ids]
  for (let i = 0; i < all.length; i += CHUNK) yield all.slice(i, i + CHUNK)
}
