/** start: what this town shares, with three living examples; on an empty platform, how to begin. */
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { DatasetCard } from '../parts/dataset-card.tsx'
import { PageHead } from '../parts/page.tsx'
import { Loading, Show } from '../parts/state.tsx'
import { Link } from '../parts/link.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import { useSession } from '../session.tsx'
import type { Catalogue } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { SearchForm } from '../parts/search.tsx'

const Begin = lazy(async () => ({ default: (await import('./begin.tsx')).Begin }))

export function Start() {
  const { session } = useSession()
  if (!session)
    return (
      <div className="al-width">
        <Loading lines={6} />
      </div>
    )
  return session.empty ? (
    <Suspense fallback={<Loading lines={6} />}>
      <Begin />
    </Suspense>
  ) : (
    <Town name={session.tenant.name} />
  )
}

function Town({ name }: { readonly name: string }) {
  const { start } = useWords()
  const catalogue = useResource<Catalogue>('/datasets?limit=12')
  const [words, setWords] = useState('')
  const search = (event: FormEvent) => {
    event.preventDefault()
    go(`/datasets${words.trim() === '' ? '' : `?q=${encodeURIComponent(words.trim())}`}`)
  }
  return (
    <>
      <div className="al-hero">
        <div className="al-width">
          <PageHead title={name === '' || name === 'Allmende' ? start.titleNoTown : start.title(name)} lead={start.lead} />
          <SearchForm label={start.search} hint={start.searchHint} value={words} change={setWords} submit={search} />
        </div>
      </div>
      <div className="al-width al-stacked">
        <Show of={catalogue} lines={8}>
          {(found) => <Offered found={found} />}
        </Show>
        <Ways />
      </div>
    </>
  )
}

function Offered({ found }: { readonly found: Catalogue }) {
  const { start, themes } = useWords()
  const format = useFormat()
  const lively = found.items.toSorted((a, b) => (b.counts?.observations ?? 0) - (a.counts?.observations ?? 0)).slice(0, 3)
  return (
    <>
      <section className="al-section" aria-labelledby="examples">
        <div className="al-section__head">
          <div>
            <h2 className="kern-heading-large" id="examples">
              {start.examples}
            </h2>
            <p className="kern-body kern-body--muted">{start.examplesLead}</p>
          </div>
          <Link className="kern-link" to="/datasets">
            {start.all(format.number(found.total ?? found.items.length))}
          </Link>
        </div>
        <ul className="al-cards">
          {lively.map((card) => (
            <li key={card.slug}>
              <DatasetCard card={card} lively />
            </li>
          ))}
        </ul>
      </section>
      {(found.facets?.themes?.length ?? 0) > 0 && (
        <section className="al-section" aria-labelledby="themes">
          <h2 className="kern-heading-medium" id="themes">
            {start.themes}
          </h2>
          <ul className="al-chips">
            {found.facets?.themes?.map(({ value, count }) => (
              <li key={value}>
                <Link className="al-chip" to={`/datasets?theme=${encodeURIComponent(value)}`}>
                  <span>{themes[value] ?? value}</span>
                  <span className="al-chip__count">{format.number(count)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Ways() {
  const { start } = useWords()
  const ways = [
    ['/map', start.mapTitle, start.mapBody, start.mapLink],
    ['/developers', start.useTitle, start.useBody, start.useLink],
  ] as const
  return (
    <ul className="al-ways">
      {ways.map(([to, title, body, link]) => (
        <li key={to} className="al-way">
          <h2 className="kern-heading-medium">{title}</h2>
          <p className="kern-body">{body}</p>
          <Link className="kern-link" to={to}>
            {link}
          </Link>
        </li>
      ))}
    </ul>
  )
}
