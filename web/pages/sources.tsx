/** sources: where the data come from. */
import { Badge } from '../parts/alert.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Connector, Listed, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Sources() {
  const { sources: words, connect } = useWords().work
  const sources = useResource<Listed<Source>>('/sources')
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        <ButtonLink look="primary" icon="add" to="/workspace/connect">
          {connect.title}
        </ButtonLink>
      </PageHead>
      <Show of={sources}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="drive-folder-upload" title={words.none} body={words.noneBody} />
          ) : (
            <SourceTable sources={items} />
          )
        }
      </Show>
    </>
  )
}

function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  const { sources: words, connect } = useWords().work
  const format = useFormat()
  const connectors = useResource<Listed<Connector>>('/connectors')
  const titleOf = (name: string) =>
    (connectors.state === 'ready' ? format.text(connectors.data.items.find((one) => one.name === name)?.title) : '') || name
  return (
    <Table
      caption={words.title}
      rows={sources}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.name,
          cell: ({ id, name }) => (
            <Link className="kern-link" to={`/workspace/sources/${id}`}>
              {name}
            </Link>
          ),
        },
        { name: words.connector, cell: ({ connector }) => titleOf(connector) },
        {
          name: words.dataset,
          cell: ({ dataset }) => (
            <Link className="kern-link" to={`/workspace/datasets/${dataset}`}>
              {dataset}
            </Link>
          ),
        },
        { name: words.schedule, cell: ({ schedule }) => connect.schedules[schedule ?? ''] ?? schedule },
        {
          name: words.state,
          cell: ({ enabled }) => <Badge tone={enabled ? 'success' : 'warning'}>{enabled ? words.on : words.off}</Badge>,
        },
      ]}
    />
  )
}
