/** spark: the last week of a series as a small curve, for the eye only; the newest value stands beside it in words. */
import { useResource } from '../resource.ts'
import type { Bucket, Listed, Series } from '../wire.ts'

const WIDTH = 320
const HEIGHT = 72
const WEEK = 7 * 86_400_000

export function Spark({ series }: { readonly series: Series }) {
  const end = series.period?.end
  const from = end && new Date(Date.parse(end) - WEEK).toISOString()
  const found = useResource<Listed<Bucket>>(from && `/series/${series.id}/summary?bucket=hour&figures=avg&from=${encodeURIComponent(from)}`)
  const points = found.state === 'ready' ? found.data.items.flatMap(({ avg }) => (avg === undefined ? [] : [avg])) : []
  const line = points.length > 1 ? pathOf(points) : ''
  return (
    <svg className="al-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {line !== '' && (
        <>
          <path className="al-spark__area" d={`${line} V${HEIGHT} H0 Z`} />
          <path className="al-spark__line" d={line} vectorEffect="non-scaling-stroke" />
        </>
      )}
    </svg>
  )
}

function pathOf(points: readonly number[]): string {
  const low = Math.min(...points)
  const span = Math.max(...points) - low || 1
  const step = WIDTH / (points.length - 1)
  return points
    .map(
      (value, at) => `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(1)} ${(HEIGHT - 6 - ((value - low) / span) * (HEIGHT - 12)).toFixed(1)}`,
    )
    .join(' ')
}
