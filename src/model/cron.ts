/** cron: when a schedule is due next, by the clock of a time zone. */
import { CronExpressionParser } from 'cron-parser'
import { Problem } from '../problem.ts'
import { isRegion } from '../model/zone.ts'

/** RFC 3339. Throws `invalid-body` for what is no schedule of five fields, no IANA zone, or a time that never comes. */
export function nextDue(schedule: string, zone: string, after = new Date()): string {
  if (schedule.trim().split(/\s+/).length !== 5) throw noSchedule(schedule)
  if (!isRegion(zone))
    throw new Problem('invalid-body', { de: `„${zone}“ ist keine Zeitzone.`, en: `“${zone}” is no time zone.` }, { pointer: '/zone' })
  try {
    const next = CronExpressionParser.parse(schedule, { tz: zone, currentDate: after }).next().toISOString()
    if (next !== null) return next
  } catch (cause) {
    throw noSchedule(schedule, cause)
  }
  throw noSchedule(schedule)
}

function noSchedule(schedule: string, cause?: unknown): Problem {
  return new Problem(
    'invalid-body',
    {
      de: `„${schedule}“ ist kein Zeitplan. Erwartet werden Minute, Stunde, Tag, Monat und Wochentag, zum Beispiel „0 6 * * *“ für täglich um 6 Uhr.`,
      en: `“${schedule}” is no schedule. Minute, hour, day, month and weekday are expected, such as “0 6 * * *” for daily at 6.`,
    },
    { pointer: '/schedule' },
    { cause },
  )
}
