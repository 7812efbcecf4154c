/** kept: one record: filled in, held against what it should say, published field by field, with its course and what it was before. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Alert } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { CheckField, TextField } from '../parts/field.tsx'
import { IndicatorCourse } from '../parts/indicator-course.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { SchemaForm } from '../parts/schema-form.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { useToast } from '../parts/toast.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import type { PageProps } from '../app.tsx'
import type { Listed } from '../wire.ts'
import type { Before, Kind, Whole } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { Missing } from './missing.tsx'
import { shownAs } from './kept-list.tsx'

export function KeptPage({ parameters }: PageProps) {
  const record = useResource<Whole>(`/sustain/records/${parameters['id']}`)
  const kinds = useResource<Listed<Kind>>('/sustain/kinds')
  return (
    <Show of={record} page>
      {(data) => (
        <Show of={kinds}>
          {({ items }) => {
            const kind = items.find(({ name }) => name === data.kind)
            return kind ? <Open key={data.version} record={data} kind={kind} reload={record.reload} /> : <Missing />
          }}
        </Show>
      )}
    </Show>
  )
}

interface Opened {
  readonly record: Whole
  readonly kind: Kind
  readonly reload: () => void
}

function Open({ record, kind, reload }: Opened) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  return (
    <div className="al-stacked">
      <PageHead
        title={record.title}
        preline={
          <Link className="kern-link" to={`/workspace/sustain/${kind.name}`}>
            {format.text(kind.titles)}
          </Link>
        }
      >
        {kind.name === 'use-case' && <ButtonLink to={`/workspace/sustain/records/${record.id}/sheet`}>{words.sheet}</ButtonLink>}
      </PageHead>
      <Findings record={record} kind={kind} />
      {kind.name === 'indicator' && <IndicatorCourse record={record} />}
      <Tabs
        label={record.title}
        views={[
          { id: 'fields', title: words.fields, body: <Edit record={record} kind={kind} reload={reload} /> },
          ...(kind.name === 'use-case' || kind.name === 'indicator'
            ? [{ id: 'publish', title: words.publishTab, body: <Publish record={record} kind={kind} reload={reload} /> }]
            : []),
          { id: 'history', title: words.history, body: <History record={record} kind={kind} /> },
        ]}
      />
    </div>
  )
}

function Findings({ record: { findings, named }, kind }: Pick<Opened, 'record' | 'kind'>) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const title = (field: string) => format.text(kind.schema.properties?.[field]?.title) || field
  return (
    <>
      {findings.length > 0 && (
        <Alert tone="warning" title={words.missing}>
          <ul className="kern-list kern-list--bullet">
            {findings.map(({ field, said }) => (
              <li key={`${field} ${said}`}>
                <strong>{title(field)}</strong>: {said}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {named.length > 0 && (
        <p className="kern-body">
          {words.namedBy}:{' '}
          {named.map(({ id, title: name }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link className="kern-link" to={`/workspace/sustain/records/${id}`}>
                {name}
              </Link>
            </span>
          ))}
        </p>
      )}
    </>
  )
}

function Edit({ record, kind, reload }: Opened) {
  const { sustain: words } = useWords().work
  const act = useAct()
  const say = useToast()
  const [title, setTitle] = useState(record.title)
  const [fields, setFields] = useState(record.fields)
  const [review, setReview] = useState(record.review ?? '')
  const [removing, setRemoving] = useState(false)
  const path = `/sustain/records/${record.id}`
  const save = () =>
    act.run(async () => {
      await call(path, { method: 'PATCH', body: { title, fields, review: review === '' ? null : review, version: record.version } })
      say(words.saved)
      reload()
    })
  const remove = () =>
    act.run(async () => {
      await call(path, { method: 'DELETE' })
      go(`/workspace/sustain/${kind.name}`)
    })
  return (
    <div className="al-stacked">
      <div className="al-form">
        <TextField label={words.name} required value={title} onChange={({ target }) => setTitle(target.value)} />
        <SchemaForm schema={kind.schema} value={fields} change={setFields} />
        <TextField
          label={words.review}
          hint={words.reviewHint}
          optional
          type="date"
          value={review}
          onChange={({ target }) => setReview(target.value)}
        />
      </div>
      <Refused refusal={act.refusal} />
      <div className="al-actions al-sticky">
        <Button look="primary" disabled={act.busy || title.trim() === ''} onClick={() => void save()}>
          {words.save}
        </Button>
        <Button look="tertiary" disabled={act.busy} onClick={() => setRemoving(true)}>
          {words.remove}
        </Button>
      </div>
      {removing && (
        <Confirm
          title={words.remove}
          body={words.removeBody}
          label={words.remove}
          act={() => void remove()}
          close={() => setRemoving(false)}
        />
      )}
    </div>
  )
}

/** Each field is published on purpose; nothing is by default. */
function Publish({ record, kind, reload }: Opened) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const act = useAct()
  const say = useToast()
  const [shown, setShown] = useState(record.shown)
  const save = () =>
    act.run(async () => {
      await call(`/sustain/records/${record.id}`, { method: 'PATCH', body: { shown, version: record.version } })
      say(words.saved)
      reload()
    })
  return (
    <div className="al-stacked">
      <p className="kern-body">{words.publishLead}</p>
      <fieldset className="kern-fieldset">
        <legend className="kern-label">{words.publish}</legend>
        <div className="kern-fieldset__body">
          {' '}
          {Object.entries(kind.schema.properties ?? {}).map(([name, { title }]) => (
            <CheckField
              key={name}
              label={format.text(title)}
              checked={shown.includes(name)}
              onChange={({ target }) => setShown(target.checked ? [...shown, name] : shown.filter((one) => one !== name))}
            />
          ))}
        </div>
      </fieldset>
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button look="primary" disabled={act.busy} onClick={() => void save()}>
          {words.save}
        </Button>
      </div>
    </div>
  )
}

function History({ record, kind }: Pick<Opened, 'record' | 'kind'>) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const found = useResource<Listed<Before>>(`/sustain/records/${record.id}/history`)
  return (
    <Show of={found}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="kern-body">{words.noHistory}</p>
        ) : (
          <Table
            caption={words.history}
            rows={items}
            keyOf={({ version }) => version}
            columns={[
              { name: words.version, numeric: true, cell: ({ version }) => version },
              { name: words.when, cell: ({ at }) => <time dateTime={at}>{format.time(at)}</time> },
              { name: words.author, cell: ({ author }) => author },
              {
                name: words.was,
                cell: (before) => (
                  <Was before={before} after={items.find(({ version }) => version === before.version + 1) ?? record} kind={kind} />
                ),
              },
            ]}
          />
        )
      }
    </Show>
  )
}

/** Only what was another then. */
function Was({ before, after, kind }: { readonly before: Before; readonly after: Pick<Before, 'title' | 'fields'>; readonly kind: Kind }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const names = Object.keys(kind.schema.properties ?? {}).filter(
    (name) => JSON.stringify(before.fields[name]) !== JSON.stringify(after.fields[name]),
  )
  return (
    <ul className="kern-list kern-list--bullet">
      {before.title !== after.title && (
        <li>
          <strong>{words.name}</strong>: {before.title}
        </li>
      )}
      {names.map((name) => {
        const schema = kind.schema.properties?.[name] ?? {}
        return (
          <li key={name}>
            <strong>{format.text(schema.title)}</strong>: {shownAs(before.fields[name], schema, format)}
          </li>
        )
      })}
    </ul>
  )
}
