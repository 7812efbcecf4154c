/** calendar: what an hour is to a town: time of day and weekday as people live them, the season, and the weather over all. */
import { bell, drift } from './chance.ts'

export interface Hour {
  /** Hours since 1970, UTC. */
  readonly hours: number
  /** Local hour of day, 0 to 23. */
  readonly clock: number
  readonly weekend: boolean
  /** Day of the year, 0 to 365. */
  readonly day: number
}

const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', weekday: 'short', hourCycle: 'h23' })

export function hourAt(hours: number): Hour {
  const date = new Date(hours * 3_600_000)
  const parts = local.formatToParts(date)
  const weekday = parts.find(({ type }) => type === 'weekday')?.value ?? ''
  const clock = Number(parts.find(({ type }) => type === 'hour')?.value ?? 0)
  const day = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)
  return { hours, clock, weekend: weekday === 'Sat' || weekday === 'Sun', day }
}

export interface Sky {
  /** °C */
  readonly temperature: number
  /** 0 to 1 */
  readonly cloud: number
  /** mm in the hour */
  readonly rain: number
  /** m/s */
  readonly wind: number
  /** hPa */
  readonly pressure: number
  /** % */
  readonly humidity: number
  /** W/m² */
  readonly sun: number
}

/** The weather of the hour: a temperate year with fronts that last days. */
export function skyAt({ hours, clock, day }: Hour): Sky {
  const season = Math.cos(((day - 200) / 365) * 2 * Math.PI)
  const front = drift('front', hours, 70) * 0.7 + drift('front fine', hours, 19) * 0.3
  const cloud = Math.min(1, Math.max(0, 0.55 - front * 0.6))
  const height = Math.max(0, Math.cos(((clock - 13) / 24) * 2 * Math.PI) + 0.35 * season)
  const sun = 720 * height * (0.62 + 0.38 * season) * (1 - 0.75 * cloud)
  const rain = cloud > 0.72 ? Math.max(0, (cloud - 0.72) * 9 * (0.4 + drift('shower', hours, 3))) : 0
  const temperature =
    9.6 + 9.4 * season + 3.6 * Math.cos(((clock - 15) / 24) * 2 * Math.PI) * (1 - 0.5 * cloud) + 4.5 * drift('air mass', hours, 110)
  const wind = Math.max(0.3, 3.1 + 2.6 * drift('wind', hours, 26) + 1.4 * cloud)
  return {
    temperature,
    cloud,
    rain,
    wind,
    sun,
    pressure: 1014 + 13 * front,
    humidity: Math.min(100, Math.max(28, 72 + 26 * cloud - 1.1 * (temperature - 9))),
  }
}

/** How busy the streets are: 0 at night, about 1 at the morning and evening peaks of a working day. */
export function trafficAt({ clock, weekend }: Hour): number {
  if (weekend) return 0.08 + 0.5 * bell(clock, 14, 5, 24)
  return 0.08 + 0.85 * bell(clock, 7.5, 1.6, 24) + 0.8 * bell(clock, 16.8, 2.2, 24) + 0.4 * bell(clock, 12.5, 3, 24)
}
