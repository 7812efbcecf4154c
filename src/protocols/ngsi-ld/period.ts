/** period: an ISO 8601 duration as months or seconds: "P1D", "PT10M", "P1M"; nothing for "PT0S", which is the whole range. */
import { Problem } from '../../problem.ts'

export interface Period {
  readonly months: number
  readonly seconds: number
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

/** Months and years with days beside them have no length, and are refused. */
export function parsePeriod(text: string, parameter: string): Period | undefined {
  const found = DURATION.exec(text)
  if (found === null || !/\d/.test(text)) throw odd(text, parameter)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number((part ?? '0').replace(',', '.'))) // prettier-ignore
  const long = years * 12 + months
  const short = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
  if (long > 0 && short > 0) throw odd(text, parameter)
  return long + short === 0 ? undefined : { months: long, seconds: short }
}

function odd(text: string, parameter: string): Problem {
  return new Problem(
    'invalid-query',
    { en: `“${text}” is no duration such as P1D, PT10M or P1M.`, de: `„${text}“ ist keine Dauer wie P1D, PT10M oder P1M.` },
    { parameter, field: 'request' },
  )
}
