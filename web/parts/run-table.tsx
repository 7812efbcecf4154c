/** run-table: runs with their numbers, newest first. */
import { useFormat } from '../format.ts'
import type { Run, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Link } from './link.tsx'
import { RunBadge, isUnderWay } from './run-state.tsx'
import { Table } from './table.tsx'

export function RunTable({
  runs,
  sources,
  caption,
}: {
  readonly runs: readonly Run[]
  readonly sources?: readonly Source[]
  readonly caption: string
}) {
  const { runs: words } = useWords().work
  const format = useFormat()
  const nameOf = (id: number) => sources?.find((source) => source.id === id)?.name
  return (
    <Table
      caption={caption}
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.source,
          cell: ({ id, source }) => (
            <Link className="kern-link" to={`/workspace/runs/${id}`}>
              {nameOf(source) ?? words.run(id)}
            </Link>
          ),
        },
        {
          name: words.started,
          cell: ({ queued }) => (
            <time dateTime={queued} title={format.time(queued)}>
              {format.age(queued)}
            </time>
          ),
        },
        { name: words.state, cell: (run) => <RunBadge run={run} /> },
        { name: words.read, numeric: true, cell: ({ read }) => format.number(read) },
        { name: words.stored, numeric: true, cell: ({ stored }) => format.number(stored) },
        { name: words.rejected, numeric: true, cell: ({ rejected }) => format.number(rejected) },
        {
          name: words.duration,
          numeric: true,
          cell: (run) =>
            isUnderWay(run) || !run.started || !run.ended ? '–' : format.duration(Date.parse(run.ended) - Date.parse(run.started)),
        },
      ]}
    />
  )
}
