/** today: what needs somebody now: failed runs, rejected rows, silent sources, drafts. */
import type { ReactNode } from 'react'
import { ButtonLink } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Badge } from '../parts/alert.tsx'
import { RunBadge } from '../parts/run-state.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Card, Catalogue, Listed, Run, Source } from '../wire.ts'
import type { ShownCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { CaseBadge } from './releases.tsx'

export function Today() {
  const { today, connect } = useWords().work
  const sources = useResource<Listed<Source>>('/sources')
  const runs = useResource<Listed<Run>>('/runs?limit=100', 15_000)
  const drafts = useResource<Catalogue>('/datasets?state=draft&limit=20')
  const reviews = useResource<Listed<ShownCase>>('/releases?state=open&mine=1')
  return (
    <>
      <PageHead title={today.title}>
        <ButtonLink look="primary" icon="add" to="/workspace/connect">
          {connect.title}
        </ButtonLink>
      </PageHead>
      {reviews.state === 'ready' && <Reviews cases={reviews.data.items} />}
      <Show of={sources} lines={5}>
        {({ items }) => (
          <Show of={runs} lines={5}>
            {(ran) => <Due sources={items} runs={ran.items} drafts={drafts.state === 'ready' ? drafts.data : undefined} />}
          </Show>
        )}
      </Show>
    </>
  )
}

const DAY = 86_400_000

/** The last run of each source, newest first. */
function lastRuns(runs: readonly Run[]): readonly Run[] {
  const last = new Map<number, Run>()
  for (const run of runs) if (!last.has(run.source)) last.set(run.source, run)
  return [...last.values()]
}

function Due({
  sources,
  runs,
  drafts,
}: {
  readonly sources: readonly Source[]
  readonly runs: readonly Run[]
  readonly drafts: Catalogue | undefined
}) {
  const { today, runs: runWords } = useWords().work
  const format = useFormat()
  const nameOf = (id: number) => sources.find((source) => source.id === id)?.name ?? runWords.run(id)
  const last = lastRuns(runs)
  const failed = last.filter(({ state }) => state === 'failed')
  const rejecting = last.filter(({ state, rejected }) => state !== 'failed' && rejected > 0)
  const silent = sources.filter(({ id, enabled, schedule }) => {
    const run = last.find(({ source }) => source === id)
    return enabled && schedule !== null && (run === undefined || Date.now() - Date.parse(run.queued) > 2 * DAY)
  })
  const waiting = drafts?.items.filter(({ counts }) => counts && counts.entities + counts.series > 0) ?? []
  if (sources.length === 0 && waiting.length === 0)
    return (
      <Empty icon="drive-folder-upload" title={today.beginTitle} body={today.beginBody}>
        <ButtonLink to="/workspace/connect">{today.look}</ButtonLink>
      </Empty>
    )
  if (failed.length + rejecting.length + silent.length + waiting.length === 0)
    return <Empty icon="success" title={today.nothing} body={today.nothingBody} />
  return (
    <div className="al-stacked">
      <Tasks title={today.failed} id="failed">
        {failed.map((run) => (
          <Task
            key={run.id}
            to={`/workspace/runs/${run.id}`}
            name={nameOf(run.source)}
            hint={run.error?.detail ?? ''}
            state={<RunBadge run={run} />}
          />
        ))}
      </Tasks>
      <Tasks title={today.rejects} id="rejects">
        {rejecting.map((run) => (
          <Task
            key={run.id}
            to={`/workspace/runs/${run.id}`}
            name={nameOf(run.source)}
            hint={format.age(run.queued)}
            state={<Badge tone="warning">{today.rejected(format.number(run.rejected), run.rejected)}</Badge>}
          />
        ))}
      </Tasks>
      <Silent sources={silent} last={last} />
      <Drafts cards={waiting} />
    </div>
  )
}

function Silent({ sources, last }: { readonly sources: readonly Source[]; readonly last: readonly Run[] }) {
  const { today } = useWords().work
  const format = useFormat()
  return (
    <Tasks title={today.silent} id="silent">
      {sources.map((source) => {
        const run = last.find((one) => one.source === source.id)
        return (
          <Task
            key={source.id}
            to={`/workspace/sources/${source.id}`}
            name={source.name}
            hint={run ? today.silentSince(format.age(run.queued)) : today.neverRun}
            state={<Badge tone="warning">{today.silent}</Badge>}
          />
        )
      })}
    </Tasks>
  )
}

function Reviews({ cases }: { readonly cases: readonly ShownCase[] }) {
  const { release: words } = useWords().work
  const format = useFormat()
  return (
    <Tasks title={words.mine} id="reviews">
      {cases.map((one) => (
        <Task
          key={one.id}
          to={`/workspace/releases/${one.id}`}
          name={format.text(one.about.title)}
          hint={words.askedBy(one.author.name, format.age(one.began))}
          state={<CaseBadge of={one} />}
        />
      ))}
    </Tasks>
  )
}

function Drafts({ cards }: { readonly cards: readonly Card[] }) {
  const { catalogue, state, work } = useWords()
  const format = useFormat()
  return (
    <Tasks title={work.today.drafts} id="drafts">
      {cards.map((card) => (
        <Task
          key={card.slug}
          to={`/workspace/datasets/${card.slug}`}
          name={format.text(card.title)}
          hint={catalogue.updated(format.age(card.modified))}
          state={<Badge tone="info">{state[card.state]}</Badge>}
        />
      ))}
    </Tasks>
  )
}

function Tasks({ title, id, children }: { readonly title: string; readonly id: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className="kern-task-list" aria-labelledby={id}>
      <header className="kern-task-list__header">
        <h2 className="kern-heading-medium" id={id}>
          {title}
        </h2>
      </header>
      <ul className="kern-task-list__list">{children}</ul>
    </section>
  )
}

function Task({ to, name, hint, state }: { readonly to: string; readonly name: string; readonly hint: string; readonly state: ReactNode }) {
  return (
    <li className="kern-task-list__item">
      <div className="al-task">
        <Link className="kern-link" to={to}>
          {name}
        </Link>
        {hint !== '' && <span className="kern-body kern-body--small kern-body--muted">{hint}</span>}
      </div>
      <div className="kern-task-list__status">{state}</div>
    </li>
  )
}
