/** name-dataset: the last step: into which dataset, under what name, released or not, how often. */
import { CheckField, RadioField, SelectField, TextArea, TextField } from '../parts/field.tsx'
import { useFormat } from '../format.ts'
import { LICENCES } from '../licences.ts'
import { useResource } from '../resource.ts'
import type { Catalogue } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export interface Naming {
  /** The slug of one that is there; empty: a new one. */
  readonly into: string
  readonly title: string
  readonly description: string
  readonly theme: string
  readonly licence: string
  readonly publisher: string
  readonly release: boolean
  readonly schedule: string
}

export const namingFor = (title: string, publisher: string): Naming => ({
  into: '',
  title,
  description: '',
  theme: '',
  licence: LICENCES[0]?.[0] ?? '',
  publisher,
  release: false,
  schedule: '',
})

export function NameDataset({
  naming,
  change,
  scheduled,
}: {
  readonly naming: Naming
  readonly change: (naming: Naming) => void
  readonly scheduled: boolean
}) {
  const { connect } = useWords().work
  const format = useFormat()
  const datasets = useResource<Catalogue>('/datasets?limit=200')
  const there = datasets.state === 'ready' ? datasets.data.items : []
  const [first] = there
  return (
    <div className="al-form">
      {first && (
        <RadioField
          legend={connect.intoDataset}
          name="into"
          value={naming.into === '' ? 'new' : 'there'}
          choose={(value) => change({ ...naming, into: value === 'new' ? '' : first.slug })}
          choices={[
            { value: 'new', label: connect.newDataset },
            { value: 'there', label: connect.existing },
          ]}
        />
      )}
      {naming.into === '' ? (
        <NewCard naming={naming} change={change} />
      ) : (
        <SelectField
          label={connect.intoDataset}
          value={naming.into}
          onChange={({ target }) => change({ ...naming, into: target.value })}
          choices={there.map((card) => ({ value: card.slug, label: format.text(card.title) }))}
        />
      )}
      {scheduled && (
        <SelectField
          label={connect.schedule}
          value={naming.schedule}
          onChange={({ target }) => change({ ...naming, schedule: target.value })}
          choices={Object.entries(connect.schedules).map(([value, label]) => ({ value, label }))}
        />
      )}
    </div>
  )
}

function NewCard({ naming, change }: { readonly naming: Naming; readonly change: (naming: Naming) => void }) {
  const { themes, work } = useWords()
  const { edit, connect } = work
  return (
    <>
      <TextField label={edit.title} required value={naming.title} onChange={({ target }) => change({ ...naming, title: target.value })} />
      <TextArea
        label={edit.description}
        hint={edit.descriptionHint}
        value={naming.description}
        onChange={({ target }) => change({ ...naming, description: target.value })}
      />
      <div className="al-fields">
        <SelectField
          label={edit.theme}
          optional
          value={naming.theme}
          onChange={({ target }) => change({ ...naming, theme: target.value })}
          choices={[{ value: '', label: '–' }, ...Object.entries(themes).map(([value, label]) => ({ value, label }))]}
        />
        <SelectField
          label={edit.licence}
          value={naming.licence}
          onChange={({ target }) => change({ ...naming, licence: target.value })}
          choices={[...LICENCES.map(([value, label]) => ({ value, label })), { value: '', label: edit.licenceNone }]}
        />
        <TextField
          label={edit.publisher}
          optional
          value={naming.publisher}
          onChange={({ target }) => change({ ...naming, publisher: target.value })}
        />
      </div>
      <CheckField
        label={connect.publish}
        hint={connect.publishHint}
        checked={naming.release}
        onChange={({ target }) => change({ ...naming, release: target.checked })}
      />
    </>
  )
}
