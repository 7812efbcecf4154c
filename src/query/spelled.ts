/** spelled: numbers and times that stand in texts, for functions that take them for what they say. In memory and in SQL by the same pattern. */
import { isInstant, parseInstant, type Instant } from '../model/time.ts'

/** What both JavaScript and PostgreSQL read, and as the same number. */
export const NUMBER = '^[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?$'

const DAY =
  '[0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|' +
  '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29'
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?'

/** A day that there is, a time on the clock, and an offset. Years at the ends of the calendar are left out, so that no offset leads beyond. */
export const TIME = `^(?!000|9999)(${DAY})T${CLOCK}(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$`

const [ofNumber, ofTime] = [new RegExp(NUMBER), new RegExp(TIME)]

export function numberIn(text: string): number | undefined {
  return ofNumber.test(text) ? Number(text) : undefined
}

export function instantIn(text: string): Instant | undefined {
  return ofTime.test(text) && isInstant(text) ? parseInstant(text) : undefined
}
