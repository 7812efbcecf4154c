/** shares: what each municipality bears of a cost, by a key that can be tried. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { SchemaForm } from '../parts/schema-form.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Json, Schema } from '../wire.ts'
import { useWords } from '../words/words.tsx'

interface Shared {
  readonly items: readonly { readonly name: string; readonly share: number; readonly due: number; readonly perInhabitant?: number }[]
  readonly total: number
}

export function Shares() {
  const { sustain: words } = useWords().work
  const found = useResource<{ readonly schema: Schema }>('/sustain/shares')
  return (
    <div className="al-stacked">
      <PageHead
        title={words.shares}
        lead={words.sharesLead}
        preline={
          <Link className="kern-link" to="/workspace/sustain">
            {words.title}
          </Link>
        }
      />
      <Show of={found} page>
        {({ schema }) => <Reckon schema={schema} />}
      </Show>
    </div>
  )
}

function Reckon({ schema }: { readonly schema: Schema }) {
  const { sustain: words } = useWords().work
  const act = useAct()
  const [asked, setAsked] = useState<Readonly<Record<string, Json>>>({ key: 'inhabitants', partners: [{ name: '' }, { name: '' }] })
  const [shared, setShared] = useState<Shared>()
  const reckon = () => act.run(async () => setShared(await call<Shared>('/sustain/shares', { method: 'POST', body: asked })))
  return (
    <>
      <SchemaForm schema={schema} value={asked} change={setAsked} />
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button look="primary" disabled={act.busy} onClick={() => void reckon()}>
          {words.reckon}
        </Button>
      </div>
      {shared && <Result shared={shared} />}
    </>
  )
}

function Result({ shared: { items, total } }: { readonly shared: Shared }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  return (
    <Section id="shares" title={words.settlement}>
      <Table
        caption={words.settlement}
        rows={[...items, { name: words.sum, share: total, due: items.reduce((sum, { due }) => sum + due, 0) }]}
        keyOf={(_row, at) => at}
        columns={[
          { name: words.municipality, cell: ({ name }) => name },
          { name: words.share, numeric: true, cell: ({ share }) => format.euros(share) },
          {
            name: words.perInhabitant,
            numeric: true,
            cell: ({ perInhabitant }) => (perInhabitant === undefined ? '–' : format.euros(perInhabitant)),
          },
          { name: words.payable, numeric: true, cell: ({ due }) => format.euros(due) },
        ]}
      />
    </Section>
  )
}
