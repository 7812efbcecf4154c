/** series-name: what a series is called, beside its place or with it. */
import type { Series } from '../wire.ts'

/** "Feinstaub PM10": the series' name without the place it is shown under. */
export function shortName({ name, attribute, with: related }: Series, place?: string): string {
  const property = related?.property?.items[0]?.name
  if (property) return property
  const plain = place ? name.replace(place, '').replace(/^[\s,:–-]+|[\s,:–-]+$/g, '') : name
  return plain || name || attribute
}

/** "Rathaus: Feinstaub PM10" */
export function titleOf(series: Series): string {
  const place = series.with?.entity?.items[0]?.name
  const what = shortName(series, place)
  return place && !what.includes(place) ? `${place}: ${what}` : what
}
