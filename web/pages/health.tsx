/** health: how the platform is, since when, and what to do; for whoever runs it. */
import { useFormat } from '../format.ts'
import { Alert, Badge, type Tone } from '../parts/alert.tsx'
import { PageHead } from '../parts/page.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useResource } from '../resource.ts'
import { useWords } from '../words/words.tsx'

type State = 'well' | 'watch' | 'bad'

interface Sign {
  readonly about: 'disk' | 'backup' | 'proof' | 'retention' | 'sources' | 'runs' | 'outbox'
  readonly state: State
  readonly said: string
  readonly since?: string
  readonly act?: string
}

const TONES: Readonly<Record<State, Tone>> = { well: 'success', watch: 'warning', bad: 'danger' }
const MINUTE = 60_000

export function Health() {
  const { operate: words } = useWords().work
  const found = useResource<{ readonly state: State; readonly items: readonly Sign[] }>('/health', MINUTE)
  return (
    <div className="al-stacked">
      <PageHead title={words.title} lead={words.lead} />
      <Show of={found} page>
        {({ state, items }) => (
          <>
            <Alert tone={TONES[state]} title={words.all[state]}>
              <p className="kern-body">{words.allBody}</p>
            </Alert>
            <Signs items={items} />
          </>
        )}
      </Show>
    </div>
  )
}

function Signs({ items }: { readonly items: readonly Sign[] }) {
  const { operate: words } = useWords().work
  const format = useFormat()
  return (
    <Table
      caption={words.title}
      rows={items}
      keyOf={({ about }) => about}
      columns={[
        { name: words.state, cell: ({ state }) => <Badge tone={TONES[state]}>{words.states[state]}</Badge> },
        { name: words.about, cell: ({ about }) => words.abouts[about] },
        { name: words.said, cell: ({ said }) => said },
        {
          name: words.since,
          cell: ({ since }) =>
            since !== undefined && (
              <time dateTime={since} title={format.time(since)}>
                {format.age(since)}
              </time>
            ),
        },
        { name: words.act, cell: ({ act }) => act ?? words.nothing },
      ]}
    />
  )
}
