/** quality: how well a dataset is described, in the points of the European portal, and what would raise it. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Quality as Assessed, QualityMetric } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Badge } from './alert.tsx'
import { Empty, Show } from './state.tsx'
import { Table } from './table.tsx'

const TONES = { excellent: 'success', good: 'success', sufficient: 'warning', bad: 'danger' } as const

export function Quality({ slug }: { readonly slug: string }) {
  const found = useResource<Assessed>(`/datasets/${slug}/quality`)
  return <Show of={found}>{(quality) => <Shown quality={quality} />}</Show>
}

function Shown({ quality: { points, of, rating, metrics } }: { readonly quality: Assessed }) {
  const { quality: words } = useWords().work
  const open = metrics.filter((metric) => metric.points < metric.of).toSorted((a, b) => missing(b) - missing(a))
  const [yours, others] = [open.filter((metric) => metric.yours), open.filter((metric) => !metric.yours)]
  return (
    <div className="al-stacked">
      <p className="al-badges">
        <strong className="kern-title">{words.points(points, of)}</strong>
        <Badge tone={TONES[rating]}>{words.ratings[rating]}</Badge>
      </p>
      <p className="kern-body">{words.lead}</p>
      {yours.length === 0 ? (
        <Empty icon="check" title={words.all} body={words.allBody} />
      ) : (
        <Missing caption={words.missing} metrics={yours} />
      )}
      {others.length > 0 && <Missing caption={words.others} metrics={others} />}
      <details className="kern-accordion">
        <summary className="kern-accordion__header">
          <span className="kern-title">{words.details}</span>
        </summary>
        <section className="kern-accordion__body">
          <All metrics={metrics} />
        </section>
      </details>
    </div>
  )
}

const missing = ({ of, points }: QualityMetric): number => of - points

function Missing({ caption, metrics }: { readonly caption: string; readonly metrics: readonly QualityMetric[] }) {
  const { quality: words } = useWords().work
  const format = useFormat()
  return (
    <Table
      caption={caption}
      showCaption
      rows={metrics}
      keyOf={({ id }) => id}
      columns={[
        { name: words.advice, cell: ({ advice }) => advice },
        { name: words.gain, numeric: true, cell: (metric) => `+${format.number(missing(metric))}` },
      ]}
    />
  )
}

function All({ metrics }: { readonly metrics: readonly QualityMetric[] }) {
  const { quality: words } = useWords().work
  const format = useFormat()
  return (
    <Table
      caption={words.details}
      small
      rows={metrics}
      keyOf={({ id }) => id}
      columns={[
        { name: words.dimension, cell: ({ dimension }) => words.dimensions[dimension] ?? dimension },
        { name: words.metric, cell: ({ id }) => <code>{id}</code> },
        { name: words.reached, numeric: true, cell: ({ points, of }) => `${format.number(points)} / ${format.number(of)}` },
      ]}
    />
  )
}
