/** chart-views: the chart, its table, and files of both. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFormat } from '../format.ts'
import { useTheme } from '../theme.ts'
import type { Bucket, Series } from '../wire.ts'
import { useSpeech } from '../words/words.tsx'
import { Button } from './button.tsx'
import { drawChart } from './chart-plot.ts'
import type { BucketName, Measure } from './chart-range.ts'
import { saveCsv, savePng, saveSvg } from './chart-save.ts'
import { Table } from './table.tsx'
import { Tabs } from './tabs.tsx'

export interface ChartViewsProps {
  readonly items: readonly Bucket[]
  readonly series: Series
  readonly title: string
  readonly measure: Measure
  readonly bucket: BucketName
}

export function ChartViews(props: ChartViewsProps) {
  const { words } = useSpeech()
  const { chart } = words
  return (
    <Tabs
      label={props.title}
      views={[
        { id: 'chart', title: chart.chart, body: <Drawn {...props} /> },
        { id: 'table', title: chart.table, body: <Values {...props} /> },
      ]}
    />
  )
}

function Drawn({ items, series, title, measure, bucket }: ChartViewsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const theme = useTheme()
  const { words, language } = useSpeech()
  const { chart } = words

  useEffect(() => {
    const watched = box.current
    if (!watched) return
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    watcher.observe(watched)
    return () => watcher.disconnect()
  }, [])

  const drawn = useMemo(
    () =>
      width === 0
        ? undefined
        : drawChart({
            items,
            measure,
            width,
            language,
            theme,
            unit: series.unit?.symbol ?? series.unit?.name ?? '',
            label: chart.figure(title),
          }),
    [items, measure, width, language, theme, series.unit, chart, title],
  )
  useEffect(() => {
    if (drawn) box.current?.replaceChildren(drawn)
  }, [drawn])

  const name = `${title} ${bucket}`
  return (
    <figure className="al-figure">
      <div ref={box} className="al-figure__plot" />
      {measure === 'avg' && items.some(({ min, max }) => min !== max) && (
        <figcaption className="kern-body kern-body--small kern-body--muted">{chart.band}</figcaption>
      )}
      <div className="al-actions al-actions--small">
        <span className="kern-body kern-body--small">{chart.download}</span>
        <Button small icon="download" onClick={() => saveCsv(items, series, name, language)}>
          {chart.csv}
        </Button>
        <Button small icon="download" onClick={() => drawn && void savePng(drawn, name, theme)}>
          {chart.png}
        </Button>
        <Button small icon="download" onClick={() => drawn && saveSvg(drawn, name)}>
          {chart.svg}
        </Button>
      </div>
    </figure>
  )
}

const SHOWN = 200

function Values({ items, series, title, bucket }: ChartViewsProps) {
  const { words, language } = useSpeech()
  const format = useFormat()
  const { chart, dataset, states } = words
  const [shown, setShown] = useState(SHOWN)
  const rows = items.toReversed()
  const value = (number: number | undefined) => (number === undefined ? '–' : format.value(Math.round(number * 100) / 100, series.unit))
  return (
    <>
      <Table
        small
        caption={`${title}, ${chart.buckets[bucket]}`}
        rows={rows.slice(0, shown)}
        keyOf={({ start }) => start}
        columns={[
          { name: chart.start, cell: ({ start }) => (bucket === 'minute' || bucket === 'hour' ? format.time(start) : format.date(start)) },
          { name: chart.measures.avg, numeric: true, cell: ({ avg }) => value(avg) },
          { name: chart.measures.min, numeric: true, cell: ({ min }) => value(min) },
          { name: chart.measures.max, numeric: true, cell: ({ max }) => value(max) },
          { name: chart.measures.sum, numeric: true, cell: ({ sum }) => value(sum) },
          { name: chart.count, numeric: true, cell: ({ count }) => format.number(count) },
        ]}
      />
      <div className="al-actions al-actions--small">
        {shown < rows.length && (
          <>
            <span className="kern-body kern-body--small">{dataset.showing(format.number(shown), format.number(rows.length))}</span>
            <Button small onClick={() => setShown(shown + SHOWN)}>
              {states.more}
            </Button>
          </>
        )}
        <Button small icon="download" onClick={() => saveCsv(items, series, title, language)}>
          {chart.csv}
        </Button>
      </div>
    </>
  )
}
