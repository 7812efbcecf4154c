/** source: one connection: run it, pause it, change it, see its runs. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { SelectField, TextField } from '../parts/field.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { RunTable } from '../parts/run-table.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { SchemaForm } from '../parts/schema-form.tsx'
import { useToast } from '../parts/toast.tsx'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import type { PageProps } from '../app.tsx'
import type { Connector, Listed, Run, Source } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function SourcePage({ parameters }: PageProps) {
  const found = useResource<Source>(`/sources/${parameters['id']}`)
  return (
    <Show of={found} page>
      {(source) => <Shown source={source} reload={found.reload} />}
    </Show>
  )
}

function Shown({ source, reload }: { readonly source: Source; readonly reload: () => void }) {
  const { sources: words, connect } = useWords().work
  const act = useAct()
  const path = `/sources/${source.id}`
  const change = (body: Partial<Source>) =>
    act.run(async () => {
      await call(path, { method: 'PATCH', body })
      reload()
    })
  const run = () =>
    act.run(async () => {
      const begun = await call<Run>(`${path}/run`, { method: 'POST', body: {} })
      go(`/workspace/runs/${begun.id}`)
    })
  return (
    <div className="al-stacked">
      <PageHead title={source.name}>
        {source.url === null && (
          <Button look="primary" disabled={act.busy} onClick={() => void run()}>
            {words.run}
          </Button>
        )}
        <Button disabled={act.busy} onClick={() => void change({ enabled: !source.enabled })}>
          {source.enabled ? words.pause : words.resume}
        </Button>
      </PageHead>
      <p className="al-badges">
        <Badge tone={source.enabled ? 'success' : 'warning'}>{source.enabled ? words.on : words.off}</Badge>
        <span className="kern-body kern-body--muted">{connect.schedules[source.schedule ?? ''] ?? source.schedule}</span>
        <Link className="kern-link" to={`/workspace/datasets/${source.dataset}`}>
          {source.dataset}
        </Link>
      </p>
      <Refused refusal={act.refusal} />
      {source.url !== null && (
        <Section id="door" title={connect.pushAddress} lead={connect.pushBody}>
          <CopyText text={source.url} label={connect.pushAddress} />
        </Section>
      )}
      <Tabs
        label={source.name}
        views={[
          { id: 'runs', title: words.runs, body: <SourceRuns source={source} /> },
          { id: 'options', title: connect.options, body: <Options source={source} reload={reload} /> },
        ]}
      />
    </div>
  )
}

function SourceRuns({ source }: { readonly source: Source }) {
  const { sources: words, runs } = useWords().work
  const found = useResource<Listed<Run>>(`/runs?source=${source.id}&limit=50`, 3000)
  return (
    <Show of={found}>
      {({ items }) =>
        items.length === 0 ? <Empty title={runs.none} body={runs.noneBody} /> : <RunTable runs={items} caption={words.runs} />
      }
    </Show>
  )
}

function Options({ source, reload }: { readonly source: Source; readonly reload: () => void }) {
  const { sources: words, connect } = useWords().work
  const { states } = useWords()
  const say = useToast()
  const act = useAct()
  const connectors = useResource<Listed<Connector>>('/connectors')
  const [draft, setDraft] = useState({ name: source.name, schedule: source.schedule ?? '', options: source.options })
  const [asking, setAsking] = useState(false)
  const schema = connectors.state === 'ready' ? connectors.data.items.find(({ name }) => name === source.connector)?.options : undefined
  const save = () =>
    act.run(async () => {
      await call(`/sources/${source.id}`, { method: 'PATCH', body: { ...draft, schedule: draft.schedule === '' ? null : draft.schedule } })
      say(states.saved)
      reload()
    })
  const remove = () =>
    act.run(async () => {
      await call(`/sources/${source.id}`, { method: 'DELETE' })
      go('/workspace/sources')
    })
  return (
    <div className="al-form">
      <Refused refusal={act.refusal} />
      <TextField label={connect.sourceName} value={draft.name} onChange={({ target }) => setDraft({ ...draft, name: target.value })} />
      {source.url === null && (
        <SelectField
          label={connect.schedule}
          value={draft.schedule}
          onChange={({ target }) => setDraft({ ...draft, schedule: target.value })}
          choices={schedulesWith(draft.schedule, connect.schedules)}
        />
      )}
      {schema && <SchemaForm schema={schema} value={draft.options} change={(options) => setDraft({ ...draft, options })} />}
      <div className="al-actions">
        <Button look="primary" disabled={act.busy} onClick={() => void save()}>
          {states.save}
        </Button>
        <Button look="tertiary" icon="delete" onClick={() => setAsking(true)}>
          {words.remove}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={words.removeTitle}
          body={words.removeBody(source.name)}
          label={words.remove}
          act={() => void remove()}
          close={() => setAsking(false)}
        />
      )}
    </div>
  )
}

/** The usual ones, and the source's own when it is another. */
export function schedulesWith(own: string, names: Readonly<Record<string, string>>) {
  const choices = Object.entries(names).map(([value, label]) => ({ value, label }))
  return own in names ? choices : [...choices, { value: own, label: own }]
}
