/** teams: groups and organisational units, with who belongs to them and what they were granted; for administrators. */
import { useState } from 'react'
import { useResource } from '../resource.ts'
import type { Listed, Person } from '../wire.ts'
import type { Team } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { useGrantsText } from './grant-text.ts'
import { Section } from './page.tsx'
import { useRemoving } from './removing.tsx'
import { RowActs } from './row-acts.tsx'
import { Empty, Show } from './state.tsx'
import { Table } from './table.tsx'
import { TeamDialog } from './team-dialog.tsx'
import { useToast } from './toast.tsx'

export function Teams({ people }: { readonly people: readonly Person[] }) {
  const { teams: words } = useWords().work.rights
  const found = useResource<Listed<Team>>('/teams')
  const say = useToast()
  const [shown, setShown] = useState<Team | 'new'>()
  const add = (
    <Button icon="add" onClick={() => setShown('new')}>
      {words.add}
    </Button>
  )
  return (
    <Section id="teams" title={words.title} lead={words.lead} action={add}>
      <Show of={found}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Empty title={words.none} body={words.noneBody} />
            ) : (
              <Listing teams={items} people={people} edit={setShown} reload={found.reload} />
            )}
            {shown !== undefined && (
              <TeamDialog
                team={shown === 'new' ? undefined : shown}
                teams={items}
                people={people}
                close={() => setShown(undefined)}
                done={() => {
                  setShown(undefined)
                  say(words.kept)
                  found.reload()
                }}
              />
            )}
          </>
        )}
      </Show>
    </Section>
  )
}

function Listing({
  teams,
  people,
  edit,
  reload,
}: {
  readonly teams: readonly Team[]
  readonly people: readonly Person[]
  readonly edit: (team: Team) => void
  readonly reload: () => void
}) {
  const { teams: words, ...rights } = useWords().work.rights
  const grantsText = useGrantsText()
  const removing = useRemoving<Team>({
    path: ({ id }) => `/teams/${id}`,
    title: words.removeTitle,
    body: ({ name }) => words.removeBody(name),
    label: words.remove,
    done: reload,
  })
  const named = (id: number) => people.find((person) => person.id === id)?.name ?? rights.account(id)
  return (
    <>
      {removing.shown}
      <Table
        caption={words.title}
        rows={teams}
        keyOf={({ id }) => id}
        columns={[
          { name: words.name, cell: ({ name }) => name },
          { name: words.kind, cell: ({ kind }) => words.kinds[kind] },
          { name: words.parent, cell: ({ parent }) => teams.find(({ id }) => id === parent)?.name ?? '–' },
          { name: words.members, cell: ({ members }) => members.map(named).join(', ') || '–' },
          { name: rights.tab, cell: ({ grants }) => grantsText(grants) },
          {
            name: rights.acts,
            quiet: true,
            cell: (team) => <RowActs name={team.name} edit={() => edit(team)} remove={() => removing.ask(team)} />,
          },
        ]}
      />
    </>
  )
}
