/** releases: requests for release that wait for somebody, and those that are decided. */
import { Badge } from '../parts/alert.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Listed } from '../wire.ts'
import type { ReleaseCase, ShownCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'

export function Releases() {
  const { release: words } = useWords().work
  return (
    <div className="al-stacked">
      <PageHead title={words.title} lead={words.lead} />
      <Tabs
        label={words.title}
        views={[
          { id: 'mine', title: words.mine, body: <Cases query="state=open&mine=1" none={words.noneMine} /> },
          { id: 'open', title: words.open, body: <Cases query="state=open" none={words.noneOpen} /> },
          { id: 'ended', title: words.ended, body: <Cases query="state=ended" none={words.noneEnded} /> },
        ]}
      />
    </div>
  )
}

function Cases({ query, none }: { readonly query: string; readonly none: string }) {
  const { release: words } = useWords().work
  const format = useFormat()
  const found = useResource<Listed<ShownCase>>(`/releases?${query}`)
  return (
    <Show of={found}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="checklist" title={none} body={words.noneBody} />
        ) : (
          <Table
            caption={words.title}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: words.dataset,
                cell: (one) => (
                  <Link className="kern-link" to={`/workspace/releases/${one.id}`}>
                    {format.text(one.about.title)}
                  </Link>
                ),
              },
              { name: words.kind, cell: ({ card }) => (card === undefined ? words.first : words.revision) },
              { name: words.author, cell: ({ author }) => author.name },
              { name: words.when, cell: ({ began }) => <time dateTime={began}>{format.age(began)}</time> },
              { name: words.state, cell: (one) => <CaseBadge of={one} /> },
            ]}
          />
        )
      }
    </Show>
  )
}

const TONES = {
  checking: 'info',
  reviewing: 'info',
  granted: 'success',
  refused: 'danger',
  blocked: 'warning',
  recalled: 'warning',
} as const

export function CaseBadge({ of: { state } }: { readonly of: ReleaseCase }) {
  const { release: words } = useWords().work
  return <Badge tone={TONES[state]}>{words.states[state]}</Badge>
}
