/**
 * path: a resource path read into the items it is about (18-088 req/resource-path, 23-019 req/api/read/paths).
 *
 *   path     = [ set [ key ] { "/" link [ key ] } [ "/" property { "/" key-of-JSON } ] [ "/$value" | "/$ref" ] ]
 *   key      = "(" ( number | "'" text "'" | text ) ")"      a quote inside the text is doubled
 */
import { Problem } from '../../problem.ts'
import { and, equals, everything, type Filter } from '../../query/filter.ts'
import {
  iriOf,
  navigationOf,
  propertyOf,
  refuseUnsupported,
  type EntityType,
  type Navigation,
  type SetName,
  type Version,
} from './version.ts'

/** A number is our id; a text is the IRI of an entity. */
export type Key = number | string

export interface Step {
  readonly type: EntityType
  /** How it was reached; absent on the first step. */
  readonly by?: Navigation
  readonly key?: Key
  /** One item: by its key, or because only one is related. */
  readonly single: boolean
}

export interface ResourcePath {
  /** Empty: the service root. */
  readonly steps: readonly Step[]
  /** The property, then keys into its JSON. */
  readonly property: readonly string[]
  readonly ending: 'none' | 'value' | 'ref'
}

/** So many segments lead anywhere in a model of eight sets. */
const LONGEST = 50

/** Those that are read lately are remembered: sensors post to the same few addresses again and again. */
const REMEMBERED = 5000
const SHORT = 100

export function pathReader(version: Version): (text: string) => ResourcePath {
  const known = new Map<string, ResourcePath>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const path = parsePath(text, version)
    if (known.size >= REMEMBERED) known.clear()
    if (text.length <= SHORT) known.set(text, path)
    return path
  }
}

/** `text` is decoded, without the leading slash. Throws `not-found` for a path that leads nowhere. */
export function parsePath(text: string, version: Version): ResourcePath {
  const segments = segmentsOf(text)
  if (segments.length > LONGEST) fail('it is too long')
  const ending = endingOf(segments)
  if (ending !== 'none') segments.pop()
  const steps: Step[] = []
  for (const [i, segment] of segments.entries()) {
    const step = stepOf(segment, steps.at(-1), version)
    if (step === undefined) return finished(steps, segments.slice(i), ending)
    steps.push(step)
  }
  return finished(steps, [], ending)
}

function finished(steps: readonly Step[], property: readonly string[], ending: ResourcePath['ending']): ResourcePath {
  const last = steps.at(-1)
  const [name] = property
  if (name !== undefined && !(last?.single && propertyOf(last.type, name))) fail(`there is no “${name}”`)
  if (ending === 'value' && name === undefined) fail('$value is about a property')
  if (ending === 'ref' && (name !== undefined || last === undefined)) fail('$ref is about related entities')
  return { steps, property, ending }
}

/** Split at slashes that are not inside quotes. */
function segmentsOf(text: string): string[] {
  const segments = text.match(/(?:'[^']*'|[^/'])+/g) ?? []
  if (segments.join('/') !== text.replace(/^\/|\/$/g, '')) fail('it is not well formed')
  return segments
}

function endingOf(segments: readonly string[]): ResourcePath['ending'] {
  const last = segments.at(-1)
  if (last === '$value') return 'value'
  return last === '$ref' ? 'ref' : 'none'
}

const SEGMENT = /^([A-Za-z]+)(?:\((.*)\))?$/s

function stepOf(segment: string, before: Step | undefined, version: Version): Step | undefined {
  const [, name = '', inside] = SEGMENT.exec(segment) ?? []
  if (before === undefined) {
    refuseUnsupported(version, name)
    const { types } = version
    const type = Object.hasOwn(types, name) ? types[name as SetName] : undefined
    return type === undefined ? fail(`there is no “${segment}”`) : { type, single: inside !== undefined, ...keyed(inside, type) }
  }
  const by = navigationOf(before.type, name)
  if (by === undefined) return undefined
  if (!before.single) fail(`“${name}” is asked of many; choose one`)
  if (!by.many && inside !== undefined) fail(`“${name}” is only one and takes no id`)
  return { type: by.type, by, single: !by.many || inside !== undefined, ...keyed(inside, by.type) }
}

function keyed(inside: string | undefined, type: EntityType): Pick<Step, 'key'> {
  return inside === undefined ? {} : { key: keyOf(inside, type) }
}

function keyOf(inside: string, type: EntityType): Key {
  const quoted = /^'((?:[^']|'')*)'$/s.exec(inside)
  const text = quoted?.[1]?.replaceAll("''", "'") ?? inside
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  if ((quoted === null && /['()\s]/.test(text)) || text === '') fail(`“${inside}” is not an id`)
  return type.noun === 'entity' ? iriOf(type, text) : -1
}

function fail(reason: string): never {
  throw new Problem('not-found', { en: `The path leads nowhere: ${reason}.`, de: `Der Pfad führt ins Leere: ${reason}.` })
}

/** What the last step is about. `door` is the dataset whose own door was used. */
export function whereOf(steps: readonly Step[], door?: number): Filter {
  const last = steps.at(-1)
  if (last === undefined) return everything
  const before = steps.slice(0, -1)
  const own = and(last.type.where, last.key === undefined ? everything : isKey(last.key), doorOf(last, door))
  return before.length === 0 ? own : and(hangsOn(last, before, door), own)
}

/** Sensors, observed properties and features may be shared by datasets: what a Datastream of this one names is seen with it. */
function doorOf({ type, by }: Step, door: number | undefined): Filter {
  const shared = by !== undefined && type.noun === 'entity' && type.role !== 'thing' && type.role !== 'location'
  return door === undefined || shared ? everything : equals(['dataset'], door)
}

export function isKey(key: Key): Filter {
  return typeof key === 'number' ? equals(['id'], key) : equals(['iri'], key)
}

/** The fields that name the related item, so that its index answers. */
const KEYS: ReadonlySet<string> = new Set(['series', 'entity', 'sensor', 'property'])

/** The relations whose related id is looked up: asked for by nothing but the id, an index answers them too. */
const IDS: ReadonlySet<string> = new Set(['feature', 'thing'])

/** Datastreams and MultiDatastreams are both series: what is asked below one must not be found below the other. */
function ownSet(back: string, { where }: EntityType): Filter {
  return back === 'series' ? { is: 'some', through: back, where } : everything
}

function hangsOn({ by }: Step, before: readonly Step[], door: number | undefined): Filter {
  const parent = before.at(-1)
  const back = by?.back ?? ''
  const direct = before.length === 1 && typeof parent?.key === 'number'
  if (direct && KEYS.has(back) && by?.many) return and(equals([back], parent.key), ownSet(back, parent.type))
  const where = direct && IDS.has(back) ? equals(['id'], parent.key) : whereOf(before, door)
  return { is: 'some', through: back, where }
}
