/** given-id: the id that a client gives what it makes, where the tenant lets it: a number is the id itself, a text the IRI of an entity. */
import { GIVEN_BELOW } from '../../model/settings.ts'
import { keyOf, refused, type Draft } from './body.ts'
import type { Key } from './path.ts'

/** Observations and HistoricalLocations never bring one: their ids lead to the month they are in. Throws `invalid-body` with the place. */
export function givenKey({ type, given, pointer }: Draft): Key | undefined {
  if (given === undefined || type.noun === 'observation' || type.noun === 'dataset') return undefined
  const at = `${pointer}/@iot.id`
  const key = keyOf(given, type, at)
  if (typeof key === 'string' && type.noun === 'series')
    throw refused(at, { en: `The id of a ${type.one} is a number.`, de: `Die Kennung eines ${type.one} ist eine Zahl.` })
  if (typeof key === 'number' && key >= GIVEN_BELOW[type.noun])
    throw refused(at, {
      en: `An id that is given lies below ${GIVEN_BELOW[type.noun]}.`,
      de: `Eine mitgebrachte Kennung liegt unter ${GIVEN_BELOW[type.noun]}.`,
    })
  return key
}
