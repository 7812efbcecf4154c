/** dataset-edit: one dataset for those who look after it: its card, who may see it, its sources, its end. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Badge } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { CardForm } from '../parts/card-form.tsx'
import { DatasetHistory } from '../parts/dataset-history.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Quality } from '../parts/quality.tsx'
import { Refused } from '../parts/refused.tsx'
import { ReleaseButton } from '../parts/release-button.tsx'
import { Rights } from '../parts/rights.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import type { PageProps } from '../app.tsx'
import type { Card, Listed, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function DatasetEdit({ parameters }: PageProps) {
  const found = useResource<Card>(`/datasets/${parameters['slug']}`)
  return (
    <Show of={found} page>
      {(card) => <Shown card={card} reload={found.reload} />}
    </Show>
  )
}

function Shown({ card, reload }: { readonly card: Card; readonly reload: () => void }) {
  const words = useWords()
  const { edit, datasets } = words.work
  const format = useFormat()
  return (
    <div className="al-stacked">
      <PageHead preline={datasets.title} title={format.text(card.title)}>
        <ReleaseButton card={card} reload={reload} />
        <ButtonLink to={`/datasets/${card.slug}`}>{edit.view}</ButtonLink>
      </PageHead>
      <p className="al-badges">
        <Badge tone={card.state === 'released' ? 'success' : 'warning'}>{words.state[card.state]}</Badge>
        <Badge tone="info">{words.access[card.access]}</Badge>
        {card.counts && (
          <span className="kern-body kern-body--muted">
            {words.counts.observations(format.number(card.counts.observations), card.counts.observations)}
          </span>
        )}
      </p>
      <Tabs
        label={format.text(card.title)}
        views={[
          { id: 'card', title: edit.tabs.card, body: <CardForm key={card.modified} card={card} saved={reload} /> },
          { id: 'quality', title: edit.tabs.quality, body: <Quality key={card.modified} slug={card.slug} /> },
          { id: 'sources', title: edit.tabs.sources, body: <CardSources slug={card.slug} /> },
          { id: 'rights', title: words.work.rights.tab, body: <Rights slug={card.slug} /> },
          { id: 'history', title: edit.tabs.history, body: <DatasetHistory key={card.modified} slug={card.slug} /> },
          { id: 'danger', title: edit.danger, body: <Remove card={card} /> },
        ]}
      />
    </div>
  )
}

function CardSources({ slug }: { readonly slug: string }) {
  const { sources: words } = useWords().work
  const sources = useResource<Listed<Source>>('/sources')
  return (
    <Show of={sources}>
      {({ items }) => {
        const own = items.filter(({ dataset }) => dataset === slug)
        return own.length === 0 ? (
          <Empty title={words.none} body={words.noneBody} />
        ) : (
          <ul className="kern-list">
            {own.map(({ id, name }) => (
              <li key={id}>
                <Link className="kern-link" to={`/workspace/sources/${id}`}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )
      }}
    </Show>
  )
}

function Remove({ card }: { readonly card: Card }) {
  const { edit } = useWords().work
  const format = useFormat()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const body = edit.removeBody(format.text(card.title), format.number(card.counts?.observations ?? 0))
  const remove = () =>
    act.run(async () => {
      await call(`/datasets/${card.slug}`, { method: 'DELETE' })
      go('/workspace/datasets')
    })
  return (
    <Section id="remove" title={edit.remove} lead={body}>
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button icon="delete" disabled={act.busy} onClick={() => setAsking(true)}>
          {edit.remove}
        </Button>
      </div>
      {asking && (
        <Confirm title={edit.removeTitle} body={body} label={edit.remove} act={() => void remove()} close={() => setAsking(false)} />
      )}
    </Section>
  )
}
