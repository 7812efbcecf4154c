/**
 * version: what a version of SensorThings is: its sets with their properties and links, and the words it has on the wire. 1.1 is in v1/,
 * 2.0 in v2/; everything else works by these tables and is shared by both.
 */
import type { Role } from '../../model/entity.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Noun } from '../../model/noun.ts'
import { equals, type Filter, type Path, type Through } from '../../query/filter.ts'
import { Problem } from '../../problem.ts'
import type { Found } from '../../query/query.ts'
import type { Draft } from './body.ts'
import type { Key } from './path.ts'

export type SetName =
  | 'Things'
  | 'Locations'
  | 'HistoricalLocations'
  | 'Datastreams'
  | 'MultiDatastreams'
  | 'Sensors'
  | 'ObservedProperties'
  | 'Observations'
  | 'FeaturesOfInterest'
  | 'Features'
  | 'FeatureTypes'
  | 'TaskingCapabilities'
  | 'Actuators'
  | 'Tasks'

/**
 * How a property is asked for. An 'interval' may be an instant too: then its end is missing. A 'shape' is GeoJSON that is kept as
 * the entity's geometry; what is not GeoJSON is in `about.location`. 'each' is a list of what each member of another list has.
 * Of an 'inner' interval one may ask for its start and its end. Of what is 'inside' something put together some paths may be asked for.
 */
export type Property =
  | { readonly is: 'plain' | 'time' | 'json'; readonly path: Path }
  | { readonly is: 'interval'; readonly path: Path; readonly end: Path; readonly inner?: true }
  | { readonly is: 'shape'; readonly path: Path; readonly inner: Path }
  | { readonly is: 'area'; readonly path: Path }
  | { readonly is: 'each'; readonly path: Path; readonly of: string }
  | { readonly is: 'inside'; readonly paths: Readonly<Record<string, Path>> }

export interface Navigation {
  readonly name: string
  readonly to: SetName
  /** The set that it leads to, in the same version. */
  readonly type: EntityType
  readonly many: boolean
  /** What leads there, and the relation that leads back (query/relations.ts); nothing leads back along a link of one's own. */
  readonly through: Through
  readonly back: string
  /** What of the related items belongs to the set, where the relation leads to others too. */
  readonly where?: Filter
  /** The field that holds the id of the related item, where it is in the item itself. */
  readonly key?: string
}

/** What each property of an item is worth in JSON, in the order in which they are written; they take an item of the set's noun. */
export type Readers = Readonly<Record<string, (item: object) => unknown>>

export interface EntityType {
  readonly version: Version
  readonly set: SetName
  /** What one of the set is called: "Thing". */
  readonly one: string
  readonly noun: Noun
  /** Of an entity. */
  readonly role?: Role
  /** What of the noun belongs to the set. */
  readonly where: Filter
  readonly properties: Readonly<Record<string, Property>>
  readonly navigation: Readonly<Record<string, Navigation>>
  readonly readers: Readers
  /** What a new one cannot be without. */
  readonly required: readonly string[]
  /** What may be left out, and is then empty. */
  readonly blank: JsonObject
}

export interface Version {
  readonly number: 'v1.1' | 'v2.0'
  /** Where it is mounted. */
  readonly base: '/sta/v1.1' | '/sta/v2.0'
  /** What stands before the names of annotations: "@iot.count". */
  readonly mark: string
  /** What the address of an entity is called, and its id. */
  readonly self: string
  readonly id: string
  /** Entities say their address and id whatever is selected, and what they are a part of stands before them. */
  readonly tells: boolean
  /** What a path says goes before what a body says; otherwise the two must agree. */
  readonly pathWins: boolean
  /** Changes are answered without content, unless that is preferred. */
  readonly quiet: boolean
  /** Sets and links that the standard has and this service has not. */
  readonly unsupported: readonly string[]
  readonly types: Readonly<Partial<Record<SetName, EntityType>>>
  /** The value, if the property may have it. Throws `invalid-body` with the pointer. */
  check(type: EntityType, name: string, value: Json, pointer: string): Json
  /** What names an entity that is there, where a body says nothing else of it. */
  linkIn(body: JsonObject, type: EntityType, pointer: string): Key | undefined
  /** Where the answer is described, as the first member of its JSON; empty where nothing is said. */
  context(base: string, of: string): string
  /** A single property as JSON. */
  property(base: string, name: string, value: unknown): string
  /** What a body says in the words of 1.1, in which it is written; `item` is what it changes. */
  plain(draft: Draft, item?: Found): Draft
}

