/** town: a random population of all four nouns, written through the store and read back as it tells them. */
import fc from 'fast-check'
import type { Dataset } from '../../src/model/dataset.ts'
import type { Entity, Link, Role } from '../../src/model/entity.ts'
import type { Noun, Nouns } from '../../src/model/noun.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Series } from '../../src/model/series.ts'
import { everything } from '../../src/query/filter.ts'
import { idAt, type Item } from '../../src/query/look-up.ts'
import type { Related } from '../../src/query/matches.ts'
import { ask } from '../../src/query/query.ts'
import { append } from '../../src/store/append.ts'
import { Ids, Partitions } from '../../src/store/ids.ts'
import { insertDatasets, insertEntities, insertLinks, insertSeries } from '../../src/store/insert.ts'
import type { Database } from '../../src/store/pool.ts'
import { read } from '../../src/store/read.ts'
import { instants, json, numbers, objects, shapes, texts } from './values.ts'

export type Town = { readonly [N in Noun]: readonly Nouns[N][] } & { readonly links: readonly Link[] }

const ROLES: readonly Role[] = ['thing', 'location', 'sensor', 'property', 'feature', 'actuator', 'feature-type']
const DATASETS = 12
const ENTITIES = 80
const SERIES = 50
const OBSERVATIONS = 200

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })
/** Absent rather than undefined: that is how items are made. */
const present = <T extends object>(item: T): T => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as T

export async function populate(database: Database, seed: number): Promise<Town> {
  const ids = new Ids(database)
  const some = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] => fc.sample(arbitrary, { seed, numRuns: count })
  const datasets = await ids.take('dataset', DATASETS)
  const entities = await ids.take('entity', ENTITIES)
  const series = await ids.take('series', SERIES)
  const links = uniqueLinks(some(linksAmong(entities), 60))
  await database.transaction(async (store) => {
    await insertDatasets(store, some(datasetParts, DATASETS).map((parts, i) => ({ ...parts, id: datasets[i] ?? 0, slug: `d${i}` }))) // prettier-ignore
    await insertEntities(store, some(entityParts(datasets), ENTITIES).map((parts, i) => present({ ...parts, id: entities[i] ?? 0, iri: `urn:x:${i}` }))) // prettier-ignore
    await insertLinks(store, links)
    await insertSeries(store, some(seriesParts(datasets, entities), SERIES).map((parts, i) => present({ ...parts, id: series[i] ?? 0, instance: String(i) }))) // prettier-ignore
  })
  const observations = some(observationParts(series, entities), OBSERVATIONS).map(present)
  const times = observations.map(({ time }) => time)
  await new Partitions(database).ready(times)
  const numbered = await ids.forTimes(times)
  await append(database, observations.map((one, i) => ({ ...one, id: numbered[i] ?? 0 }))) // prettier-ignore
  return { ...(await readAll(database)), links }
}

async function readAll(database: Database): Promise<{ readonly [N in Noun]: readonly Nouns[N][] }> {
  const all = async <N extends Noun>(noun: N) => (await read(database, ask(noun, everything, 100_000), () => everything)).items
  return { dataset: await all('dataset'), entity: await all('entity'), series: await all('series'), observation: await all('observation') }
}

const datasetParts: fc.Arbitrary<Omit<Dataset, 'id' | 'slug'>> = fc.record({
  tenant: fc.constant(1),
  title: fc.dictionary(fc.constantFrom('de', 'en'), texts),
  description: fc.dictionary(fc.constantFrom('de', 'en'), texts),
  keywords: fc.array(texts, { maxLength: 3 }),
  themes: fc.array(fc.constantFrom('ENVI', 'TRAN'), { maxLength: 2 }),
  access: fc.constantFrom('public', 'internal', 'restricted'),
  state: fc.constantFrom('draft', 'released'),
  duplicates: fc.constantFrom('keep', 'replace'),
  properties: objects,
  created: instants,
  modified: instants,
})

const entityParts = (datasets: readonly number[]) =>
  fc.record({
    dataset: fc.constantFrom(...datasets),
    role: fc.constantFrom(...ROLES),
    types: fc.uniqueArray(fc.constantFrom('Tree', 'Lamp', 'a', 'Ä'), { minLength: 1, maxLength: 2 }),
    name: texts,
    description: texts,
    geometry: optional(shapes),
    attributes: objects,
    about: objects,
    scopes: fc.array(fc.constantFrom('/a', '/a/b', '/ä'), { maxLength: 2 }),
    created: instants,
    modified: instants,
  }) as fc.Arbitrary<Omit<Entity, 'id' | 'iri'>>

const seriesParts = (datasets: readonly number[], entities: readonly number[]) =>
  fc.record({
    dataset: fc.constantFrom(...datasets),
    entity: fc.constantFrom(...entities),
    attribute: fc.constantFrom('pm10', 'a', 'Ä'),
    kind: fc.constantFrom('value', 'place', 'task'),
    name: texts,
    description: texts,
    observationType: fc.constantFrom('x', 'y'),
    unit: fc.record({ name: fc.option(texts), symbol: fc.option(texts), definition: fc.option(texts) }),
    parts: optional(
      fc
        .uniqueArray(fc.constantFrom(...entities), { maxLength: 3 })
        .map((all) => all.map((property) => ({ property, unit: { name: null, symbol: null, definition: null }, observationType: 'x' }))),
    ),
    schema: optional(objects),
    property: optional(fc.constantFrom(...entities)),
    sensor: optional(fc.constantFrom(...entities)),
    feature: optional(fc.constantFrom(...entities)),
    ultimates: optional(fc.uniqueArray(fc.constantFrom(...entities), { minLength: 1, maxLength: 3 })),
    properties: objects,
    count: fc.constant(0),
    created: instants,
    modified: instants,
  }) as fc.Arbitrary<Omit<Series, 'id' | 'instance'>>

