/** team-dialog: a group or organisational unit, made anew or changed: name, kind, what it belongs to, who belongs to it. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import type { Person } from '../wire.ts'
import type { Team } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { CheckField, SelectField, TextField } from './field.tsx'
import { Refused } from './refused.tsx'

type Draft = Pick<Team, 'name' | 'kind' | 'parent' | 'members'>

export function TeamDialog({
  team,
  teams,
  people,
  close,
  done,
}: {
  readonly team: Team | undefined
  readonly teams: readonly Team[]
  readonly people: readonly Person[]
  readonly close: () => void
  readonly done: () => void
}) {
  const { states, work } = useWords()
  const { teams: words } = work.rights
  const act = useAct()
  const [draft, setDraft] = useState<Draft>(team ?? { name: '', kind: 'unit', parent: null, members: [] })
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const keep = () =>
    act.run(async () => {
      const { name, kind, parent, members } = draft
      const [path, method] = team ? [`/teams/${team.id}`, 'PATCH' as const] : ['/teams', 'POST' as const]
      await call(path, { method, body: { name, kind, parent: parent ?? null, members } })
      done()
    })
  return (
    <Dialog
      title={team?.name ?? words.add}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" disabled={act.busy} onClick={() => void keep()}>
            {states.save}
          </Button>
        </>
      }
    >
      <Refused refusal={act.refusal} />
      <Fields draft={draft} others={teams.filter(({ id }) => id !== team?.id)} change={change} />
      <Members people={people} members={draft.members} change={(members) => change({ members })} />
    </Dialog>
  )
}

function Fields({
  draft,
  others,
  change,
}: {
  readonly draft: Draft
  readonly others: readonly Team[]
  readonly change: (part: Partial<Draft>) => void
}) {
  const { teams: words } = useWords().work.rights
  return (
    <>
      <TextField label={words.name} required value={draft.name} onChange={({ target }) => change({ name: target.value })} />
      <SelectField
        label={words.kind}
        hint={words.kindHint}
        value={draft.kind}
        onChange={({ target }) => change({ kind: target.value === 'unit' ? 'unit' : 'group' })}
        choices={[
          { value: 'unit', label: words.kinds.unit },
          { value: 'group', label: words.kinds.group },
        ]}
      />
      <SelectField
        label={words.parent}
        hint={words.parentHint}
        value={String(draft.parent ?? '')}
        onChange={({ target }) => change({ parent: target.value === '' ? null : Number(target.value) })}
        choices={[{ value: '', label: words.noParent }, ...others.map(({ id, name }) => ({ value: String(id), label: name }))]}
      />
    </>
  )
}

function Members({
  people,
  members,
  change,
}: {
  readonly people: readonly Person[]
  readonly members: readonly number[]
  readonly change: (members: readonly number[]) => void
}) {
  const { teams: words } = useWords().work.rights
  const turned = (id: number) => (members.includes(id) ? members.filter((one) => one !== id) : [...members, id])
  return (
    <fieldset className="kern-fieldset">
      <legend className="kern-label">{words.members}</legend>
      <div className="kern-fieldset__body">
        {people.map(({ id, name }) => (
          <CheckField key={id} label={name} checked={members.includes(id)} onChange={() => change(turned(id))} />
        ))}
      </div>
    </fieldset>
  )
}
