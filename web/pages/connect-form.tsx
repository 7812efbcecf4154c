/** connect-form: a source of any other kind: its form comes from its schema. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { NameDataset, namingFor, type Naming } from '../connect/name-dataset.tsx'
import { Outcome } from '../connect/outcome.tsx'
import { publish, type Published } from '../connect/publish.ts'
import { SeePreview } from '../connect/see-preview.tsx'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { SchemaForm } from '../parts/schema-form.tsx'
import { Show } from '../parts/state.tsx'
import { Missing } from './missing.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { useSession } from '../session.tsx'
import type { PageProps } from '../app.tsx'
import type { Connector, Json, Listed, Preview } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function ConnectForm({ parameters }: PageProps) {
  const connectors = useResource<Listed<Connector>>('/connectors')
  return (
    <Show of={connectors} lines={8}>
      {({ items }) => {
        const connector = items.find(({ name }) => name === parameters['connector'])
        return connector ? <Form connector={connector} /> : <Missing />
      }}
    </Show>
  )
}

function Form({ connector }: { readonly connector: Connector }) {
  const { connect } = useWords().work
  const { session } = useSession()
  const format = useFormat()
  const title = format.text(connector.title)
  const [name, setName] = useState('')
  const [options, setOptions] = useState<Readonly<Record<string, Json>>>({})
  const [naming, setNaming] = useState<Naming>(() => namingFor('', session?.tenant.name ?? ''))
  const [preview, setPreview] = useState<Preview>()
  const [published, setPublished] = useState<Published>()
  const act = useAct()
  const waits = connector.mode === 'push'
  const look = () =>
    act.run(async () =>
      setPreview(await call<Preview>('/preview', { method: 'POST', body: { connector: connector.name, options, limit: 50 } })),
    )
  const finish = () =>
    act.run(async () => setPublished(await publish({ connector: connector.name, name: name || naming.title, options, naming, waits })))
  if (published)
    return (
      <>
        <PageHead title={title} />
        <Outcome published={published} />
      </>
    )
  return (
    <div className="al-stacked">
      <PageHead title={title} />
      <Section id="options" title={connect.options}>
        <div className="al-form">
          <TextField label={connect.sourceName} required value={name} onChange={({ target }) => setName(target.value)} />
          <SchemaForm schema={connector.options} value={options} change={setOptions} />
        </div>
        {!waits && (
          <div className="al-actions">
            <Button disabled={act.busy} onClick={() => void look()}>
              {connect.testRun}
            </Button>
          </div>
        )}
      </Section>
      {preview && <SeePreview preview={preview} />}
      <Section id="card" title={connect.card} lead={connect.cardLead}>
        <NameDataset naming={naming} change={setNaming} scheduled={!waits} />
      </Section>
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button look="primary" disabled={act.busy || (naming.into === '' && naming.title.trim() === '')} onClick={() => void finish()}>
          {connect.createSource}
        </Button>
      </div>
    </div>
  )
}
