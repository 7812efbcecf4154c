/** plain: what a body of 2.0 says in the words of 1.1, in which everything is written: one way of writing, whatever asked for it. */
import { defined } from '../../../model/defined.ts'
import type { Json, JsonObject } from '../../../model/json.ts'
import type { Series } from '../../../model/series.ts'
import { equals } from '../../../query/filter.ts'
import { Problem } from '../../../problem.ts'
import type { Found } from '../../../query/query.ts'
import { isDraft, keyOf, refused, type Draft, type Target } from '../body.ts'
import { V1 } from '../v1/names.ts'
import type { EntityType, Navigation } from '../version.ts'
import { componentsOf, type Component } from './result-type.ts'

/** A Datastream may have any results, and a feature of its own. */
const stream: EntityType = { ...V1.types.Datastreams, version: V1, where: equals(['kind'], 'value') }
const feature: Navigation = {
  name: 'FeatureOfInterest',
  to: 'FeaturesOfInterest',
  type: V1.types.FeaturesOfInterest,
  many: false,
  through: 'feature',
  back: 'featured',
  key: 'feature',
}
const ultimates: Navigation = { ...feature, name: 'UltimateFeaturesOfInterest', many: true, through: 'ultimates', back: 'ultimateOf' }
const { key: _key, ...ultimate } = ultimates
const withFeature = (type: EntityType): EntityType => ({
  ...type,
  version: V1,
  navigation: { ...type.navigation, FeatureOfInterest: feature, UltimateFeaturesOfInterest: ultimate },
})
const single = withFeature(V1.types.Datastreams)
const multiple = withFeature(V1.types.MultiDatastreams)
const toStream: Navigation = { ...V1.types.Observations.navigation['Datastream'], type: stream } as Navigation
const { where: _whole, ...anyStream } = toStream
const observation: EntityType = {
  ...V1.types.Observations,
  version: V1,
  navigation: { ...V1.types.Observations.navigation, Datastream: { ...anyStream, type: stream } },
}

/** `item` is what it changes. Throws `invalid-body` and `not-implemented` with the place. */
export function inWordsOfOne(draft: Draft, item?: Found): Draft {
  const links = Object.fromEntries(Object.entries(draft.links).map(([name, targets]) => [LINKS[name] ?? name, targets.map(plainTarget)]))
  const { type, pointer, fields, given } = draft
  const common = { pointer, links, ...(given !== undefined && { given }) }
  const series = item !== undefined && 'observationType' in item ? item : undefined
  if (type.set === 'Datastreams') return datastream({ ...draft, links }, series)
  if (type.set === 'Observations') return { ...common, type: observation, fields: observed(fields) }
  if (type.set === 'HistoricalLocations') return { ...common, type: V1.types.HistoricalLocations, fields }
  return { ...common, type: writtenAs(type), fields: described(fields, item === undefined) }
}

const LINKS: Readonly<Record<string, string>> = { ProximateFeatureOfInterest: 'FeatureOfInterest' }

/** What 1.1 does not have is written as it is. */
function writtenAs(type: EntityType): EntityType {
  if (type.set === 'Features') return featureOf(type)
  return V1.types[type.set as 'Things'] ?? type
}

function featureOf({ navigation }: EntityType): EntityType {
  const ways = Object.values(navigation).filter(({ name }) => name !== 'Observations')
  const led = (way: Navigation): Navigation => (way.to === 'Datastreams' ? { ...way, type: stream } : { ...way, type: way.type })
  return {
    ...V1.types.FeaturesOfInterest,
    version: V1,
    navigation: { ...V1.types.FeaturesOfInterest.navigation, ...Object.fromEntries(ways.map((way) => [way.name, led(way)])) },
  }
}

const plainTarget = (target: Target): Target => (isDraft(target) ? inWordsOfOne(target) : target)

/** A description that is missing is empty in 1.1, and the other way round. */
function described({ description, ...fields }: JsonObject, fresh: boolean): JsonObject {
  return description === undefined && !fresh ? fields : { ...fields, description: description ?? '' }
}

function observed({ phenomenonTime, validTime, properties, ...fields }: JsonObject): JsonObject {
  return {
    ...fields,
    ...(phenomenonTime !== undefined && { phenomenonTime: spelled(phenomenonTime) }),
    ...(validTime !== undefined && { validTime: spelled(validTime) }),
    ...(properties !== undefined && { parameters: properties }),
  }
}

