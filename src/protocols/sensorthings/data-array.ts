/** data-array: Observations as rows of values, read and written (18-088 req/data-array). */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Observation } from '../../model/observation.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import type { Page } from '../../query/query.ts'
import type { NewObservation } from '../../service/service.ts'
import { overObservation } from './items.ts'
import { V1 } from './v1/names.ts'
import type { Options } from './options.ts'
import { refused } from './body.ts'
import { isInParts } from './render.ts'
import type { EntityType, Version } from './version.ts'

/** What a row may hold: all that an Observation of the version has. */
const allOf = ({ types }: Version): readonly string[] => [
  'id',
  ...Object.keys(types.Observations?.properties ?? {}).filter((name) => name !== 'id'),
]

/** Grouped by Datastream, in the order in which they come. */
export function renderDataArray(page: Page, type: EntityType, { select }: Options, base: string, next: string | undefined): string {
  const { version } = type
  const { mark } = version
  const components = select?.map(([name = '']) => (name === version.id ? 'id' : name)) ?? allOf(version)
  const read = components.map((name) => (name === 'id' ? (item: object) => ('id' in item ? item.id : null) : type.readers[name]))
  const row = (item: object) => `[${read.map((value) => JSON.stringify(value?.(item) ?? null)).join(',')}]`
  const groups = Map.groupBy(page.items, (item) => streamOf(item, version))
  const value = [...groups].map(
    ([stream, items]) =>
      `{"${stream.slice(0, stream.indexOf('s('))}${mark}navigationLink":"${base}/${stream}","components":${JSON.stringify(components)},"dataArray${mark}count":${items.length},"dataArray":[${items.map(row).join(',')}]}`,
  )
  const count = page.total === undefined ? '' : `"${mark}count":${page.total},`
  const more = next === undefined ? '' : `,"${mark}nextLink":${JSON.stringify(next)}`
  return `{${count}"value":[${value.join(',')}]${more}}`
}

/** "Datastreams(7)" */
function streamOf(item: object, { types }: Version): string {
  return `${isInParts(item) && types.MultiDatastreams ? 'MultiDatastreams' : 'Datastreams'}(${(item as Observation).series})`
}

/** One row of CreateObservations, or why it cannot be read. */
export type Row = NewObservation | Problem

const LARGEST = 1_000_000

/** Every row on its own; what is wrong with a whole group is refused. Throws `invalid-body` with the pointer. */
export function parseDataArrays(body: Json, version: Version): readonly Row[] {
  if (!Array.isArray(body)) throw refused('', { en: 'CreateObservations takes a list.', de: 'CreateObservations nimmt eine Liste.' })
  const rows = body.flatMap((group: Json, i) => rowsOf(group, version, `/${i}`))
  if (rows.length > LARGEST) throw new Problem('too-large', `More than ${LARGEST} Observations at once.`)
  return rows
}

/** Into which series, and what each of its rows holds. */
interface Columns extends Pick<NewObservation, 'series' | 'of'> {
  readonly names: readonly string[]
  readonly type: EntityType
}

function rowsOf(group: Json, version: Version, pointer: string): readonly Row[] {
  if (!isObject(group)) throw refused(pointer, { en: 'A group is an object.', de: 'Eine Gruppe ist ein Objekt.' })
  const type = version.types.Observations as EntityType
  const parts = type.navigation['MultiDatastream'] !== undefined && group['MultiDatastream'] !== undefined
  const series = seriesIn(group, parts ? 'MultiDatastream' : 'Datastream', type, pointer)
  if (series === undefined || (parts && group['Datastream'] !== undefined))
    throw refused(`${pointer}/Datastream`, {
      en: 'A group names its Datastream or its MultiDatastream.',
      de: 'Eine Gruppe nennt ihren Datastream oder ihren MultiDatastream.',
    })
  const { components, dataArray } = group
  if (!Array.isArray(components) || !Array.isArray(dataArray))
    throw refused(pointer, { en: 'A group has components and a dataArray.', de: 'Eine Gruppe hat components und ein dataArray.' })
  const names = (components as readonly Json[]).map((name, i) => componentOf(name, version, `${pointer}/components/${i}`))
  if (!names.includes('result')) throw refused(`${pointer}/components`, { en: '“result” is missing.', de: '„result“ fehlt.' })
  // A Datastream of 2.0 may have results in parts, too.
  const of = type.navigation['Datastream']?.where === undefined ? undefined : parts ? 'parts' : 'whole'
  const columns: Columns = { names, type, series, ...(of && { of }) }
  return (dataArray as readonly Json[]).map((row, i) => rowOf(row, columns, `${pointer}/dataArray/${i}`))
}

