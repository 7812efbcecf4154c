/** accounts: people who may sign in; for administrators. */
import { useState } from 'react'
import { AccountDialog } from '../parts/account-dialog.tsx'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { useGrantsText } from '../parts/grant-text.ts'
import { PageHead } from '../parts/page.tsx'
import { useRemoving } from '../parts/removing.tsx'
import { RowActs } from '../parts/row-acts.tsx'
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
  const removing = useRemoving<Person>({
    path: ({ id }) => `/accounts/${id}`,
    title: words.removeTitle,
    body: ({ name }) => words.removeBody(name),
    label: words.remove,
    done: reload,
  })
  return (
    <>
      {removing.shown}
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
            cell: (person) => <RowActs name={person.name} edit={() => edit(person)} remove={() => removing.ask(person)} />,
          },
        ]}
      />
    </>
  )
}

function Rights({ person: { admin, disabled, grants } }: { readonly person: Person }) {
  const { accounts: words } = useWords().work
  const grantsText = useGrantsText()
  if (disabled) return <Badge tone="warning">{words.blocked}</Badge>
  if (admin) return <Badge tone="info">{words.admin}</Badge>
  return grantsText(grants)
}
