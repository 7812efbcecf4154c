/** given-rights: what was granted on a dataset, to whom and what for; given and taken away here. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Listed, Person } from '../wire.ts'
import type { Booked, Team } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Badge } from './alert.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { SelectField, TextField } from './field.tsx'
import { isOver, useGrantText } from './grant-text.ts'
import { Refused } from './refused.tsx'
import { useRemoving } from './removing.tsx'
import { Empty, Show } from './state.tsx'
import { Table } from './table.tsx'
import { useToast } from './toast.tsx'

export function GivenRights({
  slug,
  people,
  reload,
}: {
  readonly slug: string
  readonly people: readonly Person[]
  readonly reload: () => void
}) {
  const { rights: words } = useWords().work
  const found = useResource<Listed<Booked>>(`/grants?dataset=${encodeURIComponent(slug)}`)
  const holders = useHolders(people)
  const say = useToast()
  const [giving, setGiving] = useState(false)
  const again = () => {
    found.reload()
    reload()
  }
  return (
    <div className="al-stacked">
      <Show of={found}>{({ items }) => <Given grants={items} nameOf={holders.nameOf} reload={again} />}</Show>
      {holders.choices.length > 0 && (
        <div className="al-actions">
          <Button icon="add" onClick={() => setGiving(true)}>
            {words.give}
          </Button>
        </div>
      )}
      {giving && (
        <Give
          slug={slug}
          holders={holders.choices}
          close={() => setGiving(false)}
          done={() => {
            setGiving(false)
            say(words.was)
            again()
          }}
        />
      )}
    </div>
  )
}

interface Holders {
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly nameOf: (grant: Booked) => string
}

/** Only administrators see all people and teams; for others grants are shown, not given. */
function useHolders(people: readonly Person[]): Holders {
  const { rights: words } = useWords().work
  const teams = useResource<Listed<Team>>('/teams')
  const groups = teams.state === 'ready' ? teams.data.items : []
  return {
    choices: [
      ...groups.map(({ id, name }) => ({ value: `team:${id}`, label: words.team(name) })),
      ...people.filter(({ admin }) => !admin).map(({ id, name }) => ({ value: `account:${id}`, label: name })),
    ],
    nameOf({ account, team }) {
      if (account === undefined) return words.team(team ?? '')
      return people.find(({ id }) => id === account)?.name ?? words.account(account)
    },
  }
}

function Given({
  grants,
  nameOf,
  reload,
}: {
  readonly grants: readonly Booked[]
  readonly nameOf: Holders['nameOf']
  readonly reload: () => void
}) {
  const { rights: words } = useWords().work
  const grantText = useGrantText()
  const removing = useRemoving<Booked>({
    path: ({ id }) => `/grants/${id}`,
    title: words.takeTitle,
    body: (grant) => words.takeBody(nameOf(grant)),
    label: words.take,
    done: reload,
  })
  if (grants.length === 0) return <Empty title={words.noneGiven} body={words.noneGivenBody} />
  return (
    <>
      {removing.shown}
      <Table
        caption={words.given}
        rows={grants}
        keyOf={({ id }) => id}
        columns={[
          { name: words.holder, cell: nameOf },
          { name: words.what, cell: grantText },
          { name: words.on, cell: ({ dataset }) => (dataset === null ? words.all : words.here) },
          { name: words.purpose, cell: ({ purpose }) => purpose ?? '–' },
          { name: words.until, cell: (grant) => <Ends grant={grant} /> },
          {
            name: words.acts,
            quiet: true,
            cell: (grant) => (
              <Button small look="tertiary" aria-label={`${words.take}: ${nameOf(grant)}`} onClick={() => removing.ask(grant)}>
                {words.take}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}

function Ends({ grant }: { readonly grant: Booked }) {
  const { rights: words } = useWords().work
  const format = useFormat()
  if (grant.expires === undefined) return words.forever
  return isOver(grant) ? <Badge tone="warning">{words.over}</Badge> : format.date(grant.expires)
}

/** Roles that can be held on one dataset. */
const ROLES = ['consumer', 'steward', 'owner', 'gatekeeper']

function Give({
  slug,
  holders,
  close,
  done,
}: {
  readonly slug: string
  readonly holders: Holders['choices']
  readonly close: () => void
  readonly done: () => void
}) {
  const { states, work } = useWords()
  const { rights: words } = work
  const act = useAct()
  const [draft, setDraft] = useState({ to: '', role: 'consumer', purpose: '', until: '' })
  const set = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setDraft({ ...draft, [name]: target.value }),
  })
  const give = () =>
    act.run(async () => {
      await call('/grants', { method: 'POST', body: bodyOf(slug, draft) })
      done()
    })
  return (
    <Dialog
      title={words.give}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" disabled={act.busy || draft.to === ''} onClick={() => void give()}>
            {words.give}
          </Button>
        </>
      }
    >
      <Refused refusal={act.refusal} />
      <SelectField label={words.to} {...set('to')} choices={[{ value: '', label: words.chooseHolder }, ...holders]} />
      <SelectField label={words.role} {...set('role')} choices={ROLES.map((value) => ({ value, label: words.roles[value] ?? value }))} />
      <TextField label={words.purpose} hint={words.purposeHint} optional {...set('purpose')} />
      <TextField label={words.until} hint={words.untilHint} type="date" optional {...set('until')} />
    </Dialog>
  )
}

/** The last day counts whole, by the clock of whoever gives it. */
function bodyOf(slug: string, { to, role, purpose, until }: Readonly<Record<'to' | 'role' | 'purpose' | 'until', string>>) {
  const [kind = '', id] = to.split(':')
  return {
    dataset: slug,
    role,
    to: { [kind]: Number(id) },
    ...(purpose.trim() !== '' && { purpose: purpose.trim() }),
    ...(until !== '' && { expires: new Date(`${until}T23:59:59`).toISOString() }),
  }
}
