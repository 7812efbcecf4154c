/** sheet: the worksheet “Anwendungsfall” as it is printed: W-questions, SMART, input and output, outcome and impact, indicators. */
import { Button } from '../parts/button.tsx'
import { PageHead } from '../parts/page.tsx'
import { Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { PageProps } from '../app.tsx'
import type { Listed } from '../wire.ts'
import type { Course, Kept, Kind, Whole } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { Missing } from './missing.tsx'
import { shownAs } from './kept-list.tsx'

const BLOCKS = [
  ['questions', ['reason', 'what', 'datasets', 'suppliers', 'audience', 'purpose', 'until']],
  ['smart', ['specific', 'measurable', 'attractive', 'realistic', 'timed']],
  ['inOut', ['inputs', 'outputs']],
  ['effect', ['outcome', 'outcomeGroup', 'outcomeBy', 'impact', 'impactGroup', 'impactBy']],
  ['kept', ['stage', 'unit', 'responsible']],
] as const

export function Sheet({ parameters }: PageProps) {
  const record = useResource<Whole>(`/sustain/records/${parameters['id']}`)
  const kinds = useResource<Listed<Kind>>('/sustain/kinds')
  return (
    <Show of={record} page>
      {(data) => (
        <Show of={kinds}>
          {({ items }) => {
            const kind = items.find(({ name }) => name === 'use-case')
            return kind && data.kind === 'use-case' ? <Printed record={data} kind={kind} /> : <Missing />
          }}
        </Show>
      )}
    </Show>
  )
}

function Printed({ record, kind }: { readonly record: Whole; readonly kind: Kind }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const named = record.fields['indicators']
  return (
    <article className="al-stacked al-sheet">
      <PageHead title={record.title} preline={words.worksheet} lead={words.asOf(format.date(record.modified), record.version)}>
        <Button onClick={() => window.print()}>{words.print}</Button>
      </PageHead>
      {BLOCKS.map(([block, names]) => (
        <section key={block} aria-labelledby={block} className="al-sheet__block">
          <h2 className="kern-heading-medium" id={block}>
            {words.blocks[block]}
          </h2>
          <dl className="kern-description-list kern-description-list--col">
            {names.map((name) => {
              const schema = kind.schema.properties?.[name] ?? {}
              return (
                <div key={name} className="kern-description-list-item">
                  <dt className="kern-description-list-item__key">{format.text(schema.title)}</dt>
                  <dd className="kern-description-list-item__value al-lines-kept">{shownAs(record.fields[name], schema, format)}</dd>
                </div>
              )
            })}
          </dl>
        </section>
      ))}
      <section aria-labelledby="indicators" className="al-sheet__block">
        <h2 className="kern-heading-medium" id="indicators">
          {words.blocks.indicators}
        </h2>
        {Array.isArray(named) && named.length > 0 ? (
          <ul className="kern-list kern-list--bullet">
            {named.map((id) => (typeof id === 'number' ? <Indicator key={id} id={id} /> : null))}
          </ul>
        ) : (
          <p className="kern-body">–</p>
        )}
      </section>
    </article>
  )
}

function Indicator({ id }: { readonly id: number }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const record = useResource<Kept>(`/sustain/records/${id}`)
  const course = useResource<Course>(`/sustain/records/${id}/values`)
  if (record.state !== 'ready') return null
  const { title, fields } = record.data
  const unit = typeof fields['unit'] === 'string' ? fields['unit'] : ''
  const figure = (value: unknown) => (typeof value === 'number' ? `${format.number(value)} ${unit}`.trim() : '–')
  const latest = course.state === 'ready' ? (course.data.problem ?? figure(course.data.latest)) : '…'
  return (
    <li>
      <strong>{title}</strong>: {words.line(figure(fields['baseline']), latest, figure(fields['target']))}
    </li>
  )
}
