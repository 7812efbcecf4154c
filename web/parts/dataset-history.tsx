/** dataset-history: who asked for a dataset to be seen, who looked at it, what they said; newest first. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { History } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { Empty, Show } from './state.tsx'
import { Table } from './table.tsx'

export function DatasetHistory({ slug }: { readonly slug: string }) {
  const { release: words } = useWords().work
  const format = useFormat()
  const found = useResource<History>(`/datasets/${slug}/history`)
  return (
    <Show of={found}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="checklist" title={words.noHistory} body={words.noHistoryBody} />
        ) : (
          <Table
            caption={words.history}
            rows={items}
            keyOf={(_, at) => at}
            columns={[
              { name: words.when, cell: ({ at }) => <time dateTime={at}>{format.time(at)}</time> },
              { name: words.who, cell: ({ who }) => who.name },
              {
                name: words.what,
                cell: ({ step, aspect }) => [words.steps[step] ?? step, aspect && words.aspects[aspect]].filter(Boolean).join(': '),
              },
              { name: words.reason, cell: ({ reason }) => reason ?? '–' },
            ]}
          />
        )
      }
    </Show>
  )
}
