/** result: whether a result is what its series says it is: by observation type, or each place of a list by its own. */
import type { Json } from './json.ts'
import type { Part } from './series.ts'

export const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/'

export interface Fault {
  readonly en: string
  readonly de: string
  /** Of a list: which place, from 0; of a record: which name. */
  readonly position?: number | string
}

interface Kind {
  readonly holds: (value: Json) => boolean
  readonly en: string
  readonly de: string
}

const isNumber = (value: Json) => typeof value === 'number'
const isText = (value: Json) => typeof value === 'string'

/** Types that are not here, OM_Observation among them, take anything. */
const KINDS: Readonly<Record<string, Kind>> = {
  [`${OM}OM_Measurement`]: { holds: isNumber, en: 'a number', de: 'eine Zahl' },
  [`${OM}OM_CountObservation`]: { holds: (value) => Number.isInteger(value), en: 'a whole number', de: 'eine ganze Zahl' },
  [`${OM}OM_TruthObservation`]: { holds: (value) => typeof value === 'boolean', en: 'true or false', de: 'true oder false' },
  [`${OM}OM_CategoryObservation`]: { holds: isText, en: 'a text', de: 'ein Text' },
}

/** Null says that there is no value, and fits every type. */
export function typeFault(result: Json, observationType: string): Fault | undefined {
  const kind = Object.hasOwn(KINDS, observationType) ? KINDS[observationType] : undefined
  if (kind === undefined || result === null || kind.holds(result)) return undefined
  const [shown, type] = [shownOf(result), observationType.slice(observationType.lastIndexOf('/') + 1)]
  return { en: `A result of ${type} is ${kind.en}, not ${shown}.`, de: `Ein Ergebnis von ${type} ist ${kind.de}, nicht ${shown}.` }
}

/** A list has as many places as there are parts. */
export function lengthFault(result: Json, parts: readonly Part[]): Fault | undefined {
  if (Array.isArray(result) && result.length === parts.length) return undefined
  const shown = Array.isArray(result) ? `${result.length}` : shownOf(result)
  return {
    en: `A result here is a list of ${parts.length} values, not ${shown}.`,
    de: `Ein Ergebnis ist hier eine Liste mit ${parts.length} Werten, nicht ${shown}.`,
  }
}

export function partFault(result: Json, parts: readonly Part[]): Fault | undefined {
  for (const [position, { observationType }] of parts.entries()) {
    const fault = typeFault((result as readonly Json[])[position] ?? null, observationType)
    if (fault !== undefined) return { ...fault, position }
  }
  return undefined
}

function shownOf(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
