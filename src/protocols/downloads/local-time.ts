/** local-time: an instant as clocks in Germany show it. */

/** Where the reader's clock stands. */
export const ZONE = 'Europe/Berlin'

const FORMAT = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' })
const HOUR = 3_600_000

let known = { hour: NaN, minutes: 0 }

/** Minutes ahead of UTC. Remembered for the hour, in which it never changes: readings come by time. */
export function offsetAt(millis: number): number {
  const hour = Math.floor(millis / HOUR)
  if (hour !== known.hour) known = { hour, minutes: offsetOf(millis) }
  return known.minutes
}

function offsetOf(millis: number): number {
  const name = FORMAT.formatToParts(millis).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** "2026-03-01T12:00:00Z" as "2026-03-01T13:00:00+01:00"; fractions of a second are kept. */
export function localTime(instant: string): string {
  const millis = Date.parse(instant)
  if (Number.isNaN(millis)) return instant
  const minutes = offsetAt(millis)
  const local = new Date(millis + minutes * 60_000).toISOString().slice(0, 19)
  const fraction = /\.\d+/.exec(instant)?.[0] ?? ''
  return `${local}${fraction}${offsetText(minutes)}`
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
