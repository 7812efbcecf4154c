/** see-preview: what would be stored, and which rows would not. */
import { Alert } from '../parts/alert.tsx'
import { Section } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat } from '../format.ts'
import type { Draft, Preview } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function SeePreview({ preview }: { readonly preview: Preview }) {
  const { connect, records } = useWords().work
  const format = useFormat()
  const { counts, rejected, drafts } = preview
  const count = (name: string) => format.number(counts[name] ?? 0)
  const wrong = counts['rejected'] ?? rejected.length
  return (
    <div className="al-stacked">
      <p className="kern-body kern-body--large" role="status">
        {counts['records']
          ? records.counts(count('records'))
          : connect.previewCounts(count('rows'), count('entities'), count('observations'))}
      </p>
      {preview.warnings?.map((warning) => (
        <Alert key={format.text(warning)} tone="warning" title={format.text(warning)} />
      ))}
      {wrong > 0 ? <Wrong preview={preview} wrong={wrong} /> : <Alert tone="success" title={connect.noRejects} />}
      <Section id="drafts" title={connect.drafts}>
        <Drafts drafts={drafts} />
      </Section>
    </div>
  )
}

function Wrong({ preview, wrong }: { readonly preview: Preview; readonly wrong: number }) {
  const { connect } = useWords().work
  const format = useFormat()
  return (
    <>
      <Alert tone="warning" title={connect.someRejects(format.number(wrong), wrong)}>
        <p className="kern-body">{connect.rejectsBody}</p>
      </Alert>
      <Table
        small
        caption={connect.someRejects(format.number(wrong), wrong)}
        rows={preview.rejected.slice(0, 20)}
        keyOf={(_reject, at) => at}
        columns={[
          { name: connect.line, numeric: true, cell: ({ line }) => line ?? '–' },
          { name: connect.column, cell: ({ column }) => column ?? '–' },
          { name: connect.value, cell: ({ value }) => value ?? '–' },
          { name: connect.reason, cell: ({ reason }) => format.text(reason) },
        ]}
      />
    </>
  )
}

function Drafts({ drafts }: { readonly drafts: readonly Draft[] }) {
  const { connect, runs } = useWords().work
  const { dataset } = useWords()
  const format = useFormat()
  const names = new Map(
    drafts.flatMap(({ draft, iri, name }) => (draft === 'entity' && iri !== undefined ? [[iri, name ?? iri] as const] : [])),
  )
  const units = new Map(
    drafts.flatMap(({ draft, entity, attribute, unit }) => (draft === 'series' ? [[`${entity} ${attribute}`, unit] as const] : [])),
  )
  if (drafts.some(({ draft }) => draft === 'card')) return <Cards drafts={drafts} />
  const observed = drafts.filter(({ draft }) => draft === 'observation').slice(0, 20)
  if (observed.length > 0)
    return (
      <Table
        small
        caption={connect.drafts}
        rows={observed}
        keyOf={(_draft, at) => at}
        columns={[
          { name: connect.thing, cell: ({ entity }) => names.get(entity ?? '') ?? entity },
          { name: dataset.property, cell: ({ attribute }) => attribute },
          { name: connect.time, cell: ({ time }) => (time === undefined ? '–' : format.time(time)) },
          {
            name: dataset.value,
            numeric: true,
            cell: ({ result, entity, attribute }) => format.value(result ?? null, units.get(`${entity} ${attribute}`)),
          },
        ]}
      />
    )
  return (
    <Table
      small
      caption={connect.drafts}
      rows={drafts.filter(({ draft }) => draft === 'entity').slice(0, 20)}
      keyOf={({ iri }, at) => iri ?? at}
      columns={[
        { name: connect.thing, cell: ({ name, iri }) => name ?? iri },
        { name: runs.place, cell: ({ iri }) => iri },
      ]}
    />
  )
}

/** Of another catalogue. */
function Cards({ drafts }: { readonly drafts: readonly Draft[] }) {
  const { records } = useWords().work
  const format = useFormat()
  return (
    <Table
      small
      caption={records.title}
      rows={drafts.filter(({ draft }) => draft === 'card').slice(0, 20)}
      keyOf={({ origin }, at) => origin ?? at}
      columns={[
        { name: records.name, cell: ({ card, origin }) => (card === undefined ? origin : format.text(card.title)) },
        {
          name: records.findings,
          cell: ({ remarks = [] }) => (
            <ul className="kern-list kern-list--bullet">
              {remarks.map(({ field, said, value }) => (
                <li key={`${field} ${value}`}>
                  <strong>{records.fields[field] ?? field}</strong>: {format.text(said)}
                  {value !== undefined && ` („${value}“)`}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