/** A set as it is written down: a link says where it leads by a name. */
export type Table = Omit<EntityType, 'version' | 'navigation'> & { readonly navigation: Readonly<Record<string, Way>> }
export type Way = Omit<Navigation, 'type'>

/** The version with its tables, in which links lead to the sets themselves. */
export function weave<S extends SetName>(
  words: Omit<Version, 'types'>,
  tables: Readonly<Record<S, Table>>,
): Version & { readonly types: Readonly<Record<S, EntityType>> } {
  const types: Partial<Record<SetName, EntityType>> = {}
  const version = { ...words, types } as Version & { readonly types: Readonly<Record<S, EntityType>> }
  for (const table of Object.values<Table>(tables)) {
    const leading = (way: Way) => hidden(way, 'type', () => types[way.to] as EntityType)
    const navigation = Object.fromEntries(Object.entries(table.navigation).map(([name, way]) => [name, leading(way)]))
    types[table.set] = hidden({ ...table, navigation }, 'version', () => version)
  }
  return version
}

/** Sets lead to each other in circles: what leads on is there, but is not printed or compared. */
function hidden<T extends object, K extends string, V>(of: T, name: K, get: () => V): T & { readonly [name in K]: V } {
  return Object.defineProperty({ ...of }, name, { get }) as T & { readonly [name in K]: V }
}

export const plain = (...path: Path): Property => ({ is: 'plain', path })
export const time = (...path: Path): Property => ({ is: 'time', path })
export const json = (...path: Path): Property => ({ is: 'json', path })
export const interval = (start: string, end: string): Property => ({ is: 'interval', path: [start], end: [end] })

export const many = (name: SetName, through: string, back: string): Way => ({ name, to: name, many: true, through, back })
export const one = (name: string, to: SetName, through: string, back: string, key?: string): Way => ({
  name,
  to,
  many: false,
  through,
  back,
  ...(key !== undefined && { key }),
})

export const byName = (...of: readonly Way[]): Readonly<Record<string, Way>> => Object.fromEntries(of.map((each) => [each.name, each]))

/** What leads back from where a link leads to, where the standard has it. */
export function backOf({ type, through, back }: Navigation, from: EntityType): Navigation | undefined {
  return Object.values(type.navigation).find((one) => one.to === from.set && one.through === back && one.back === through)
}

/** Whether a row is a value of a Datastream or a placement of a Thing is said by its series. */
export const ofKind = (kind: string): Filter => ({ is: 'some', through: 'series', where: equals(['kind'], kind) })

/** A text that names an entity is its IRI, or becomes one: "baum-7" is urn:ngsi-ld:Thing:baum-7. */
export function iriOf({ one: type }: Pick<EntityType, 'one'>, text: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:./.test(text) ? text : `urn:ngsi-ld:${type}:${encodeURIComponent(text)}`
}

/** "id" is what the standard calls it, "@iot.id" what clients of 1.1 see. */
export function propertyOf({ properties, version }: EntityType, name: string): Property | undefined {
  const known = name === version.id ? 'id' : name
  return Object.hasOwn(properties, known) ? properties[known] : undefined
}

/** Throws `not-implemented` for a link that the standard has and this service has not. */
export function navigationOf({ navigation, version }: EntityType, name: string): Navigation | undefined {
  refuseUnsupported(version, name)
  return Object.hasOwn(navigation, name) ? navigation[name] : undefined
}

export function refuseUnsupported({ unsupported }: Version, name: string): void {
  if (unsupported.includes(name))
    throw new Problem('not-implemented', { en: `${name} are not supported.`, de: `${name} werden nicht unterstützt.` })
}
