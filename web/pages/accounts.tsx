/** accounts: people who may sign in; for administrators. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { CheckField, TextField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { PasswordField } from '../parts/password.tsx'
import { Refused } from '../parts/refused.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useToast } from '../parts/toast.tsx'
import { useResource } from '../resource.ts'
import type { Account, Listed } from '../wire.ts'
import { useWords } from '../words/words.tsx'

type Person = Account & { readonly grants?: readonly { readonly dataset: string; readonly verbs: readonly string[] }[] }

export function Accounts() {
  const { accounts: words, signIn, tokens } = useWords().work
  const found = useResource<Listed<Person>>('/accounts')
  const say = useToast()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        <Button look="primary" icon="add" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </PageHead>
      {adding && (
        <NewAccount
          close={() => setAdding(false)}
          made={() => {
            setAdding(false)
            say(words.made)
            found.reload()
          }}
        />
      )}
      <Show of={found}>
        {({ items }) => (
          <Table
            caption={words.title}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: words.name, cell: ({ name }) => name },
              { name: signIn.email, cell: ({ email }) => email },
              {
                name: words.rights,
                cell: ({ admin, grants = [] }) =>
                  admin ? (
                    <Badge tone="info">{words.admin}</Badge>
                  ) : (
                    grants
                      .map(({ dataset, verbs }) => `${dataset}: ${verbs.map((verb) => tokens.verbNames[verb] ?? verb).join(', ')}`)
                      .join(' · ') || '–'
                  ),
              },
            ]}
          />
        )}
      </Show>
    </>
  )
}

function NewAccount({ close, made }: { readonly close: () => void; readonly made: () => void }) {
  const { states, work } = useWords()
  const { accounts: words, signIn, firstRun } = work
  const act = useAct()
  const [person, setPerson] = useState({ name: '', email: '', password: '', admin: false })
  const make = () =>
    act.run(async () => {
      await call('/accounts', { method: 'POST', body: person })
      made()
    })
  return (
    <Dialog
      title={words.add}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" disabled={act.busy} onClick={() => void make()}>
            {words.add}
          </Button>
        </>
      }
    >
      <Refused refusal={act.refusal} />
      <TextField label={words.name} required value={person.name} onChange={({ target }) => setPerson({ ...person, name: target.value })} />
      <TextField
        label={signIn.email}
        type="email"
        required
        value={person.email}
        onChange={({ target }) => setPerson({ ...person, email: target.value })}
      />
      <PasswordField
        label={words.password}
        hint={firstRun.passwordHint}
        autoComplete="new-password"
        value={person.password}
        onChange={({ target }) => setPerson({ ...person, password: target.value })}
      />
      <CheckField
        label={words.admin}
        hint={words.adminHint}
        checked={person.admin}
        onChange={({ target }) => setPerson({ ...person, admin: target.checked })}
      />
    </Dialog>
  )
}
