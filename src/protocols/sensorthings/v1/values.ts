/** values: what each property of an item is worth in the JSON of 1.1; undefined where the standard leaves it out. */
import { polygonOf } from '../../../model/geometry.ts'
import type { Entity } from '../../../model/entity.ts'
import type { Interval } from '../../../model/time.ts'
import type { Observation } from '../../../model/observation.ts'
import type { Series, Unit } from '../../../model/series.ts'
import type { Readers as Woven } from '../version.ts'

export const GEOJSON = 'application/geo+json'

type Reader<T> = (item: T) => unknown
type Readers<T> = Readonly<Record<string, Reader<T>>>

const described: Readers<Entity> = { name: ({ name }) => name, description: ({ description }) => description }
const properties: Reader<Entity> = ({ attributes }) => attributes
/** A Feature, or what is not GeoJSON, is kept verbatim beside the geometry. */
const place: Reader<Entity> = ({ about, geometry }) => about['location'] ?? geometry
const encoding: Reader<Entity> = ({ about }) => about['encodingType'] ?? GEOJSON

const thing: Readers<Entity> = { ...described, properties }
const location: Readers<Entity> = { ...described, encodingType: encoding, location: place, properties }
const feature: Readers<Entity> = { ...described, encodingType: encoding, feature: place, properties }
const sensor: Readers<Entity> = {
  ...described,
  encodingType: ({ about }) => about['encodingType'] ?? 'text/plain',
  metadata: ({ about, description }) => about['metadata'] ?? description,
  properties,
}
const observedProperty: Readers<Entity> = { ...described, definition: ({ about, iri }) => about['definition'] ?? iri, properties }

const unitShown = ({ name, symbol, definition }: Unit) => ({ name: name ?? null, symbol: symbol ?? null, definition: definition ?? null })

const head: Readers<Series> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  observationType: ({ observationType }) => observationType,
}
const rest: Readers<Series> = {
  observedArea: ({ observedArea }) => observedArea && polygonOf(observedArea),
  phenomenonTime: ({ period }) => period && timeOf(period),
  resultTime: ({ resultPeriod }) => resultPeriod && timeOf(resultPeriod),
  properties: (series) => series.properties,
}
const datastream: Readers<Series> = { ...head, unitOfMeasurement: ({ unit }) => unitShown(unit), ...rest }
const multiDatastream: Readers<Series> = {
  ...head,
  multiObservationDataTypes: ({ parts }) => parts?.map(({ observationType }) => observationType),
  unitOfMeasurements: ({ parts }) => parts?.map(({ unit }) => unitShown(unit)),
  ...rest,
}

const observation: Readers<Observation> = {
  phenomenonTime: ({ time, end }) => (end === undefined ? time : `${time}/${end}`),
  result: ({ result }) => result,
  resultTime: ({ resultTime }) => resultTime ?? null,
  resultQuality: ({ quality }) => quality,
  validTime: ({ valid }) => valid && timeOf(valid),
  parameters: (item) => item.parameters,
}

const taskingCapability: Readers<Series> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  taskingParameters: ({ schema }) => schema,
  properties: (series) => series.properties,
}
const task: Readers<Observation> = { creationTime: ({ time }) => time, taskingParameters: ({ result }) => result }
const historicalLocation: Readers<Observation> = { time: ({ time }) => time }

function timeOf({ start, end }: Interval): string {
  return `${start}/${end}`
}

const READERS = {
  Things: thing,
  Locations: location,
  HistoricalLocations: historicalLocation,
  Datastreams: datastream,
  MultiDatastreams: multiDatastream,
  Sensors: sensor,
  ObservedProperties: observedProperty,
  Observations: observation,
  FeaturesOfInterest: feature,
  TaskingCapabilities: taskingCapability,
  Actuators: sensor,
  Tasks: task,
}

/** The readers of each set. */
export const VALUES = READERS as unknown as Readonly<Record<keyof typeof READERS, Woven>>
