/** multi-datastream: the parts of a MultiDatastream, as its body and its links say them (18-088 req/multi-datastream/constraints). */
import type { Json, JsonObject } from '../../model/json.ts'
import type { Part, Series } from '../../model/series.ts'
import { Problem } from '../../problem.ts'
import { refused, type Draft } from './body.ts'
import { COMPLEX } from './checks.ts'
import { unitOf } from './items.ts'

/** `added` are ids of observed properties that come behind those it has. Throws `invalid-body` when there is not one of each for every place. */
export function overParts(series: Series, draft: Draft, added: readonly number[]): Series {
  const old = series.parts ?? []
  const properties = [...old.map(({ property }) => property), ...added]
  const units = listIn(draft, 'unitOfMeasurements')?.map((unit) => unitOf(unit as JsonObject)) ?? old.map(({ unit }) => unit)
  const types = listIn(draft, 'multiObservationDataTypes')?.map(String) ?? old.map(({ observationType }) => observationType)
  const names = listIn(draft, 'names')?.map(String) ?? old.map(({ name }) => name)
  const said = `${properties.length} ObservedProperties, ${units.length} unitOfMeasurements, ${types.length} multiObservationDataTypes`
  if (properties.length === 0) throw refused(draft.pointer, { en: 'A MultiDatastream has ObservedProperties.', de: 'Ein MultiDatastream hat ObservedProperties.' }) // prettier-ignore
  if (new Set([properties.length, units.length, types.length]).size > 1)
    throw refused(draft.pointer, {
      en: `Every place of the result has one of each, but here are ${said}.`,
      de: `Zu jeder Stelle des Ergebnisses gehört je eines, hier sind es ${said}.`,
    })
  refuseTwice(properties, draft)
  if (old.length > 0 && old.length !== properties.length && series.count > 0) throw tooLate()
  const parts = properties.map((property, i): Part => {
    const name = names[i]
    return { property, unit: units[i] ?? NONE, observationType: types[i] ?? '', ...(name !== undefined && { name }) }
  })
  return { ...series, observationType: COMPLEX, parts, ...(parts[0] && { property: parts[0].property }) }
}

const NONE = { name: null, symbol: null, definition: null }

function listIn({ fields }: Draft, name: string): readonly Json[] | undefined {
  return fields[name] as readonly Json[] | undefined
}

function refuseTwice(properties: readonly number[], { pointer }: Draft): void {
  if (new Set(properties).size === properties.length) return
  throw refused(`${pointer}/ObservedProperties`, {
    en: 'An ObservedProperty stands once in a MultiDatastream.',
    de: 'Eine ObservedProperty steht in einem MultiDatastream nur einmal.',
  })
}

function tooLate(): Problem {
  return new Problem('conflict', {
    en: 'Its Observations have fewer places: the parts of a MultiDatastream change only while it has none.',
    de: 'Ihre Observations haben weniger Stellen: Die Teile eines MultiDatastream ändern sich nur, solange es keine gibt.',
  })
}
