/** chance: numbers that look random and are always the same: a value belongs to its key and time, whenever it is asked for. */

/** The same key always gives the same number in [0, 1). */
export function chance(key: string, at: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ at, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash ^ Math.floor(at / 2 ** 32), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** Slowly changing between -1 and 1: weather, moods of traffic. `period` in the unit of `at`. */
export function drift(key: string, at: number, period: number): number {
  const place = at / period
  const from = Math.floor(place)
  const t = place - from
  const smooth = t * t * (3 - 2 * t)
  return (chance(key, from) * (1 - smooth) + chance(key, from + 1) * smooth) * 2 - 1
}

/** A bell of height 1 around `centre`, on a circle of `around` (24 hours, 365 days). */
export function bell(at: number, centre: number, width: number, around: number): number {
  const away = Math.abs(((((at - centre + around / 2) % around) + around) % around) - around / 2)
  return Math.exp(-((away / width) ** 2))
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
