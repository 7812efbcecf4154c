/** dataset: what it is in two sentences, where it is, how it went, who is responsible, and every way to get it. */
import { Badge, type Tone } from '../parts/alert.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Show } from '../parts/state.tsx'
import { Doors, Downloads } from '../parts/doors.tsx'
import { Facts } from '../parts/facts.tsx'
import { History } from '../parts/history.tsx'
import { Places } from '../parts/places.tsx'
import { Purpose } from '../parts/purpose.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { useSession } from '../session.tsx'
import type { PageProps } from '../app.tsx'
import type { Card, Entity, Listed, Series } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function DatasetPage({ parameters }: PageProps) {
  const found = useResource<Card>(`/datasets/${parameters['slug']}`)
  return (
    <Show of={found} lines={10} page>
      {(card) => <Shown card={card} />}
    </Show>
  )
}

function Shown({ card }: { readonly card: Card }) {
  const words = useWords()
  const format = useFormat()
  const { session } = useSession()
  const entities = useResource<Listed<Entity>>(`/datasets/${card.slug}/entities?limit=1000`)
  const series = useResource<Listed<Series>>(`/datasets/${card.slug}/series?limit=500`)
  return (
    <article>
      <PageHead
        preline={card.publisher?.name}
        title={format.text(card.title)}
        lead={format.text(card.description) || words.dataset.noDescription}
      >
        {session?.account && (
          <ButtonLink icon="edit" to={`/workspace/datasets/${card.slug}`}>
            {words.dataset.edit}
          </ButtonLink>
        )}
      </PageHead>
      <States card={card} />
      <div className="al-dataset">
        <div className="al-dataset__main">
          <Show of={entities} lines={8}>
            {(data) => <Places entities={data.items} total={data.total ?? data.items.length} />}
          </Show>
          <Show of={series} lines={8}>
            {(data) => <History series={data.items} />}
          </Show>
          <Section id="get" title={words.dataset.get}>
            <Downloads card={card} />
            <Doors card={card} />
          </Section>
          <Purpose slug={card.slug} />
        </div>
        <Facts card={card} />
      </div>
    </article>
  )
}

/** Older than this, relative to how long it ran, is worth a word. */
const FRESH = 2 * 86_400_000

function States({ card }: { readonly card: Card }) {
  const words = useWords()
  const format = useFormat()
  const { period, state, access } = card
  const fresh = period && Date.now() - Date.parse(period.end) < FRESH
  const badges: readonly (readonly [Tone, string])[] = [
    state === 'released' ? [access === 'public' ? 'success' : 'info', words.access[access]] : ['warning', words.state[state]],
    ...(period ? [[fresh ? 'success' : 'info', words.dataset.fresh(format.age(period.end))] as const] : []),
  ]
  return (
    <p className="al-badges">
      {badges.map(([tone, text]) => (
        <Badge key={text} tone={tone}>
          {text}
        </Badge>
      ))}
    </p>
  )
}
