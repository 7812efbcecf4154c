/**
 * create: a draft with all that hangs on it made into one batch, which is kept whole or not at all (18-088 req/create-update-delete).
 * A Thing that gets Locations gets a HistoricalLocation; Observations without a feature get their Thing's place.
 */
import type { Entity, Link } from '../../model/entity.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import { now } from '../../model/time.ts'
import { equals, and, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import { isDraft, refused, type Draft } from './body.ts'
import { freshEntity, freshSeries, overEntity, overObservation, overSeries, placeSeries } from './items.ts'
import { givenKey } from './given-id.ts'
import { move, type Move } from './move.ts'
import { draftsOf, withBacks } from './nested.ts'
import { overParts } from './multi-datastream.ts'
import { tieMore, tiesOf, type Tie } from './ties.ts'
import { navigationOf, type SetName } from './version.ts'
import { findReferences, type References, type Writer } from './references.ts'
import { attributeOf } from './attribute.ts'

/** Answers the id of what was asked for. */
export async function create(writer: Writer, draft: Draft): Promise<number> {
  const whole = withBacks(draft)
  const all = [...draftsOf(whole)]
  const references = await findReferences(writer, all)
  const making = new Making(writer, references)
  await making.number(all)
  await making.make(all)
  await keep(writer, making)
  return making.idOf(whole)
}

/** What changes things that were there is kept with what is new, or neither is. */
async function keep({ service, ...writer }: Writer, making: Making): Promise<void> {
  const { moves, ties } = making
  if (moves.length + ties.length === 0) return service.record(writer.who, making)
  await service.together(async (within) => {
    await within.record(writer.who, making)
    for (const one of moves) await move({ ...writer, service: within }, one)
    for (const one of ties) await tieMore({ ...writer, service: within }, one)
  })
}

/** An Observation belongs to one of the first two, a Task to the last. */
const STREAM = ['Datastream', 'MultiDatastream', 'TaskingCapability'] as const

const STREAMED: readonly SetName[] = ['Observations', 'Tasks']

/** A batch in the making: the drafts have ids, so that they can name each other. */
class Making {
  readonly entities: Entity[] = []
  readonly links: Link[] = []
  readonly series: Series[] = []
  readonly observations: Observation[] = []
  /** Things that are there and get new places; moved when the batch is kept. */
  readonly moves: Move[] = []
  /** Series that are there and are about what is new. */
  readonly ties: Tie[] = []
  private readonly ids = new Map<Draft, number>()
  private readonly places = new Map<number, number[]>()
  private readonly writer: Writer
  private readonly references: References

  constructor(writer: Writer, references: References) {
    this.writer = writer
    this.references = references
  }

  async number(drafts: readonly Draft[]): Promise<void> {
    for (const noun of ['entity', 'series'] as const) {
      const mine = drafts.filter(({ type }) => type.noun === noun)
      const ids = await this.writer.service.ids(noun, mine.length)
      mine.forEach((draft, i) => this.ids.set(draft, this.givenId(draft) ?? ids[i] ?? 0))
    }
    const watched = drafts.filter(({ links }) => links['Observations'] !== undefined || STREAM.some((name) => links[name]?.some(isDraft)))
    this.spare.push(...(await this.writer.service.ids('entity', watched.length)))
  }

  private givenId(draft: Draft): number | undefined {
    const given = this.writer.clientIds ? givenKey(draft) : undefined
    return typeof given === 'number' ? given : undefined
  }

  idOf(draft: Draft): number {
    return this.ids.get(draft) ?? 0
  }

  /** Entities first, then what is measured about them, then what was measured. */
  async make(drafts: readonly Draft[]): Promise<void> {
    for (const draft of drafts) if (draft.type.noun === 'entity') this.entity(draft)
    for (const draft of drafts) if (draft.type.noun === 'series') await this.stream(draft)
    await this.placeThings(drafts)
    for (const draft of drafts) if (draft.type.set === 'HistoricalLocations') await this.historical(draft)
    for (const draft of drafts) if (STREAMED.includes(draft.type.set)) await this.observation(draft)
    this.giveFeatures(drafts)
  }

  private entity(draft: Draft): void {
    const fresh = freshEntity(draft, this.idOf(draft), this.writer.dataset)
    const given = this.writer.clientIds ? givenKey(draft) : undefined
    this.entities.push(overEntity(typeof given === 'string' ? { ...fresh, iri: given } : fresh, draft))
    this.kinds(draft)
    this.ties.push(...tiesOf(draft, this.idOf(draft), this.references))
  }

  /** Features and their types name each other from either side. */
  private kinds(draft: Draft): void {
    const id = this.idOf(draft)
    for (const target of this.all(draft, 'FeatureTypes')) this.links.push({ source: id, name: 'kind', target })
    if (draft.type.set === 'FeatureTypes')
      for (const source of this.all(draft, 'Features')) this.links.push({ source, name: 'kind', target: id })
  }

  private async stream(draft: Draft): Promise<void> {
    const thing = this.only(draft, 'Thing')
    const dataset = this.datasetOf(draft, 'Thing')
    if (draft.type.set === 'TaskingCapabilities') return this.taskingCapability(draft, freshSeries(this.idOf(draft), dataset, thing))
    const [feature] = this.all(draft, 'FeatureOfInterest')
    const ultimates = this.all(draft, 'UltimateFeaturesOfInterest')
    const head = {
      ...freshSeries(this.idOf(draft), dataset, thing),
      ...(feature !== undefined && { feature }),
      ...(ultimates.length > 0 && { ultimates }),
    }
    const fresh = { ...head, sensor: this.only(draft, 'Sensor') }
    const series = draft.type.set === 'MultiDatastreams' ? this.multiDatastream(fresh, draft) : this.datastream(fresh, draft)
    const name = series.parts === undefined ? this.nameOf(draft, 'ObservedProperty') : series.name
    this.series.push({ ...series, ...(await this.named(series, name)) })
  }

  /** An attribute that no other standard takes for something measured. */
  private taskingCapability(draft: Draft, fresh: Series): void {
    const series = overSeries({ ...fresh, kind: 'task', sensor: this.only(draft, 'Actuator') }, draft)
    this.series.push({ ...series, attribute: attributeOf(series.name), instance: `urn:ngsi-ld:TaskingCapability:${series.id}` })
  }

  private datastream(fresh: Series, draft: Draft): Series {
    return overSeries({ ...fresh, property: this.only(draft, 'ObservedProperty') }, draft)
  }

  private multiDatastream(fresh: Series, draft: Draft): Series {
    return overParts(overSeries(fresh, draft), draft, this.all(draft, 'ObservedProperties'))
  }

  /** Its attribute is that of the observed property, of several its own name; a second one of the same gets an instance of its own. */
  private async named(series: Series, property: string): Promise<Pick<Series, 'attribute' | 'instance'>> {
    const attribute = attributeOf(property)
    const mine = and(equals(['entity'], series.entity), equals(['attribute'], attribute))
    const here = this.series.some((one) => one.entity === series.entity && one.attribute === attribute)
    const taken = here || (!this.isFresh(series.entity) && (await this.findSeries(mine)) !== undefined)
    return { attribute, instance: taken ? `urn:ngsi-ld:Datastream:${series.id}` : '' }
  }

  private isFresh(entity: number): boolean {
    return this.entities.some(({ id }) => id === entity)
  }

  private async findSeries(where: Filter): Promise<Found<'series'> | undefined> {
    return (await this.writer.service.find(this.writer.who, ask('series', where, 1))).items[0]
  }

  /** Pairs of things and their places are said from either side. */
  private async placeThings(drafts: readonly Draft[]): Promise<void> {
    const pairs = new Map<number, number[]>()
    const pair = (thing: number, location: number) => pairs.set(thing, [...(pairs.get(thing) ?? []), location])
    for (const draft of drafts) {
      if (draft.type.set === 'Things') for (const location of this.all(draft, 'Locations')) pair(this.idOf(draft), location)
      if (draft.type.set === 'Locations') for (const thing of this.all(draft, 'Things')) pair(thing, this.idOf(draft))
    }
    for (const [thing, locations] of pairs) await this.placeThing(thing, [...new Set(locations)], now(), true)
  }

  private async placeThing(thing: number, locations: readonly number[], time: string, current: boolean): Promise<number> {
    const series = await this.placesOf(thing)
    const id = await this.writer.service.observationId(time)
    const geometry = locations.map((location) => this.geometryOf(location)).find((found) => found !== undefined)
    this.observations.push({
      id,
      series: series.id,
      dataset: series.dataset,
      time,
      result: (geometry ?? null) as Observation['result'],
      parameters: { locations },
    })
    if (current) this.put(thing, locations)
    return id
  }

  /** Where the thing is from now on. */
  private put(thing: number, locations: readonly number[]): void {
    this.places.set(thing, [...locations])
    const geometry = locations.map((location) => this.geometryOf(location)).find((found) => found !== undefined)
    const at = this.entities.findIndex(({ id }) => id === thing)
    const fresh = this.entities[at]
    if (fresh === undefined) {
      this.moves.push({ thing, locations, geometry })
      return
    }
    if (geometry !== undefined) this.entities[at] = { ...fresh, geometry }
    this.links.push(...locations.map((target): Link => ({ source: thing, name: 'location', target })))
  }

  private geometryOf(location: number): Entity['geometry'] {
    const known = this.entities.find(({ id }) => id === location) ?? this.references.itemOf('Locations', { key: location, pointer: '' })
    return known !== undefined && 'geometry' in known ? known.geometry : undefined
  }

  private async placesOf(thing: number): Promise<Series> {
    const mine = (one: Series) => one.kind === 'place' && one.entity === thing
    const kept = and(equals(['entity'], thing), equals(['kind'], 'place'))
    const there = this.series.find(mine) ?? (this.isFresh(thing) ? undefined : await this.findSeries(kept))
    if (there !== undefined) return there
    const known = this.references.itemOf('Things', { key: thing, pointer: '' })
    const [id = 0] = await this.writer.service.ids('series', 1)
    const made = placeSeries(id, known !== undefined && 'dataset' in known ? known.dataset : this.writer.dataset, thing)
    this.series.push(made)
    return made
  }

  /** One that is later than all the others says where the thing is now. */
  private async historical(draft: Draft): Promise<void> {
    const thing = this.only(draft, 'Thing')
    const locations = this.all(draft, 'Locations')
    if (locations.length === 0)
      throw refused(draft.pointer, { en: 'A HistoricalLocation has Locations.', de: 'Eine HistoricalLocation hat Locations.' })
    const { time } = overObservation({ id: 0, series: 0, dataset: 0, time: '', result: null }, draft)
    const { latest } = await this.placesOf(thing)
    const newest = this.observations.filter(({ parameters }) => parameters?.['locations'] !== undefined).at(-1)?.time ?? latest?.time ?? ''
    this.ids.set(draft, await this.placeThing(thing, locations, time, Date.parse(time) > (Date.parse(newest) || -Infinity)))
  }

  private async observation(draft: Draft): Promise<void> {
    const [stream] = STREAM.filter((name) => draft.links[name] !== undefined)
    const series = this.only(draft, stream ?? 'Datastream')
    const feature = this.all(draft, 'FeatureOfInterest')[0]
    const fresh: Observation = { id: 0, series, dataset: this.datasetOf(draft, stream ?? 'Datastream'), time: now(), result: null }
    const observation = overObservation(fresh, draft)
    const id = await this.writer.service.observationId(observation.time)
    this.ids.set(draft, id)
    this.observations.push({ ...observation, id, ...(feature !== undefined && { feature }) })
  }

  /** New Datastreams of new Things, with Observations that name no feature: the place of the Thing becomes one. */
  private giveFeatures(drafts: readonly Draft[]): void {
    const made = new Map<number, number>()
    for (const draft of drafts) {
      const at = this.series.findIndex(({ id }) => draft.type.noun === 'series' && id === this.idOf(draft))
      const series = this.series[at]
      if (series === undefined || !this.observations.some((one) => one.series === series.id && one.feature === undefined)) continue
      const place = this.entities.find(({ id }) => id === this.places.get(series.entity)?.[0])
      const id = place && (made.get(place.id) ?? this.spare.pop())
      if (place === undefined || id === undefined) continue
      if (!made.has(place.id)) this.feature(place, id)
      made.set(place.id, id)
      this.series[at] = { ...series, feature: id }
    }
  }

  private feature(place: Entity, id: number): void {
    this.entities.push({ ...place, id, role: 'feature', iri: `urn:ngsi-ld:FeatureOfInterest:${id}`, types: ['FeatureOfInterest'] })
    this.links.push({ source: place.id, name: 'feature', target: id })
  }

  private readonly spare: number[] = []

  private all(draft: Draft, name: string): readonly number[] {
    const to = navigationOf(draft.type, name)?.to ?? 'Things'
    return (draft.links[name] ?? []).map((target) => (isDraft(target) ? this.idOf(target) : (this.references.itemOf(to, target)?.id ?? 0)))
  }

  private only(draft: Draft, name: string): number {
    const [id] = this.all(draft, name)
    if (id === undefined)
      throw refused(draft.pointer, { en: `${draft.type.one} lacks its ${name}.`, de: `${draft.type.one} fehlt: ${name}.` })
    return id
  }

  /** What is measured belongs to the dataset of what it is measured about. */
  private datasetOf(draft: Draft, name: string): number {
    const [target] = draft.links[name] ?? []
    if (target === undefined) return this.writer.dataset
    if (isDraft(target)) return this.series.find(({ id }) => id === this.idOf(target))?.dataset ?? this.writer.dataset
    const item = this.references.itemOf(navigationOf(draft.type, name)?.to ?? 'Things', target)
    return item !== undefined && 'dataset' in item ? item.dataset : this.writer.dataset
  }

  private nameOf(draft: Draft, name: string): string {
    const [target] = draft.links[name] ?? []
    if (target === undefined) return ''
    const item = isDraft(target) ? target.fields : this.references.itemOf('ObservedProperties', target)
    return item !== undefined && 'name' in item && typeof item.name === 'string' ? item.name : ''
  }
}
