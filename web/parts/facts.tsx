/** facts: who is responsible for a dataset, under which licence, how new and how much. */
import type { ReactNode } from 'react'
import { useFormat } from '../format.ts'
import { licenceName, licencePage } from '../licences.ts'
import type { Card } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Facts({ card }: { readonly card: Card }) {
  const { dataset: words, themes, counts, access } = useWords()
  const format = useFormat()
  const { publisher, contact, licence, period } = card
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      words.publisher,
      publisher ? (
        publisher.url ? (
          <a className="kern-link" href={publisher.url}>
            {publisher.name}
          </a>
        ) : (
          publisher.name
        )
      ) : (
        words.unknown
      ),
    ],
    [
      words.contact,
      contact?.email ? (
        <a className="kern-link" href={`mailto:${contact.email}`}>
          {contact.name || contact.email}
        </a>
      ) : (
        (contact?.name ?? words.unknown)
      ),
    ],
    [
      words.licence,
      licence ? (
        <a className="kern-link" href={licencePage(licence)}>
          {licenceName(licence)}
        </a>
      ) : (
        words.noLicence
      ),
    ],
    [
      words.freshness,
      period ? (
        <time dateTime={period.end} title={format.time(period.end)}>
          {words.fresh(format.age(period.end))}
        </time>
      ) : (
        words.unknown
      ),
    ],
    [words.period, period ? `${format.date(period.start)} – ${format.date(period.end)}` : words.unknown],
    [
      words.amount,
      card.counts ? (
        <>
          {counts.entities(format.number(card.counts.entities))}
          <br />
          {counts.series(format.number(card.counts.series))}
          <br />
          {counts.observations(format.compact(card.counts.observations))}
        </>
      ) : (
        words.unknown
      ),
    ],
    [words.access, access[card.access]],
    ...(card.themes.length > 0 ? [[words.themes, card.themes.map((theme) => themes[theme] ?? theme).join(', ')] as const] : []),
    ...(card.keywords.length > 0 ? [[words.keywords, card.keywords.join(', ')] as const] : []),
    [
      words.modified,
      <time key="modified" dateTime={card.modified}>
        {format.date(card.modified)}
      </time>,
    ],
  ]
  return (
    <aside className="al-facts" aria-labelledby="facts">
      <h2 className="kern-title" id="facts">
        {words.facts}
      </h2>
      <dl className="kern-description-list kern-description-list--col">
        {facts.map(([name, value]) => (
          <div className="kern-description-list-item" key={name}>
            <dt className="kern-description-list-item__key">{name}</dt>
            <dd className="kern-description-list-item__value">{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}