function seriesIn(group: JsonObject, name: string, type: EntityType, pointer: string): number | undefined {
  const link = group[name]
  if (!isObject(link)) return undefined
  const target = type.navigation[name]?.type
  const said = link['@iot.id'] ?? link['id'] ?? (target && type.version.linkIn(link, target, `${pointer}/${name}`))
  return idOf(said)
}

/** A number, or a text of digits. */
function idOf(said: Json | undefined): number | undefined {
  const key = typeof said === 'string' && /^\d{1,16}$/.test(said) ? Number(said) : said
  return typeof key === 'number' && Number.isSafeInteger(key) && key >= 0 ? key : undefined
}

function featureOf(said: Json, pointer: string): number | undefined {
  const id = idOf(said)
  if (id !== undefined || said === null) return id
  throw refused(pointer, {
    en: `${JSON.stringify(said)} is no id of a feature.`,
    de: `${JSON.stringify(said)} ist keine Kennung eines Features.`,
  })
}

/** Where a row names the feature by its id: as 1.1 calls it, and as 2.0 does. */
const FEATURES = ['FeatureOfInterest', 'ProximateFeatureOfInterest']

function componentOf(name: Json, version: Version, pointer: string): string {
  const known = typeof name === 'string' ? name.replace(/\/@iot\.id$/, '/id') : ''
  const feature = FEATURES.some((link) => known === `${link}/id` && version.types.Observations?.navigation[link] !== undefined)
  if (feature) return FEATURE
  if (allOf(version).includes(known)) return known
  throw refused(pointer, {
    en: `There is no component “${JSON.stringify(name)}”.`,
    de: `Eine Komponente „${JSON.stringify(name)}“ gibt es nicht.`,
  })
}

const FEATURE = 'feature'

function rowOf(row: Json, { names, type, series, of }: Columns, pointer: string): Row {
  try {
    if (!Array.isArray(row) || row.length !== names.length)
      throw refused(pointer, { en: `A row has ${names.length} values.`, de: `Eine Zeile hat ${names.length} Werte.` })
    const said: Record<string, Json> = {}
    let feature: number | undefined
    for (const [i, name] of names.entries()) {
      const value = (row as readonly Json[])[i] ?? null
      if (name === FEATURE) feature = featureOf(value, `${pointer}/${i}`)
      else if (name !== 'id' && (value !== null || name === 'result')) said[name] = type.version.check(type, name, value, `${pointer}/${i}`)
    }
    const { fields } = type.version.plain({ type, pointer, fields: said, links: NO_LINKS })
    return observationOf(fields, series, feature, pointer, of)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const NO_LINKS = {}

/** An Observation in a Datastream that is there, ready to be appended. */
export function observationOf(
  fields: Readonly<Record<string, Json>>,
  series: number,
  feature: number | undefined,
  pointer: string,
  of: NewObservation['of'],
): NewObservation {
  const time = typeof fields['phenomenonTime'] === 'string' ? '' : now()
  const fresh = { id: 0, series, dataset: 0, time, result: null, of, ...(feature !== undefined && { feature }) }
  const { id: _, dataset: __, ...observation } = overObservation(fresh, { type: V1.types.Observations, pointer, fields, links: NO_LINKS })
  return observation
}
