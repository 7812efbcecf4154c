/** map: everything that measures, on one map and in one list. */
import { useMemo, useState } from 'react'
import { SelectField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { PlacesView } from '../parts/places.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Entity, Listed } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function MapPage() {
  const { map } = useWords()
  const found = useResource<Listed<Entity>>('/entities?limit=5000')
  return (
    <>
      <PageHead title={map.title} lead={map.lead} />
      <Show of={found} lines={10}>
        {({ items, total }) => <Everything entities={items.filter(({ geometry }) => geometry)} total={total ?? items.length} />}
      </Show>
    </>
  )
}

function Everything({ entities, total }: { readonly entities: readonly Entity[]; readonly total: number }) {
  const { map } = useWords()
  const format = useFormat()
  const [slug, setSlug] = useState('')
  const datasets = useMemo(
    () => new Map(entities.flatMap((entity) => entity.with?.dataset?.items.map((dataset) => [dataset.slug, dataset] as const) ?? [])),
    [entities],
  )
  const shown = useMemo(
    () => (slug === '' ? entities : entities.filter((entity) => entity.with?.dataset?.items[0]?.slug === slug)),
    [entities, slug],
  )
  if (entities.length === 0) return <Empty title={map.none} body={map.noneBody} />
  return (
    <div className="al-everything">
      {datasets.size > 1 && (
        <div className="al-narrow">
          <SelectField
            label={map.dataset}
            value={slug}
            onChange={({ target }) => setSlug(target.value)}
            choices={[
              { value: '', label: map.all },
              ...[...datasets.values()].map((dataset) => ({ value: dataset.slug, label: format.text(dataset.title) })),
            ]}
          />
        </div>
      )}
      <PlacesView entities={shown} total={slug === '' ? total : shown.length} linked />
    </div>
  )
}