function spelled(period: Json): Json {
  if (period === null) return null
  const { start, end } = period as { start: string; end?: string | null }
  return end === undefined || end === null ? start : `${start}/${end}`
}

function datastream(draft: Draft, old?: Series): Draft {
  const { resultType, resultEncoding, definition, ...fields } = draft.fields
  const kept = { resultType, resultEncoding, definition }
  const schema = Object.fromEntries(
    Object.entries({ ...old?.schema, ...defined(kept) }).filter(([, value]) => value !== null),
  ) as JsonObject
  const said = { ...draft, fields: { ...described(fields, old === undefined), schema } }
  if (resultType === undefined) return { ...said, type: old?.parts === undefined ? single : multiple, links: withoutProperties(draft) }
  const { record, components } = componentsOf(resultType as JsonObject, `${draft.pointer}/resultType`)
  if (old !== undefined && (old.parts !== undefined) !== record) throw otherStructure()
  return record ? inParts(said, components, old) : ofOnePiece(said, components)
}

/** The observed properties are what the result type says. */
function withoutProperties({ links, pointer }: Draft): Draft['links'] {
  if (links['ObservedProperties'] === undefined) return links
  throw refused(`${pointer}/ObservedProperties`, { en: 'They are what resultType says.', de: 'Sie stehen im resultType.' })
}

function ofOnePiece(draft: Draft, components: readonly Component[]): Draft {
  const [component] = components
  const { ObservedProperties: properties, ...links } = draft.links
  const named = components.map((one) => propertyOf(one, properties))
  refuseOthers(draft, named)
  const fields = { ...draft.fields, observationType: component?.observationType ?? '', unitOfMeasurement: component?.unit ?? {} }
  return { ...draft, type: single, fields, links: { ...links, ObservedProperty: named } }
}

/** One that is changed keeps its observed properties. */
function inParts(draft: Draft, components: readonly Component[], old?: Series): Draft {
  const { ObservedProperties: properties, ...links } = draft.links
  const named = components.map((one) => propertyOf(one, properties))
  refuseOthers(draft, named)
  const same =
    old?.parts?.length === named.length && named.every((target, i) => !isDraft(target) && target.key === old.parts?.[i]?.property)
  if (old !== undefined && !same) throw otherStructure()
  const fields = {
    ...draft.fields,
    unitOfMeasurements: components.map(({ unit }) => unit),
    multiObservationDataTypes: components.map(({ observationType }) => observationType),
    names: components.map(({ name }) => name),
  }
  return { ...draft, type: multiple, fields, links: { ...links, ...(old === undefined && { ObservedProperties: named }) } }
}

/** An address of an ObservedProperty, or the definition of one that is made along. */
function propertyOf({ definition, pointer }: Component, made: readonly Target[] = []): Target {
  const along = made.find((target) => isDraft(target) && target.fields['definition'] === definition)
  if (along !== undefined) return along
  const [, key] = /(?:^|\/)ObservedProperties\(([^()]+)\)$/.exec(definition) ?? []
  if (key !== undefined) return { key: keyOf(key.replace(/^'(.*)'$/, '$1'), V1.types.ObservedProperties, pointer), pointer }
  throw refused(pointer, {
    en: `“${definition}” is no address such as ObservedProperties(1), and no ObservedProperty of that definition is made along.`,
    de: `„${definition}“ ist keine Adresse wie ObservedProperties(1), und es wird keine ObservedProperty mit dieser definition angelegt.`,
  })
}

function refuseOthers({ links, pointer }: Draft, named: readonly Target[]): void {
  const is = (a: Target) => (b: Target) => (isDraft(a) || isDraft(b) ? a === b : a.key === b.key)
  if ((links['ObservedProperties'] ?? []).every((one) => named.some(is(one)))) return
  throw refused(`${pointer}/ObservedProperties`, {
    en: 'The ObservedProperties are those that resultType names.',
    de: 'Die ObservedProperties sind die, die resultType nennt.',
  })
}

function otherStructure(): Problem {
  return new Problem('conflict', {
    en: 'The structure of the resultType cannot be changed.',
    de: 'Der Aufbau des resultType kann nicht geändert werden.',
  })
}
