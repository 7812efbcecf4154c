/** queryables: what may be asked of the features of a collection and by what they are ordered, found from the features themselves, as JSON Schema. */
import { featureOf, WITH_SERIES } from '../../http/feature.ts'
import type { Json } from '../../model/json.ts'
import type { Dataset } from '../../model/dataset.ts'
import { textIn, type Language } from '../../model/text.ts'
import { ask, type Found, type Query } from '../../query/query.ts'
import { things } from './params.ts'
import { OWN } from './sortby.ts'

/** So many features are looked at. */
const LOOKED_AT = 1000

export const sample = (dataset: number): Query<'entity'> => ({ ...ask('entity', things(dataset), LOOKED_AT), include: [WITH_SERIES] })

interface Schema {
  readonly title: string
  readonly type?: string
  readonly format?: string
  readonly 'x-ogc-role'?: string
}

/** Each property once, with the type that its values have; without one where they differ. */
function propertiesOf(found: readonly Found<'entity'>[]): Readonly<Record<string, Schema>> {
  const types = new Map<string, string | undefined>()
  for (const { properties } of found.map(featureOf))
    for (const [name, value] of Object.entries(properties)) {
      const type = typeOf(value)
      types.set(name, types.has(name) && types.get(name) !== type ? undefined : type)
    }
  types.delete('types')
  for (const name of OWN) types.set(name, 'string')
  return Object.fromEntries([...types].toSorted(byName).map(([name, type]) => [name, { title: name, ...(type !== undefined && { type }) }]))
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

function typeOf(value: Json): string | undefined {
  return typeof value === 'object' ? undefined : typeof value
}

function schema(address: string, dataset: Dataset, language: Language, properties: Readonly<Record<string, Schema>>) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    type: 'object',
    title: textIn(dataset.title, language),
    properties,
    additionalProperties: false,
  }
}

export function queryables(found: readonly Found<'entity'>[], address: string, dataset: Dataset, language: Language) {
  const geometry = { title: 'geometry', 'x-ogc-role': 'primary-geometry', format: 'geometry-any' }
  return schema(address, dataset, language, { geometry, ...propertiesOf(found) })
}

/** What belongs to the things themselves; their series have values of their own time. */
export function sortables(found: readonly Found<'entity'>[], address: string, dataset: Dataset, language: Language) {
  const own = new Set<string>([...OWN, ...found.flatMap(({ attributes }) => Object.keys(attributes))])
  return schema(address, dataset, language, Object.fromEntries(Object.entries(propertiesOf(found)).filter(([name]) => own.has(name))))
}
