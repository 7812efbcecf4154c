/** data-array: Observations as rows of values, read and written (18-088 req/data-array). */
import { isObject, type Json } from '../../model/json.ts'
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

const ALL = ['id', 'phenomenonTime', 'result', 'resultTime', 'resultQuality', 'validTime', 'parameters']

/** Grouped by Datastream, in the order in which they come. */
export function renderDataArray(page: Page, { select }: Options, base: string, next: string | undefined): string {
  const components = select?.map(([name = '']) => (name === '@iot.id' ? 'id' : name)) ?? ALL
  const readers = { ...V1.types.Observations.readers, id: (item: object) => ('id' in item ? item.id : null) }
  const read = components.map((name) => (Object.hasOwn(readers, name) ? readers[name as keyof typeof readers] : undefined))
  const row = (item: object) => `[${read.map((value) => JSON.stringify(value?.(item) ?? null)).join(',')}]`
  const groups = Map.groupBy(page.items, streamOf)
  const value = [...groups].map(
    ([stream, items]) =>
      `{"${stream.slice(0, stream.indexOf('s('))}@iot.navigationLink":"${base}/${stream}","components":${JSON.stringify(components)},"dataArray@iot.count":${items.length},"dataArray":[${items.map(row).join(',')}]}`,
  )
  const count = page.total === undefined ? '' : `"@iot.count":${page.total},`
  const more = next === undefined ? '' : `,"@iot.nextLink":${JSON.stringify(next)}`
  return `{${count}"value":[${value.join(',')}]${more}}`
}

/** "Datastreams(7)" */
function streamOf(item: object): string {
  return `${isInParts(item) ? 'MultiDatastreams' : 'Datastreams'}(${(item as Observation).series})`
}

/** One row of CreateObservations, or why it cannot be read. */
export type Row = NewObservation | Problem

const LARGEST = 1_000_000

/** Every row on its own; what is wrong with a whole group is refused. Throws `invalid-body` with the pointer. */
export function parseDataArrays(body: Json): readonly Row[] {
  if (!Array.isArray(body)) throw refused('', { en: 'CreateObservations takes a list.', de: 'CreateObservations nimmt eine Liste.' })
  const rows = body.flatMap((group: Json, i) => rowsOf(group, `/${i}`))
  if (rows.length > LARGEST) throw new Problem('too-large', `More than ${LARGEST} Observations at once.`)
  return rows
}

function rowsOf(group: Json, pointer: string): readonly Row[] {
  if (!isObject(group)) throw refused(pointer, { en: 'A group is an object.', de: 'Eine Gruppe ist ein Objekt.' })
  const whole = group['MultiDatastream'] === undefined
  const series = idOf(group[whole ? 'Datastream' : 'MultiDatastream'])
  if (series === undefined || (!whole && group['Datastream'] !== undefined))
    throw refused(`${pointer}/Datastream`, {
      en: 'A group names its Datastream or its MultiDatastream.',
      de: 'Eine Gruppe nennt ihren Datastream oder ihren MultiDatastream.',
    })
  const { components, dataArray } = group
  if (!Array.isArray(components) || !Array.isArray(dataArray))
    throw refused(pointer, { en: 'A group has components and a dataArray.', de: 'Eine Gruppe hat components und ein dataArray.' })
  const names = (components as readonly Json[]).map((name, i) => componentOf(name, `${pointer}/components/${i}`))
  if (!names.includes('result')) throw refused(`${pointer}/components`, { en: '“result” is missing.', de: '„result“ fehlt.' })
  const of = whole ? 'whole' : 'parts'
  return (dataArray as readonly Json[]).map((row, i) => rowOf(row, names, { series, of }, `${pointer}/dataArray/${i}`))
}

function idOf(link: Json | undefined): number | undefined {
  const id = isObject(link) ? (link['@iot.id'] ?? link['id']) : undefined
  const key = typeof id === 'string' ? Number(id) : id
  return typeof key === 'number' && Number.isSafeInteger(key) && key >= 0 ? key : undefined
}

const FEATURE = 'FeatureOfInterest/id'

function componentOf(name: Json, pointer: string): string {
  if (typeof name === 'string' && (ALL.includes(name) || name === FEATURE || name === 'FeatureOfInterest/@iot.id'))
    return name.replace('@iot.id', 'id')
  throw refused(pointer, {
    en: `There is no component “${JSON.stringify(name)}”.`,
    de: `Eine Komponente „${JSON.stringify(name)}“ gibt es nicht.`,
  })
}

function rowOf(row: Json, names: readonly string[], { series, of }: Pick<NewObservation, 'series' | 'of'>, pointer: string): Row {
  try {
    if (!Array.isArray(row) || row.length !== names.length)
      throw refused(pointer, { en: `A row has ${names.length} values.`, de: `Eine Zeile hat ${names.length} Werte.` })
    const fields: Record<string, Json> = {}
    let feature: number | undefined
    for (const [i, name] of names.entries()) {
      const value = (row as readonly Json[])[i] ?? null
      if (name === FEATURE) feature = value === null ? undefined : Number(value)
      else if (name !== 'id' && (value !== null || name === 'result'))
        fields[name] = V1.check(V1.types.Observations, name, value, `${pointer}/${i}`)
    }
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
