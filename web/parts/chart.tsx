/** chart: one series over a chosen time, drawn when it comes into sight; the same as a table, and to take along. */
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Bucket, Listed, Series } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { SelectField } from './field.tsx'
import { Empty, Loading, Show } from './state.tsx'
import { spanOf, type Measure, type Range } from './chart-range.ts'
import { RangeChoice } from './range.tsx'

const Views = lazy(async () => ({ default: (await import('./chart-views.tsx')).ChartViews }))

export function SeriesChart({ series, title, chooser }: { readonly series: Series; readonly title: string; readonly chooser: ReactNode }) {
  const [range, setRange] = useState<Range>('month')
  const [own, setOwn] = useState<{ from: string; until: string }>()
  const [measure, setMeasure] = useState<Measure>('avg')
  const { chart } = useWords()
  const span = series.period && spanOf(range, series.period, own)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const query = span && new URLSearchParams({ from: span.from, until: span.until, bucket: span.bucket, zone, figures: 'avg,min,max,sum' })
  const buckets = useResource<Listed<Bucket>>(query && `/series/${series.id}/summary?${query}`)
  if (!span) return <Empty title={chart.none} />
  return (
    <div className="al-chart">
      <div className="al-chart__controls">
        {chooser}
        <SelectField
          label={chart.measure}
          value={measure}
          onChange={({ target }) => setMeasure(target.value as Measure)}
          choices={Object.entries(chart.measures).map(([value, name]) => ({ value, label: `${name} ${chart.buckets[span.bucket]}` }))}
        />
        <RangeChoice range={range} choose={setRange} own={own ?? { from: span.from, until: span.until }} setOwn={setOwn} />
      </div>
      <Show of={buckets} lines={8}>
        {({ items }, stale) => (
          <div className={stale ? 'al-stale' : undefined} aria-busy={stale}>
            <Told items={items} series={series} from={span.from} until={span.until} />
            {items.some(({ avg }) => avg !== undefined) && (
              <Suspense fallback={<Loading lines={8} />}>
                <Views items={items} series={series} title={title} measure={measure} bucket={span.bucket} />
              </Suspense>
            )}
          </div>
        )}
      </Show>
    </div>
  )
}

/** The chart in a sentence. */
function Told({
  items,
  series,
  from,
  until,
}: {
  readonly items: readonly Bucket[]
  readonly series: Series
  readonly from: string
  readonly until: string
}) {
  const { chart } = useWords()
  const format = useFormat()
  const numbers = items.filter(({ avg }) => avg !== undefined)
  if (items.length === 0) return <Empty title={chart.none} body={chart.noneBody} />
  if (numbers.length === 0) return <p className="kern-body">{chart.notNumeric}</p>
  const count = numbers.reduce((sum, bucket) => sum + bucket.count, 0)
  const avg = numbers.reduce((sum, bucket) => sum + (bucket.avg ?? 0) * bucket.count, 0) / count
  const say = (value: number) => format.value(Math.round(value * 100) / 100, series.unit)
  const min = Math.min(...numbers.map((bucket) => bucket.min ?? Infinity))
  const max = Math.max(...numbers.map((bucket) => bucket.max ?? -Infinity))
  return (
    <p className="kern-body al-chart__told">
      {chart.summary(format.number(count), format.date(from), format.date(until), say(avg), say(min), say(max))}
    </p>
  )
}
