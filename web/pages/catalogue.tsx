/** catalogue: every dataset one may see, narrowed by words and facets; the address says it all, so it can be sent on. */
import { useEffect, useState, type FormEvent } from 'react'
import { Button } from '../parts/button.tsx'
import { DatasetCard } from '../parts/dataset-card.tsx'
import { Icon } from '../parts/icon.tsx'
import { PageHead } from '../parts/page.tsx'
import { SearchForm } from '../parts/search.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { licenceName } from '../licences.ts'
import { useResource } from '../resource.ts'
import { go, searchWith, usePlace } from '../router.ts'
import type { Catalogue as Found, Facet } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import type { Words } from '../words/de.ts'

const FACETS = ['theme', 'licence', 'publisher', 'access'] as const
type FacetName = (typeof FACETS)[number]
const LISTS = { theme: 'themes', licence: 'licences', publisher: 'publishers', access: 'access' } as const

export function Catalogue() {
  const { catalogue } = useWords()
  const { search } = usePlace()
  const query = new URLSearchParams(['q', 'after', ...FACETS].flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])))
  query.set('limit', '20')
  const found = useResource<Found>(`/datasets?${query}`)
  return (
    <>
      <PageHead title={catalogue.title} lead={catalogue.lead} />
      <Search />
      <Show of={found} lines={10}>
        {(data, stale) => <Results found={data} stale={stale} />}
      </Show>
    </>
  )
}

const narrow = (search: URLSearchParams, changes: Readonly<Record<string, string | undefined>>) =>
  go(`/datasets${searchWith(search, { after: undefined, ...changes })}`, { replace: true })

function Search() {
  const { catalogue } = useWords()
  const { search } = usePlace()
  const asked = search.get('q') ?? ''
  const [words, setWords] = useState(asked)
  useEffect(() => setWords(asked), [asked])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    narrow(search, { q: words.trim() })
  }
  return <SearchForm label={catalogue.search} value={words} change={setWords} submit={submit} />
}

function Results({ found, stale }: { readonly found: Found; readonly stale: boolean }) {
  const { catalogue } = useWords()
  const { search } = usePlace()
  const narrowed = ['q', ...FACETS].some((name) => search.has(name))
  const { items, next, total = items.length } = found
  return (
    <div className="al-catalogue">
      <aside className="al-catalogue__facets" aria-label={catalogue.filters}>
        {FACETS.map((name) => (
          <FacetList key={name} name={name} facets={found.facets?.[LISTS[name]] ?? []} />
        ))}
      </aside>
      <div className={stale ? 'al-catalogue__found al-stale' : 'al-catalogue__found'} aria-busy={stale}>
        <div className="al-found">
          <p className="kern-title" role="status">
            {catalogue.found(total)}
          </p>
          <Chosen />
        </div>
        {items.length === 0 ? (
          <Empty
            icon="search"
            title={narrowed ? catalogue.none : catalogue.empty}
            body={narrowed ? catalogue.noneBody : catalogue.emptyBody}
          >
            {narrowed && <Button onClick={() => go('/datasets', { replace: true })}>{catalogue.clear}</Button>}
          </Empty>
        ) : (
          <ul className="al-results">
            {items.map((card) => (
              <li key={card.slug}>
                <DatasetCard card={card} level={2} />
              </li>
            ))}
          </ul>
        )}
        <nav className="al-actions" aria-label={catalogue.next}>
          {search.has('after') && (
            <Button icon="chevron-left" onClick={() => narrow(search, {})}>
              {catalogue.first}
            </Button>
          )}
          {next && <Button onClick={() => go(`/datasets${searchWith(search, { after: next })}`)}>{catalogue.next}</Button>}
        </nav>
      </div>
    </div>
  )
}

function nameOf(name: FacetName, value: string, words: Words): string {
  if (name === 'theme') return words.themes[value] ?? value
  if (name === 'licence') return licenceName(value)
  if (name === 'access') return value === 'public' || value === 'internal' || value === 'restricted' ? words.access[value] : value
  return value
}

/** A facet with one value, which is not chosen, narrows nothing and is left out. */
function FacetList({ name, facets }: { readonly name: FacetName; readonly facets: readonly Facet[] }) {
  const words = useWords()
  const format = useFormat()
  const { search } = usePlace()
  const chosen = search.get(name)
  if (facets.length < 2 && chosen === null) return null
  return (
    <fieldset className="al-facet">
      <legend className="kern-title kern-title--small">{words.catalogue[LISTS[name]]}</legend>
      <ul className="al-facet__list">
        {facets.map(({ value, count }) => (
          <li key={value}>
            <button
              type="button"
              className="al-facet__value"
              aria-pressed={value === chosen}
              onClick={() => narrow(search, { [name]: value === chosen ? undefined : value })}
            >
              <span>{nameOf(name, value, words)}</span>
              <span className="al-facet__count">{format.number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Chosen() {
  const words = useWords()
  const { search } = usePlace()
  const chosen = FACETS.flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [{ name, value, shown: nameOf(name, value, words) }]
  })
  if (chosen.length === 0) return null
  return (
    <ul className="al-chips">
      {chosen.map(({ name, shown }) => (
        <li key={name}>
          <button
            type="button"
            className="al-chip"
            aria-label={words.catalogue.remove(shown)}
            onClick={() => narrow(search, { [name]: undefined })}
          >
            <span>{shown}</span>
            <Icon name="close" size="small" />
          </button>
        </li>
      ))}
    </ul>
  )
}
