/** outcome: the first run in progress, and where to go when it is done. */
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Alert } from '../parts/alert.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Refused } from '../parts/refused.tsx'
import { Held, type Explained } from '../parts/release-button.tsx'
import { isUnderWay, RunNumbers, RunProgress } from '../parts/run-state.tsx'
import { Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useRun } from '../pages/run.tsx'
import type { Run } from '../wire.ts'
import type { Asked, ReleaseCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import type { Published } from './publish.ts'

export function Outcome({ published }: { readonly published: Published }) {
  const { run, slug } = published
  const watched = useRun(run?.id)
  const ended = run === undefined || (watched.state === 'ready' && !isUnderWay(watched.data) && watched.data.state !== 'failed')
  return (
    <div className="al-stacked">
      {ended && published.wanted && <AskForRelease slug={slug} />}
      {run ? <Show of={watched}>{(data) => <Ran run={data} slug={slug} />}</Show> : <Waits published={published} />}
    </div>
  )
}

/** A source that sends by itself: where to. */
function Waits({ published: { source } }: { readonly published: Published }) {
  const { connect } = useWords().work
  return (
    <>
      <Alert tone="success" title={connect.pushAddress}>
        <p className="kern-body">{connect.pushBody}</p>
      </Alert>
      <CopyText text={source.url ?? ''} label={connect.pushAddress} />
      <ButtonLink to={`/workspace/sources/${source.id}`}>{source.name}</ButtonLink>
    </>
  )
}

/** Once the data are there, so that the checks see them; says what came of it, where it is not released at once. */
function AskForRelease({ slug }: { readonly slug: string }) {
  const { release: words } = useWords().work
  const act = useAct()
  const [asked, setAsked] = useState<ReleaseCase>()
  const begun = useRef(false)
  const ask = (explained: Explained = {}) =>
    act.run(async () => setAsked((await call<Asked>(`/datasets/${slug}/release`, { method: 'POST', body: { explained } })).release))
  useEffect(() => {
    if (!begun.current) void ask()
    begun.current = true
  })
  if (asked?.state === 'blocked') return <Held key={asked.id} held={asked} busy={act.busy} again={(explained) => void ask(explained)} />
  return asked?.state === 'reviewing' ? <Alert tone="info" title={words.submitted} /> : <Refused refusal={act.refusal} />
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
