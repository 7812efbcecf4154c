/** teams: groups and organisational units, with who belongs to them and what they were granted; for administrators. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useResource } from '../resource.ts'
import type { Listed, Person } from '../wire.ts'
import type { Team } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Confirm } from './dialog.tsx'
import { isOver, useGrantText } from './grant-text.ts'
import { Section } from './page.tsx'
import { Refused } from './refused.tsx'
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
  const grantText = useGrantText()
  const act = useAct()
  const [asking, setAsking] = useState<Team>()
  const named = (id: number) => people.find((person) => person.id === id)?.name ?? rights.account(id)
  const granted = ({ grants }: Team) =>
    grants.filter((grant) => !isOver(grant)).map((grant) => `${grant.dataset ?? rights.all}: ${grantText(grant)}`) // prettier-ignore
  const remove = ({ id }: Team) =>
    act.run(async () => {
      setAsking(undefined)
      await call(`/teams/${id}`, { method: 'DELETE' })
      reload()
    })
  return (
    <>
      <Refused refusal={act.refusal} />
      <Table
        caption={words.title}
        rows={teams}
        keyOf={({ id }) => id}
        columns={[
          { name: words.name, cell: ({ name }) => name },
          { name: words.kind, cell: ({ kind }) => words.kinds[kind] },
          { name: words.parent, cell: ({ parent }) => teams.find(({ id }) => id === parent)?.name ?? '–' },
          { name: words.members, cell: ({ members }) => members.map(named).join(', ') || '–' },
          { name: rights.tab, cell: (team) => granted(team).join(' · ') || '–' },
          { name: rights.acts, quiet: true, cell: (team) => <Acts team={team} edit={edit} remove={setAsking} /> },
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

type Doing = (team: Team) => void

function Acts({ team, edit, remove }: { readonly team: Team; readonly edit: Doing; readonly remove: Doing }) {
  const { teams: words } = useWords().work.rights
  return (
    <div className="al-actions">
      <Button small look="secondary" aria-label={`${words.edit}: ${team.name}`} onClick={() => edit(team)}>
        {words.edit}
      </Button>
      <Button small look="tertiary" aria-label={`${words.remove}: ${team.name}`} onClick={() => remove(team)}>
        {words.remove}
      </Button>
    </div>
  )
}
