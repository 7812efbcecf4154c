/** places: the things of a dataset on a map, and the same as a list that can be searched. */
import { useMemo, useState } from 'react'
import { useFormat } from '../format.ts'
import type { Entity, Series } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { TextField } from './field.tsx'
import { Link } from './link.tsx'
import { PlaceMap } from './map.tsx'
import { Section } from './page.tsx'
import { shortName } from './series-name.ts'

const LISTED = 200

export function Places({
  entities,
  total,
  title,
}: {
  readonly entities: readonly Entity[]
  readonly total: number
  readonly title?: string
}) {
  const { dataset: words } = useWords()
  if (entities.length === 0) return null
  return (
    <Section id="places" title={title ?? words.overview}>
      <PlacesView entities={entities} total={total} />
    </Section>
  )
}

export function PlacesView({
  entities,
  total,
  linked = false,
}: {
  readonly entities: readonly Entity[]
  readonly total: number
  readonly linked?: boolean
}) {
  const { dataset: words } = useWords()
  const format = useFormat()
  const [selected, setSelected] = useState<number>()
  const [sought, setSought] = useState('')
  const places = useMemo(() => entities.flatMap(({ id, name, geometry }) => (geometry ? [{ id, name, geometry }] : [])), [entities])
  const seek = sought.trim().toLowerCase()
  const found = entities.filter((entity) => seek === '' || nameOf(entity).toLowerCase().includes(seek))
  // What was chosen on the map is always listed, first.
  const listed = found.toSorted((a, b) => Number(b.id === selected) - Number(a.id === selected)).slice(0, LISTED)
  const chosen = selected !== undefined && found.findIndex(({ id }) => id === selected) >= LISTED
  return (
    <div className={places.length > 0 ? 'al-places' : 'al-places al-places--list'}>
      {places.length > 0 && <PlaceMap places={places} selected={selected} choose={setSelected} label={words.map} />}
      <div className="al-places__side">
        {entities.length > 8 && (
          <TextField label={words.filterList} type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
        )}
        <ul className="al-places__list" aria-label={words.list}>
          {(chosen ? listed : found.slice(0, LISTED)).map((entity) => (
            <PlaceItem key={entity.id} entity={entity} selected={entity.id === selected} choose={setSelected} linked={linked} />
          ))}
        </ul>
        {total > Math.min(found.length, LISTED) && (
          <p className="kern-body kern-body--small kern-body--muted">
            {words.showing(format.number(Math.min(found.length, LISTED)), format.number(seek === '' ? total : found.length))}
          </p>
        )}
      </div>
    </div>
  )
}

const nameOf = ({ name, iri }: Entity): string => name || iri.replace(/^.*[:/]/, '')

function PlaceItem({
  entity,
  selected,
  choose,
  linked,
}: {
  readonly entity: Entity
  readonly selected: boolean
  readonly choose: (id: number) => void
  readonly linked: boolean
}) {
  const { map } = useWords()
  const format = useFormat()
  const series = entity.with?.series?.items ?? []
  const dataset = entity.with?.dataset?.items[0]
  return (
    <li className="al-place">
      <button type="button" className="al-place__button" aria-pressed={selected} onClick={() => choose(entity.id)}>
        <span className="al-place__name">{nameOf(entity)}</span>
        {series.slice(0, selected ? 12 : 2).map((one) => (
          <ValueLine key={one.id} series={one} place={nameOf(entity)} />
        ))}
      </button>
      {linked && selected && dataset && (
        <Link className="kern-link kern-link--small al-place__link" to={`/datasets/${dataset.slug}`}>
          {map.toDataset}: {format.text(dataset.title)}
        </Link>
      )}
    </li>
  )
}

function ValueLine({ series, place }: { readonly series: Series; readonly place: string }) {
  const format = useFormat()
  if (!series.latest) return null
  return (
    <span className="al-place__value">
      <span>{shortName(series, place)}</span>
      <span className="al-place__number">{format.value(series.latest.result, series.unit)}</span>
    </span>
  )
}
