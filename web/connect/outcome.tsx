/** outcome: the first run in progress, and where to go when it is done. */
import { Alert } from '../parts/alert.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Held } from '../parts/release-button.tsx'
import { isUnderWay, RunNumbers, RunProgress } from '../parts/run-state.tsx'
import { Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useRun } from '../pages/run.tsx'
import type { Run } from '../wire.ts'
import type { ReleaseCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import type { Published } from './publish.ts'

export function Outcome({ published }: { readonly published: Published }) {
  const { connect } = useWords().work
  const { run, source, slug, release } = published
  const watched = useRun(run?.id)
  if (!run)
    return (
      <div className="al-stacked">
        <Alert tone="success" title={connect.pushAddress}>
          <p className="kern-body">{connect.pushBody}</p>
        </Alert>
        <CopyText text={source.url ?? ''} label={connect.pushAddress} />
        <ButtonLink to={`/workspace/sources/${source.id}`}>{source.name}</ButtonLink>
      </div>
    )
  return (
    <div className="al-stacked">
      {release && <Asked release={release} />}
      <Show of={watched}>{(data) => <Ran run={data} slug={slug} />}</Show>
    </div>
  )
}

/** What came of asking for release, where it is not released at once. */
function Asked({ release }: { readonly release: ReleaseCase }) {
  const { release: words } = useWords().work
  if (release.state === 'blocked') return <Held held={release} />
  return release.state === 'reviewing' ? <Alert tone="info" title={words.submitted} /> : null
}

function Ran({ run, slug }: { readonly run: Run; readonly slug: string }) {
  const { connect } = useWords().work
  const format = useFormat()
  return (
    <div className="al-stacked">
      {isUnderWay(run) ? (
        <>
          <RunProgress run={run} label={connect.running} />
          <p className="kern-body kern-body--muted">{connect.canLeave}</p>
        </>
      ) : run.state === 'failed' ? (
        <Alert tone="danger" title={connect.doneFailed}>
          <p className="kern-body">{run.error?.detail}</p>
        </Alert>
      ) : (
        <Alert tone={run.rejected > 0 ? 'warning' : 'success'} title={connect.done}>
          {run.rejected > 0 && (
            <p className="kern-body">
              {connect.wereRejected(format.number(run.rejected), run.rejected)} {connect.rejectsBody}
            </p>
          )}
        </Alert>
      )}
      <RunNumbers run={run} />
      <div className="al-actions">
        {!isUnderWay(run) && (
          <ButtonLink look="primary" to={`/datasets/${slug}`}>
            {connect.toDataset}
          </ButtonLink>
        )}
        <ButtonLink to={`/workspace/runs/${run.id}`}>{connect.toRun}</ButtonLink>
      </div>
    </div>
  )
}
