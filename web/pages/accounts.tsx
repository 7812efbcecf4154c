/** accounts: people who may sign in; for administrators. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { AccountDialog } from '../parts/account-dialog.tsx'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { isOver, useGrantText } from '../parts/grant-text.ts'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { Teams } from '../parts/teams.tsx'
import { useToast } from '../parts/toast.tsx'
import { useResource } from '../resource.ts'
import type { Listed, Person } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Accounts() {
  const { accounts: words } = useWords().work
  const found = useResource<Listed<Person>>('/accounts')
  const say = useToast()
  const [shown, setShown] = useState<Person | 'new'>()
  const person = shown === 'new' ? undefined : shown
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        <Button look="primary" icon="add" onClick={() => setShown('new')}>
          {words.add}
        </Button>
      </PageHead>
      {shown !== undefined && (
        <AccountDialog
          person={person}
          close={() => setShown(undefined)}
          done={() => {
            setShown(undefined)
            say(person ? words.changed : words.made)
            found.reload()
          }}
        />
      )}
      <Show of={found}>
        {({ items }) => (
          <div className="al-stacked">
            <People people={items} edit={setShown} reload={found.reload} />
            <Teams people={items} />
          </div>
        )}
      </Show>
    </>
  )
}

function People({
  people,
  edit,
  reload,
}: {
  readonly people: readonly Person[]
  readonly edit: (person: Person) => void
  readonly reload: () => void
}) {
  const { accounts: words, signIn } = useWords().work
  const act = useAct()
  const [asking, setAsking] = useState<Person>()
  const remove = ({ id }: Person) =>
    act.run(async () => {
      setAsking(undefined)
      await call(`/accounts/${id}`, { method: 'DELETE' })
      reload()
    })
  return (
    <>
      <Refused refusal={act.refusal} />
      <Table
        caption={words.title}
        rows={people}
        keyOf={({ id }) => id}
        columns={[
          { name: words.name, cell: ({ name }) => name },
          { name: signIn.email, cell: ({ email }) => email },
          { name: words.rights, cell: (person) => <Rights person={person} /> },
          {
            name: words.acts,
            quiet: true,
            cell: (person) => (
              <div className="al-actions">
                <Button small look="secondary" aria-label={`${words.edit}: ${person.name}`} onClick={() => edit(person)}>
                  {words.edit}
                </Button>
                <Button small look="tertiary" aria-label={`${words.remove}: ${person.name}`} onClick={() => setAsking(person)}>
                  {words.remove}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {asking && (
        <Confirm
          title={words.removeTitle}
          body={words.removeBody(asking.name)}
          label={words.remove}
          act={() => void remove(asking)}
          close={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

function Rights({ person: { admin, disabled, grants } }: { readonly person: Person }) {
  const { accounts: words, rights } = useWords().work
  const grantText = useGrantText()
  if (disabled) return <Badge tone="warning">{words.blocked}</Badge>
  if (admin) return <Badge tone="info">{words.admin}</Badge>
  const named = grants.filter((grant) => !isOver(grant)).map((grant) => `${grant.dataset ?? rights.all}: ${grantText(grant)}`)
  return named.join(' · ') || '–'
}
