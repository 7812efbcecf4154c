/** town: Wiesenbrück, which is on no map: its places, and the datasets it keeps. */
import type { Dataset } from '../model/dataset.ts'
import type { Draft } from '../model/draft.ts'
import type { Geometry } from '../model/geometry.ts'
import { seriesUnit } from '../model/units.ts'
import { chance, rounded } from './chance.ts'
import type { Hour } from './calendar.ts'

const CENTRE: readonly [number, number] = [9.6184, 50.2872]

/** A place so many metres east and north of the market square. */
export function at(east: number, north: number): Geometry {
  const [lon, lat] = CENTRE
  return { type: 'Point', coordinates: [rounded(lon + east / 71_200, 6), rounded(lat + north / 111_200, 6)] }
}

/** One thing of the town, and what is measured about it every hour. */
export interface Thing {
  readonly iri: string
  readonly type: string
  readonly name: string
  readonly geometry: Geometry
  readonly attributes?: Readonly<Record<string, string | number>>
  readonly measures: readonly Measure[]
}

export interface Measure {
  readonly attribute: string
  readonly name: string
  readonly unit: string
  readonly definition: string
  readonly value: (hour: Hour) => number | undefined
}

export interface Topic {
  readonly card: Pick<Dataset, 'slug' | 'title' | 'description' | 'keywords' | 'themes' | 'publisher' | 'contact'>
  readonly things: readonly Thing[]
}

export const LICENCE = 'http://dcat-ap.de/def/licenses/dl-by-de/2.0'
export const TOWN = { name: 'Stadt Wiesenbrück', url: 'https://wiesenbrueck.example' }
export const contact = (office: string) => ({ name: `${TOWN.name}, ${office}`, email: 'daten@wiesenbrueck.example' })

export const iriOf = (type: string, key: string | number): string => `urn:ngsi-ld:${type}:wiesenbrueck:${key}`

/** A gap now and then: real sensors fall silent. `share` of the six-hour blocks are missing. */
export function sometimes(key: string, hours: number, share: number, value: number): number | undefined {
  return chance(`gap ${key}`, Math.floor(hours / 6)) < share ? undefined : value
}

export function describe({ iri, type, name, geometry, attributes, measures }: Thing): Draft[] {
  const thing: Draft = { draft: 'entity', iri, type, name, geometry, ...(attributes && { attributes }) }
  const series = measures.map((measure): Draft => ({
    draft: 'series',
    entity: iri,
    attribute: measure.attribute,
    name: `${measure.name}, ${name}`,
    unit: seriesUnit(measure.unit),
    property: { name: measure.name, definition: measure.definition },
    sensor: { name: `Messgerät ${name}` },
  }))
  return [thing, ...series]
}