const observationParts = (series: readonly number[], entities: readonly number[]) =>
  fc
    .record({
      series: fc.constantFrom(...series.slice(0, 30)),
      dataset: fc.constant(0),
      time: instants,
      end: optional(instants),
      resultTime: optional(instants),
      result: fc.oneof(numbers, texts, json),
      quality: optional(json),
      valid: optional(fc.record({ start: instants, end: instants })),
      parameters: optional(
        fc.oneof(
          objects,
          fc.record({ locations: json }),
          fc.record({ locations: fc.array(fc.constantFrom(...entities), { maxLength: 2 }) }),
        ),
      ),
      feature: optional(fc.constantFrom(...entities)),
    })
    .map(({ end, ...one }) => (end !== undefined && end > one.time ? { ...one, end } : one)) as fc.Arbitrary<Omit<Observation, 'id'>>

const linksAmong = (entities: readonly number[]): fc.Arbitrary<Link> =>
  fc.record({
    source: fc.constantFrom(...entities),
    name: fc.constantFrom('location', 'location', 'kind'),
    target: fc.constantFrom(...entities),
  })

function uniqueLinks(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((link) => [Object.values(link).join(' '), link])).values()]
}

/** What query/relations.ts says, over the arrays. */
export function relatedIn(town: Town): Related {
  const seriesOf = ({ series }: Observation) => town.series.find(({ id }) => id === series)
  const placed = ({ parameters }: Observation) =>
    Array.isArray(parameters?.['locations']) ? (parameters['locations'] as readonly unknown[]) : []
  const pick = (ids: readonly unknown[]) => town.entity.filter(({ id }) => ids.includes(id))
  const dataset = (one: { readonly dataset: number }) => town.dataset.filter(({ id }) => id === one.dataset)
  const relations: { readonly [N in Noun]: Readonly<Record<string, (item: Nouns[N]) => readonly Item[]>> } = {
    dataset: {
      entities: ({ id }) => town.entity.filter((one) => one.dataset === id),
      series: ({ id }) => town.series.filter((one) => one.dataset === id),
    },
    entity: {
      dataset,
      series: ({ id }) => town.series.filter((one) => one.entity === id && one.kind === 'value'),
      locations: ({ id }) => pick(town.links.flatMap((link) => (link.source === id && link.name === 'location' ? [link.target] : []))),
      things: ({ id }) => pick(town.links.flatMap((link) => (link.target === id && link.name === 'location' ? [link.source] : []))),
      placements: ({ id }) =>
        town.observation.filter((one) => (seriesOf(one)?.entity === id && seriesOf(one)?.kind === 'place') || placed(one).includes(id)),
      sensing: ({ id }) => town.series.filter((one) => one.sensor === id),
      featured: ({ id }) => town.series.filter((one) => one.feature === id),
      ultimateOf: ({ id }) => town.series.filter(({ ultimates = [] }) => ultimates.includes(id)),
      kinds: ({ id }) => pick(town.links.flatMap((link) => (link.source === id && link.name === 'kind' ? [link.target] : []))),
      kindOf: ({ id }) => pick(town.links.flatMap((link) => (link.target === id && link.name === 'kind' ? [link.source] : []))),
      tasking: ({ id }) => town.series.filter((one) => one.entity === id && one.kind === 'task'),
      observing: ({ id }) =>
        town.series.filter((one) => one.property === id || one.parts?.some(({ property }) => property === id) === true),
      observations: ({ id }) => town.observation.filter((one) => (one.feature ?? seriesOf(one)?.feature) === id),
    },
    series: {
      dataset,
      entity: ({ entity }) => pick([entity]),
      property: ({ property }) => pick([property]),
      observed: ({ property, parts }) => pick(parts?.map((part) => part.property) ?? [property]),
      sensor: ({ sensor }) => pick([sensor]),
      feature: ({ feature }) => pick([feature]),
      ultimates: ({ ultimates = [] }) => pick(ultimates),
      observations: ({ id }) => town.observation.filter((one) => one.series === id),
    },
    observation: {
      dataset,
      series: (one) => town.series.filter(({ id }) => id === one.series),
      feature: (one) => pick([one.feature ?? seriesOf(one)?.feature]),
      thing: (one) => pick([seriesOf(one)?.entity]),
      places: (one) => pick(placed(one)),
    },
  }
  const nounOf = (item: Item): Noun =>
    'slug' in item ? 'dataset' : 'role' in item ? 'entity' : 'attribute' in item ? 'series' : 'observation'
  return (item, through) => {
    if (typeof through !== 'string') return (town[through.to] as readonly Item[]).filter(({ id }) => id === idAt(item, through))
    return (relations[nounOf(item)] as Readonly<Record<string, (item: Item) => readonly Item[]>>)[through]?.(item) ?? []
  }
}
