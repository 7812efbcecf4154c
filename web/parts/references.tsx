/** references: a field that names datasets, or records of a kind: one of them, or several ticked. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Json, Listed, Schema, Text } from '../wire.ts'
import type { Kept } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { CheckField, SelectField } from './field.tsx'
import { Show } from './state.tsx'

interface Named {
  readonly refers: string
  readonly schema: Schema
  readonly value: Json | undefined
  readonly change: (value: Json | undefined) => void
}

interface Choice {
  readonly value: string | number
  readonly label: string
}

export function References(props: Named) {
  const { refers } = props
  const format = useFormat()
  const ofDatasets = refers === 'dataset'
  const found = useResource<Listed<Kept & { readonly slug: string; readonly title: Text | string }>>(
    ofDatasets ? '/datasets?limit=1000' : `/sustain/records?kind=${refers}`,
  )
  return (
    <Show of={found}>
      {({ items }) => {
        const choices = items.map((one): Choice => ({ value: ofDatasets ? one.slug : one.id, label: format.text(one.title) }))
        return props.schema.type === 'array' ? <Several {...props} choices={choices} /> : <One {...props} choices={choices} />
      }}
    </Show>
  )
}

function One({ schema, value, change, choices }: Named & { readonly choices: readonly Choice[] }) {
  const { states } = useWords()
  const format = useFormat()
  return (
    <SelectField
      label={format.text(schema.title)}
      optional
      value={value === undefined || value === null ? '' : String(value as string | number)}
      onChange={({ target }) => change(choices.find((one) => String(one.value) === target.value)?.value)}
      choices={[
        { value: '', label: states.choose },
        ...withGone(choices, value).map(({ value: one, label }) => ({ value: String(one), label })),
      ]}
    />
  )
}

function Several({ schema, value, change, choices }: Named & { readonly choices: readonly Choice[] }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const chosen = Array.isArray(value) ? (value as readonly (string | number)[]) : []
  const put = (next: readonly (string | number)[]) => change(next.length === 0 ? undefined : next)
  const all = chosen.reduce(withGone, choices)
  return (
    <fieldset className="kern-fieldset">
      <legend className="kern-label">{format.text(schema.title)}</legend>
      <div className="kern-fieldset__body">
        {' '}
        {all.length === 0 && <p className="kern-body kern-body--muted">{words.nothingToName}</p>}
        {all.map(({ value: one, label }) => (
          <CheckField
            key={one}
            label={label}
            checked={chosen.includes(one)}
            onChange={({ target }) => put(target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** What is named and not there any more can still be seen, and taken out. */
function withGone(choices: readonly Choice[], value: Json | undefined): readonly Choice[] {
  if ((typeof value !== 'string' && typeof value !== 'number') || choices.some((one) => one.value === value)) return choices
  return [...choices, { value, label: `${value} (?)` }]
}
