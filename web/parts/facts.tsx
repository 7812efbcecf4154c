/** facts: who is responsible for a dataset, under which licence, how new and how much. */
import type { ReactNode } from 'react'
import { useFormat } from '../format.ts'
import { licenceName, licencePage } from '../licences.ts'
import type { Card } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Facts({ card }: { readonly card: Card }) {
  const { dataset: words, themes, access } = useWords()
  const format = useFormat()
  const { publisher, contact, licence, period } = card
  const modified = said(card, 'modified') ?? card.modified
  return (
    <aside className="al-facts" aria-labelledby="facts">
      <h2 className="kern-title" id="facts">
        {words.facts}
      </h2>
      <dl className="kern-description-list kern-description-list--col">
        <Fact name={words.publisher}>{publisher && <Reach name={publisher.name} address={publisher.url} />}</Fact>
        <Fact name={words.contact}>
          {contact && (
            <Reach name={contact.name || contact.email} address={contact.email === undefined ? contact.url : `mailto:${contact.email}`} />
          )}
        </Fact>
        <Fact name={words.licence}>{licence && <Reach name={licenceName(licence)} address={licencePage(licence)} />}</Fact>
        <Fact name={words.freshness}>
          {period && (
            <time dateTime={period.end} title={format.time(period.end)}>
              {words.fresh(format.age(period.end))}
            </time>
          )}
        </Fact>
        <Fact name={words.period}>{period && `${format.date(period.start)} – ${format.date(period.end)}`}</Fact>
        {card.origin === undefined ? <Amount card={card} /> : <Origin card={card} />}
        <Fact name={words.access}>{access[card.access]}</Fact>
        {card.themes.length > 0 && <Fact name={words.themes}>{card.themes.map((theme) => themes[theme] ?? theme).join(', ')}</Fact>}
        {card.keywords.length > 0 && <Fact name={words.keywords}>{card.keywords.join(', ')}</Fact>}
        <Fact name={words.modified}>
          <time dateTime={modified}>{format.date(modified)}</time>
        </Fact>
      </dl>
    </aside>
  )
}

/** What the catalogue that it comes from says. */
function said({ origin, properties }: Card, name: string): string | undefined {
  const value = origin === undefined ? undefined : properties?.[name]
  return typeof value === 'string' ? value : undefined
}

/** Its data lie with others, and so does the page about them. */
function Origin({ card }: { readonly card: Card }) {
  const { dataset: words } = useWords()
  const page = said(card, 'landingPage') ?? card.origin ?? ''
  const host = /^https?:/.test(page) ? URL.parse(page)?.host : undefined
  return <Fact name={words.origin}>{host === undefined ? page : <Reach name={host} address={page} />}</Fact>
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const { dataset } = useWords()
  return (
    <div className="kern-description-list-item">
      <dt className="kern-description-list-item__key">{name}</dt>
      <dd className="kern-description-list-item__value">{children || dataset.unknown}</dd>
    </div>
  )
}

function Reach({ name, address }: { readonly name: string | undefined; readonly address: string | undefined }) {
  return address === undefined ? (
    name
  ) : (
    <a className="kern-link" href={address}>
      {name}
    </a>
  )
}

function Amount({ card: { counts: amount } }: { readonly card: Card }) {
  const { dataset, counts } = useWords()
  const format = useFormat()
  return (
    <Fact name={dataset.amount}>
      {amount && (
        <>
          {counts.entities(format.number(amount.entities), amount.entities)}
          <br />
          {counts.series(format.number(amount.series), amount.series)}
          <br />
          {counts.observations(format.compact(amount.observations), amount.observations)}
        </>
      )}
    </Fact>
  )
}
