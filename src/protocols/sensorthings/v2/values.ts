/** values: what each property of an item is worth in the JSON of 2.0; undefined where it has none. Times that last are objects. */
import { polygonOf } from '../../../model/geometry.ts'
import type { Entity } from '../../../model/entity.ts'
import type { Json, JsonObject } from '../../../model/json.ts'
import { isNamed, recordOf } from '../../../model/named-result.ts'
import type { Observation } from '../../../model/observation.ts'
import type { Series } from '../../../model/series.ts'
import { GEOJSON } from '../v1/values.ts'
import type { Readers as Woven } from '../version.ts'
import { resultTypeOf } from './result-type.ts'

type Readers<T> = Readonly<Record<string, (item: T) => unknown>>

const unlessEmpty = (text: string): string | undefined => (text === '' ? undefined : text)
const orNothing = (value: Json | undefined): Json | undefined => (value === null ? undefined : value)
const filled = (object: JsonObject | undefined): JsonObject | undefined =>
  object === undefined || Object.keys(object).length === 0 ? undefined : object

const described: Readers<Entity> = {
  name: ({ name }) => name,
  definition: ({ about }) => orNothing(about['definition']),
  description: ({ description }) => unlessEmpty(description),
}
const properties = ({ attributes }: Entity) => filled(attributes)
/** A Feature, or what is not GeoJSON, is kept verbatim beside the geometry. */
const place = ({ about, geometry }: Entity) => about['location'] ?? geometry
const encodingType = ({ about }: Entity) => about['encodingType'] ?? GEOJSON

const datastream: Readers<Series> = {
  name: ({ name }) => name,
  definition: ({ schema }) => orNothing(schema?.['definition']),
  description: ({ description }) => unlessEmpty(description),
  resultType: resultTypeOf,
  /** Results that have parts are lists where 2.0 has said nothing else of them. */
  resultEncoding: (series) =>
    orNothing(series.schema?.['resultEncoding']) ??
    (series.parts === undefined || isNamed(series) ? undefined : { type: 'JSONEncoding', recordsAsArrays: true }),
  observedArea: ({ observedArea }) => observedArea && polygonOf(observedArea),
  phenomenonTime: ({ period }) => period,
  resultTime: ({ resultPeriod }) => resultPeriod,
  properties: (series) => filled(series.properties),
}

const observation: Readers<Observation> = {
  phenomenonTime: ({ time, end }) => (end === undefined ? { start: time } : { start: time, end }),
  result: ({ result, names }) => (names !== undefined && Array.isArray(result) ? recordOf(result as readonly Json[], names) : result),
  resultTime: ({ resultTime }) => resultTime,
  validTime: ({ valid }) => valid,
  properties: ({ parameters }) => filled(parameters),
}

const READERS = {
  Things: { ...described, properties },
  Locations: { ...described, encodingType, location: place, properties },
  HistoricalLocations: { time: ({ time }: Observation) => time },
  Datastreams: datastream,
  Sensors: {
    ...described,
    encodingType: ({ about }: Entity) => orNothing(about['encodingType']),
    metadata: ({ about }: Entity) => orNothing(about['metadata']),
    properties,
  },
  ObservedProperties: { ...described, definition: ({ about, iri }: Entity) => about['definition'] ?? iri, properties },
  Observations: observation,
  Features: { ...described, encodingType, feature: place, properties },
  FeatureTypes: { ...described, properties },
}

/** The readers of each set. */
export const VALUES = READERS as unknown as Readonly<Record<keyof typeof READERS, Woven>>
