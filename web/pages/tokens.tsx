/** tokens: keys for machines; shown once. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Alert } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { SelectField, TextField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { useRemoving } from '../parts/removing.tsx'
import { Empty, Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { Verbs } from '../parts/verbs.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Catalogue, Listed, Token } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Tokens() {
  const { tokens: words } = useWords().work
  const found = useResource<Listed<Token>>('/tokens')
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<string>()
  return (
    <div className="al-stacked">
      <PageHead title={words.title} lead={words.lead}>
        <Button look="primary" icon="add" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </PageHead>
      {made !== undefined && (
        <Alert tone="success" title={words.made}>
          <p className="kern-body">{words.madeBody}</p>
          <CopyText text={made} label={words.made} />
        </Alert>
      )}
      {adding && (
        <NewToken
          close={() => setAdding(false)}
          made={(token) => {
            setMade(token)
            setAdding(false)
            found.reload()
          }}
        />
      )}
      <Show of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="open-in-new" title={words.none} body={words.noneBody} />
          ) : (
            <TokenTable tokens={items} reload={found.reload} />
          )
        }
      </Show>
    </div>
  )
}

interface Wish {
  readonly name: string
  readonly verbs: readonly string[]
  readonly dataset: string
  readonly expires: string
}

const bodyOf = ({ name, verbs, dataset, expires }: Wish) => ({
  name,
  verbs,
  ...(dataset && { datasets: [dataset] }),
  ...(expires && { expires: new Date(`${expires}T23:59:59`).toISOString() }),
})

function NewToken({ close, made }: { readonly close: () => void; readonly made: (token: string) => void }) {
  const { states, work } = useWords()
  const words = work.tokens
  const format = useFormat()
  const act = useAct()
  const datasets = useResource<Catalogue>('/datasets?limit=200')
  const [wish, setWish] = useState<Wish>({ name: '', verbs: ['read'], dataset: '', expires: '' })
  const make = () =>
    act.run(async () => {
      const body = bodyOf(wish)
      made((await call<{ readonly token: string }>('/tokens', { method: 'POST', body })).token)
    })
  return (
    <Dialog
      title={words.add}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" disabled={act.busy || wish.name.trim() === '' || wish.verbs.length === 0} onClick={() => void make()}>
            {words.add}
          </Button>
        </>
      }
    >
      <Refused refusal={act.refusal} />
      <TextField
        label={words.name}
        hint={words.nameHint}
        required
        value={wish.name}
        onChange={({ target }) => setWish({ ...wish, name: target.value })}
      />
      <Verbs legend={words.verbs} chosen={wish.verbs} choose={(verbs) => setWish({ ...wish, verbs })} />
      <SelectField
        label={words.datasets}
        value={wish.dataset}
        onChange={({ target }) => setWish({ ...wish, dataset: target.value })}
        choices={[
          { value: '', label: words.allDatasets },
          ...(datasets.state === 'ready' ? datasets.data.items.map(({ slug, title }) => ({ value: slug, label: format.text(title) })) : []),
        ]}
      />
      <TextField
        label={words.expires}
        optional
        type="date"
        value={wish.expires}
        onChange={({ target }) => setWish({ ...wish, expires: target.value })}
      />
    </Dialog>
  )
}

function TokenTable({ tokens, reload }: { readonly tokens: readonly Token[]; readonly reload: () => void }) {
  const { tokens: words } = useWords().work
  const format = useFormat()
  const removing = useRemoving<Token>({
    path: ({ id }) => `/tokens/${id}`,
    title: words.revokeTitle,
    body: ({ name }) => words.revokeBody(name),
    label: words.revoke,
    done: reload,
  })
  return (
    <>
      {removing.shown}
      <Table
        caption={words.title}
        rows={tokens}
        keyOf={({ id }) => id}
        columns={[
          { name: words.name, cell: ({ name }) => name },
          { name: words.prefix, cell: ({ prefix }) => <code>allm_{prefix}_…</code> },
          { name: words.verbs, cell: ({ verbs }) => verbs.map((verb) => words.verbNames[verb] ?? verb).join(', ') },
          { name: words.datasets, cell: ({ datasets }) => datasets?.join(', ') ?? words.allDatasets },
          { name: words.expires, cell: ({ expires }) => (expires ? format.date(expires) : words.never) },
          { name: words.used, cell: ({ used }) => (used ? format.age(used) : words.neverUsed) },
          {
            name: words.revoke,
            quiet: true,
            cell: (token) => (
              <Button small look="tertiary" aria-label={`${words.revoke}: ${token.name}`} onClick={() => removing.ask(token)}>
                {words.revoke}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}
