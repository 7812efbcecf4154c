/** run: one reading of a source: how far, with what numbers, what was rejected and why. */
import { useEffect, useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Alert } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Records } from '../parts/records.tsx'
import { Refused } from '../parts/refused.tsx'
import { Rejects } from '../parts/rejects.tsx'
import { isUnderWay, RunBadge, RunNumbers, RunProgress } from '../parts/run-state.tsx'
import { Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useResource, type Resource } from '../resource.ts'
import type { PageProps } from '../app.tsx'
import type { Run, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function RunPage({ parameters }: PageProps) {
  const id = Number(parameters['id'])
  const run = useRun(id)
  return (
    <Show of={run} page>
      {(data) => <Shown run={data} reload={run.reload} />}
    </Show>
  )
}

/** Asked for again every second while it is under way. */
export function useRun(id: number | undefined): Resource<Run> {
  const [moving, setMoving] = useState(true)
  const run = useResource<Run>(id === undefined ? undefined : `/runs/${id}`, moving ? 1000 : undefined)
  const over = run.state === 'ready' && !run.stale && !isUnderWay(run.data)
  useEffect(() => setMoving(!over), [over])
  return run
}

function Shown({ run, reload }: { readonly run: Run; readonly reload: () => void }) {
  const { runs: words } = useWords().work
  const format = useFormat()
  const act = useAct()
  const source = useResource<Source>(`/sources/${run.source}`)
  const cancel = () =>
    act.run(async () => {
      await call(`/runs/${run.id}/cancel`, { method: 'POST', body: {} })
      reload()
    })
  return (
    <div className="al-stacked">
      <PageHead title={source.state === 'ready' ? `${words.run(run.id)}: ${source.data.name}` : words.run(run.id)}>
        {isUnderWay(run) && (
          <Button disabled={act.busy} onClick={() => void cancel()}>
            {words.cancel}
          </Button>
        )}
      </PageHead>
      <p className="al-badges">
        <RunBadge run={run} />
        <span className="kern-body kern-body--muted">
          {words.started}: {format.time(run.started ?? run.queued)}
        </span>
        {source.state === 'ready' && (
          <Link className="kern-link" to={`/datasets/${source.data.dataset}`}>
            {source.data.dataset}
          </Link>
        )}
      </p>
      <Refused refusal={act.refusal} />
      {isUnderWay(run) && <RunProgress run={run} />}
      <RunNumbers run={run} />
      {run.error && (
        <Alert tone="danger" title={words.error}>
          <p className="kern-body">{run.error.detail}</p>
        </Alert>
      )}
      {run.warnings?.map((warning) => (
        <Alert key={format.text(warning)} tone="warning" title={format.text(warning)} />
      ))}
      {!isUnderWay(run) && <Records run={run} />}
      {!isUnderWay(run) && <Rejects run={run} />}
    </div>
  )
}
