/** datasets: all that one may see, drafts too. */
import { Badge } from '../parts/alert.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Catalogue } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Datasets() {
  const words = useWords()
  const { datasets, connect } = words.work
  const format = useFormat()
  const found = useResource<Catalogue>('/datasets?limit=200')
  return (
    <>
      <PageHead title={datasets.title} lead={datasets.lead}>
        <ButtonLink look="primary" icon="add" to="/workspace/connect">
          {connect.title}
        </ButtonLink>
      </PageHead>
      <Show of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="draft" title={datasets.none} body={datasets.noneBody} />
          ) : (
            <Table
              caption={datasets.title}
              rows={items}
              keyOf={({ slug }) => slug}
              columns={[
                {
                  name: datasets.name,
                  cell: ({ slug, title }) => (
                    <Link className="kern-link" to={`/workspace/datasets/${slug}`}>
                      {format.text(title)}
                    </Link>
                  ),
                },
                {
                  name: datasets.state,
                  cell: ({ state }) => <Badge tone={state === 'released' ? 'success' : 'info'}>{words.state[state]}</Badge>,
                },
                { name: datasets.access, cell: ({ access }) => words.access[access] },
                { name: datasets.amount, numeric: true, cell: ({ counts }) => (counts ? format.compact(counts.observations) : '–') },
                {
                  name: datasets.modified,
                  cell: ({ modified }) => (
                    <time dateTime={modified} title={format.time(modified)}>
                      {format.age(modified)}
                    </time>
                  ),
                },
              ]}
            />
          )
        }
      </Show>
    </>
  )
}
