/** duration: an ISO 8601 duration read into milliseconds. Months and years have no fixed length and are counted as 30 and 365 days. */

const DURATION = /^([+-])?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/
const SECONDS = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3600, 60, 1] as const

/** Undefined for what is none: "P", "PT", "1D". */
export function parseDuration(text: string): number | undefined {
  const [, sign, ...parts] = DURATION.exec(text.trim()) ?? []
  if (parts.every((part) => part === undefined) || text.trim().endsWith('T')) return undefined
  const seconds = parts.reduce((sum, part, i) => sum + Number((part ?? '0').replace(',', '.')) * (SECONDS[i] ?? 0), 0)
  return (sign === '-' ? -1000 : 1000) * seconds
}
