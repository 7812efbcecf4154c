/** impact: what the platform is good for, for everybody: use cases in plain words, with the figures behind them. */
import { PageHead } from '../parts/page.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat, type Format } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Listed } from '../wire.ts'
import type { Kind, PublicUseCase } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { shownAs } from './kept-list.tsx'

export function Impact() {
  const { sustain: words } = useWords().work
  const found = useResource<Listed<PublicUseCase>>('/impact')
  const kinds = useResource<Listed<Kind>>('/sustain/kinds')
  return (
    <div className="al-stacked">
      <PageHead title={words.impact} lead={words.impactLead} />
      <Show of={found} page>
        {({ items }) => (
          <Show of={kinds}>
            {(all) => {
              const kind = all.items.find(({ name }) => name === 'use-case')
              if (items.length === 0 || kind === undefined)
                return <Empty icon="draft" title={words.impactNone} body={words.impactNoneBody} />
              return (
                <>
                  {items.map((one) => (
                    <UseCase key={one.id} useCase={one} kind={kind} />
                  ))}
                </>
              )
            }}
          </Show>
        )}
      </Show>
    </div>
  )
}

/** Only as far as both are published. */
function withUnit(value: unknown, unit: unknown, format: Format): string {
  if (typeof value !== 'number') return '–'
  return typeof unit === 'string' ? `${format.number(value)} ${unit}` : format.number(value)
}

const HIDDEN = ['indicators', 'decisions', 'datasets']

function UseCase({ useCase: { id, title, fields, indicators }, kind }: { readonly useCase: PublicUseCase; readonly kind: Kind }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const names = Object.keys(kind.schema.properties ?? {}).filter((name) => fields[name] !== undefined && !HIDDEN.includes(name))
  return (
    <section className="al-section" aria-labelledby={`use-case-${id}`}>
      <h2 className="kern-heading-large" id={`use-case-${id}`}>
        {title}
      </h2>
      <dl className="kern-description-list kern-description-list--col">
        {names.map((name) => {
          const schema = kind.schema.properties?.[name] ?? {}
          return (
            <div key={name} className="kern-description-list-item">
              <dt className="kern-description-list-item__key">{format.text(schema.title)}</dt>
              <dd className="kern-description-list-item__value al-lines-kept">{shownAs(fields[name], schema, format)}</dd>
            </div>
          )
        })}
      </dl>
      {indicators.length > 0 && (
        <Table
          caption={words.blocks.indicators}
          rows={indicators}
          keyOf={(one) => one.id}
          columns={[
            { name: words.name, cell: (one) => one.title },
            { name: words.definition, cell: ({ fields: said }) => (typeof said['definition'] === 'string' ? said['definition'] : '–') },
            { name: words.latest, numeric: true, cell: ({ values, fields: said }) => withUnit(values.at(-1)?.value, said['unit'], format) },
            { name: words.target, numeric: true, cell: ({ fields: said }) => withUnit(said['target'], said['unit'], format) },
            { name: words.when, cell: ({ values }) => (values.length === 0 ? '–' : format.date(values.at(-1)?.day ?? '')) },
          ]}
        />
      )}
    </section>
  )
}
