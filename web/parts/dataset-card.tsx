/** dataset-card: a dataset in a list; lively ones show their newest curve. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Card, Listed, Series } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Badge } from './alert.tsx'
import { Link } from './link.tsx'
import { titleOf } from './series-name.ts'
import { Spark } from './spark.tsx'

export function DatasetCard({
  card,
  lively = false,
  level = 3,
}: {
  readonly card: Card
  readonly lively?: boolean
  readonly level?: 2 | 3
}) {
  const words = useWords()
  const format = useFormat()
  const Heading = level === 2 ? 'h2' : 'h3'
  const theme = card.themes[0]
  return (
    <article className="kern-card kern-card--interactive al-card">
      {lively && <Newest slug={card.slug} />}
      <div className="kern-card__container">
        <header className="kern-card__header">
          {theme && <p className="kern-preline">{words.themes[theme] ?? theme}</p>}
          <Heading className={level === 2 ? 'kern-title' : 'kern-title kern-title--large'}>
            <Link className="kern-link kern-link--stretched" to={`/datasets/${card.slug}`}>
              {format.text(card.title)}
            </Link>
          </Heading>
        </header>
        <section className="kern-card__body">
          <p className="kern-body al-clamp">{format.text(card.description)}</p>
          <Size card={card} />
          {(card.access !== 'public' || card.state !== 'released') && (
            <p>
              <Badge tone="info">{card.state === 'released' ? words.access[card.access] : words.state[card.state]}</Badge>
            </p>
          )}
        </section>
      </div>
    </article>
  )
}

/** How much, and how new. */
function Size({ card: { counts, period } }: { readonly card: Card }) {
  const words = useWords()
  const format = useFormat()
  return (
    <p className="kern-body kern-body--small kern-body--muted al-meta">
      {counts && counts.entities > 0 && <span>{words.counts.entities(format.compact(counts.entities), counts.entities)}</span>}
      {counts && counts.observations > 0 && (
        <span>{words.counts.observations(format.compact(counts.observations), counts.observations)}</span>
      )}
      {period && <span title={format.time(period.end)}>{words.catalogue.updated(format.age(period.end))}</span>}
    </p>
  )
}

/** The newest value of the fullest series, and its last days. */
function Newest({ slug }: { readonly slug: string }) {
  const format = useFormat()
  const found = useResource<Listed<Series>>(`/datasets/${slug}/series?limit=20`)
  const series = found.state === 'ready' ? found.data.items.toSorted((a, b) => b.count - a.count)[0] : undefined
  return (
    <div className="al-newest">
      {series?.latest && (
        <>
          <p className="al-newest__value">{format.value(series.latest.result, series.unit)}</p>
          <p className="al-newest__what">
            {titleOf(series)}, <span title={format.time(series.latest.time)}>{format.age(series.latest.time)}</span>
          </p>
          <Spark series={series} />
        </>
      )}
    </div>
  )
}
