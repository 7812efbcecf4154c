/** records: what became of each dataset of another catalogue, what is different now, and what was wrong with it. */
import { useState } from 'react'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Became, CatalogueRecord, Json, Listed, Run } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Badge, type Tone } from './alert.tsx'
import { Button } from './button.tsx'
import { SelectField } from './field.tsx'
import { Link } from './link.tsx'
import { Section } from './page.tsx'
import { Show } from './state.tsx'
import { Table } from './table.tsx'

const TONES: Readonly<Record<Became, Tone>> = {
  new: 'success',
  changed: 'info',
  same: 'info',
  back: 'success',
  gone: 'warning',
  elsewhere: 'info',
}
const [FIRST, MOST] = [50, 1000]

export function Records({ run }: { readonly run: Run }) {
  const { records: words } = useWords().work
  const format = useFormat()
  const [became, setBecame] = useState('all')
  const [limit, setLimit] = useState(FIRST)
  const counts = Object.entries(run.made?.records ?? {}) as readonly (readonly [Became, number])[]
  const found = useResource<Listed<CatalogueRecord> & { readonly next?: string }>(
    counts.length === 0 ? undefined : `/runs/${run.id}/records?became=${became}&limit=${limit}`,
  )
  if (counts.length === 0) return null
  return (
    <Section id="records" title={words.title} lead={words.lead}>
      <p className="al-badges">
        {counts.map(([name, count]) => (
          <Badge key={name} tone={TONES[name]}>{`${words.became[name]}: ${format.number(count)}`}</Badge>
        ))}
      </p>
      <SelectField
        label={words.show}
        value={became}
        onChange={({ target }) => setBecame(target.value)}
        choices={[{ value: 'all', label: words.all }, ...counts.map(([name]) => ({ value: name, label: words.became[name] }))]}
      />
      <Show of={found}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <p className="kern-body">{words.nothing}</p> : <Shown records={items} />}
            {next !== undefined && limit < MOST && <Button onClick={() => setLimit(Math.min(MOST, limit * 4))}>{words.more}</Button>}
          </>
        )}
      </Show>
    </Section>
  )
}

function Shown({ records }: { readonly records: readonly CatalogueRecord[] }) {
  const { records: words } = useWords().work
  const format = useFormat()
  return (
    <Table
      caption={words.title}
      rows={records}
      keyOf={({ id }) => id}
      columns={[
        { name: words.state, cell: ({ became }) => <Badge tone={TONES[became]}>{words.became[became]}</Badge> },
        {
          name: words.name,
          cell: ({ slug, title, origin }) => {
            const name = format.text(title) || origin
            return slug === null ? name : <Link className="kern-link" to={`/datasets/${slug}`}>{name}</Link> // prettier-ignore
          },
        },
        { name: words.changes, cell: ({ changes }) => <Changes changes={changes} /> },
        { name: words.findings, cell: ({ findings }) => <Remarks findings={findings} /> },
      ]}
    />
  )
}

function Changes({ changes }: Pick<CatalogueRecord, 'changes'>) {
  const { records: words } = useWords().work
  const fields = Object.entries(changes)
  if (fields.length === 0) return null
  return (
    <ul className="kern-list kern-list--bullet">
      {fields.map(([field, { was, is }]) => (
        <li key={field}>
          <strong>{words.fields[field] ?? field}</strong>: <del>{textOf(was)}</del> → <ins>{textOf(is)}</ins>
        </li>
      ))}
    </ul>
  )
}

function Remarks({ findings }: Pick<CatalogueRecord, 'findings'>) {
  const { records: words } = useWords().work
  if (findings.length === 0) return null
  return (
    <ul className="kern-list kern-list--bullet">
      {findings.map(({ field, said, value }) => (
        <li key={`${field} ${said} ${value}`}>
          <strong>{words.fields[field] ?? field}</strong>: {said}
          {value !== undefined && value !== null && ` („${value}“)`}
        </li>
      ))}
    </ul>
  )
}

const LONGEST = 120

/** Short enough to be compared at a glance. */
function textOf(value: Json): string {
  if (value === null) return '–'
  const words = typeof value === 'object' && !Array.isArray(value) && 'de' in value ? value['de'] : value
  const text = typeof words === 'string' ? words : JSON.stringify(words)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
