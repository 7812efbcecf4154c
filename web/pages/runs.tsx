/** runs: every reading of a source and its report. */
import { PageHead } from '../parts/page.tsx'
import { RunTable } from '../parts/run-table.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { useResource } from '../resource.ts'
import type { Listed, Run, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Runs() {
  const { runs: words } = useWords().work
  const runs = useResource<Listed<Run>>('/runs?limit=100', 3000)
  const sources = useResource<Listed<Source>>('/sources')
  return (
    <>
      <PageHead title={words.title} lead={words.lead} />
      <Show of={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="checklist" title={words.none} body={words.noneBody} />
          ) : (
            <RunTable runs={items} caption={words.title} {...(sources.state === 'ready' && { sources: sources.data.items })} />
          )
        }
      </Show>
    </>
  )
}
