/** kept-list: all records of a kind, and a way to add one. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { SchemaForm } from '../parts/schema-form.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { useFormat, type Format } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import type { PageProps } from '../app.tsx'
import type { Json, Listed, Schema } from '../wire.ts'
import type { Kept, Kind } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { Missing } from './missing.tsx'

export function KeptList({ parameters }: PageProps) {
  const kinds = useResource<Listed<Kind>>('/sustain/kinds')
  return (
    <Show of={kinds} page>
      {({ items }) => {
        const kind = items.find(({ name }) => name === parameters['kind'])
        return kind ? <OfKind kind={kind} /> : <Missing />
      }}
    </Show>
  )
}

function OfKind({ kind }: { readonly kind: Kind }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const [adding, setAdding] = useState(false)
  const found = useResource<Listed<Kept>>(`/sustain/records?kind=${kind.name}`)
  return (
    <div className="al-stacked">
      <PageHead
        title={format.text(kind.titles)}
        lead={format.text(kind.lead)}
        preline={
          <Link className="kern-link" to="/workspace/sustain">
            {words.title}
          </Link>
        }
      >
        <Button look="primary" icon="add" onClick={() => setAdding(true)}>
          {words.add(format.text(kind.title))}
        </Button>
      </PageHead>
      {adding && <Add kind={kind} close={() => setAdding(false)} />}
      <Show of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="draft" title={words.none} body={format.text(kind.lead)} />
          ) : (
            <Table caption={format.text(kind.titles)} rows={items} keyOf={({ id }) => id} columns={columnsOf(kind, format, words)} />
          )
        }
      </Show>
    </div>
  )
}

/** The title, up to three telling fields, and what is missing. */
function columnsOf(kind: Kind, format: Format, words: ReturnType<typeof useWords>['work']['sustain']): readonly Column<Kept>[] {
  const telling = (TELLING[kind.name] ?? []).map((field): Column<Kept> => {
    const schema = kind.schema.properties?.[field] ?? {}
    return {
      name: format.text(schema.title),
      numeric: schema.format === 'money',
      cell: ({ fields }) => shownAs(fields[field], schema, format),
    }
  })
  return [
    {
      name: words.name,
      cell: ({ id, title }) => (
        <Link className="kern-link" to={`/workspace/sustain/records/${id}`}>
          {title}
        </Link>
      ),
    },
    ...telling,
    {
      name: words.open,
      cell: ({ findings }) => {
        const gaps = findings.filter(({ weight }) => weight === 'gap').length
        return gaps === 0 ? <Badge tone="success">{words.complete}</Badge> : <Badge tone="warning">{words.gaps(gaps)}</Badge>
      },
    },
  ]
}

const TELLING: Readonly<Record<string, readonly string[]>> = {
  'use-case': ['stage', 'responsible', 'until'],
  indicator: ['unit', 'target', 'due'],
  role: ['task', 'person', 'deputy'],
  operation: ['form', 'operator'],
  cost: ['amount', 'type', 'position'],
  funding: ['yearly', 'type', 'until'],
  decision: ['body', 'date'],
  milestone: ['due', 'responsible', 'done'],
}

/** A value as its form would show it. */
export function shownAs(value: Json | undefined, schema: Schema, format: Format): string {
  if (value === undefined || value === null) return '–'
  if (schema.format === 'money' && typeof value === 'number') return format.euros(value)
  if (schema.format === 'date' && typeof value === 'string') return format.date(value)
  const choice = schema.oneOf?.find((one) => one.const === value)
  if (choice !== undefined) return format.text(choice.title)
  if (typeof value === 'number') return format.number(value)
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')
  return typeof value === 'string' ? value : value === true ? '✓' : ''
}

/** What it cannot be without; the rest is filled in on its own page. */
function Add({ kind, close }: { readonly kind: Kind; readonly close: () => void }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const act = useAct()
  const [title, setTitle] = useState('')
  const [fields, setFields] = useState<Readonly<Record<string, Json>>>({})
  const required = kind.schema.required ?? []
  const least = Object.fromEntries(Object.entries(kind.schema.properties ?? {}).filter(([name]) => required.includes(name)))
  const add = () =>
    act.run(async () => {
      const made = await call<Kept>('/sustain/records', { method: 'POST', body: { kind: kind.name, title, fields } })
      go(`/workspace/sustain/records/${made.id}`)
    })
  return (
    <Dialog
      title={words.add(format.text(kind.title))}
      close={close}
      footer={
        <Button look="primary" disabled={act.busy || title.trim() === ''} onClick={() => void add()}>
          {words.create}
        </Button>
      }
    >
      <Refused refusal={act.refusal} />
      <TextField label={words.name} required value={title} onChange={({ target }) => setTitle(target.value)} />
      <SchemaForm schema={{ ...kind.schema, properties: least }} value={fields} change={setFields} />
    </Dialog>
  )
}
