/** Entity: a thing in the town and its present state. Things, sensors, places, observed properties and features are all this, by role. */
import type { Geometry } from './geometry.ts'
import type { JsonObject } from './json.ts'
import type { Instant } from './time.ts'

/** What an entity is to the others; the SensorThings entity set it appears in. */
export type Role = 'thing' | 'location' | 'sensor' | 'property' | 'feature' | 'actuator' | 'feature-type'

export interface Entity {
  readonly id: number
  readonly dataset: number
  readonly role: Role
  /** Unique in the tenant: "urn:ngsi-ld:Device:…", or any absolute IRI. */
  readonly iri: string
  /** Terms or IRIs: "AirQualityObserved". */
  readonly types: readonly string[]
  readonly name: string
  readonly description: string
  /** WGS 84, longitude first, as it was given. */
  readonly geometry?: Geometry
  /** Static attributes; what is measured lives in series. */
  readonly attributes: JsonObject
  /** What only one role has: a sensor's encodingType and metadata, a property's definition, a location's own encoding. */
  readonly about: JsonObject
  /** Paths: "/Rathaus/EG". */
  readonly scopes: readonly string[]
  readonly created: Instant
  readonly modified: Instant
}

/** A named connection from one entity to another: a thing to its locations, a relationship to its object. */
export interface Link {
  readonly source: number
  readonly name: string
  readonly target: number
}
