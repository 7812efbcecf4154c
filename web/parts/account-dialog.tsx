/** account-dialog: a person's account, made anew or changed: name, address, password, rights, blocked or not. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useSession } from '../session.tsx'
import type { Person } from '../wire.ts'
import type { Grant } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { CheckField, TextField } from './field.tsx'
import { isOver } from './grant-text.ts'
import { Grants } from './grants.tsx'
import { PasswordField } from './password.tsx'
import { Refused } from './refused.tsx'

interface Draft {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly current: string
  readonly admin: boolean
  readonly disabled: boolean
  readonly grants: readonly Grant[]
}

const NOBODY: Draft = { name: '', email: '', password: '', current: '', admin: false, disabled: false, grants: [] }

/** An empty password is none; the one until now goes only with a new one. */
function bodyOf({ password, current, disabled, grants, ...rest }: Draft, before: Person | undefined) {
  const granted = grants.filter(({ verbs = [], role }) => verbs.length > 0 || role !== undefined)
  if (before === undefined) return { ...rest, password, grants: granted }
  return {
    ...rest,
    disabled,
    ...(grants !== before.grants && { grants: granted.filter((grant) => !isOver(grant)) }),
    ...(password !== '' && { password, ...(current !== '' && { current }) }),
  }
}

export function AccountDialog({
  person,
  close,
  done,
}: {
  readonly person: Person | undefined
  readonly close: () => void
  readonly done: () => void
}) {
  const { states, work } = useWords()
  const words = work.accounts
  const act = useAct()
  const [draft, setDraft] = useState<Draft>({ ...NOBODY, ...person })
  const keep = () =>
    act.run(async () => {
      const [path, method] = person ? [`/accounts/${person.id}`, 'PATCH' as const] : ['/accounts', 'POST' as const]
      await call(path, { method, body: bodyOf(draft, person) })
      done()
    })
  const label = person ? states.save : words.add
  return (
    <Dialog
      title={person ? words.editTitle(person.name) : words.add}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" disabled={act.busy} onClick={() => void keep()}>
            {label}
          </Button>
        </>
      }
    >
      <Refused refusal={act.refusal} />
      <Fields draft={draft} person={person} change={(part) => setDraft({ ...draft, ...part })} />
    </Dialog>
  )
}

function Fields({
  draft,
  person,
  change,
}: {
  readonly draft: Draft
  readonly person: Person | undefined
  readonly change: (part: Partial<Draft>) => void
}) {
  const { accounts: words, signIn, firstRun } = useWords().work
  const own = useSession().session?.account?.id === person?.id && person !== undefined
  return (
    <>
      <TextField label={words.name} required value={draft.name} onChange={({ target }) => change({ name: target.value })} />
      <TextField
        label={signIn.email}
        type="email"
        required
        value={draft.email}
        onChange={({ target }) => change({ email: target.value })}
      />
      {own && (
        <PasswordField
          label={words.current}
          hint={words.currentHint}
          autoComplete="current-password"
          value={draft.current}
          onChange={({ target }) => change({ current: target.value })}
        />
      )}
      <PasswordField
        label={person ? words.newPassword : words.password}
        hint={person ? words.newPasswordHint : firstRun.passwordHint}
        autoComplete="new-password"
        value={draft.password}
        onChange={({ target }) => change({ password: target.value })}
      />
      <CheckField
        label={words.admin}
        hint={words.adminHint}
        checked={draft.admin}
        onChange={({ target }) => change({ admin: target.checked })}
      />
      {person && !own && (
        <CheckField
          label={words.blocked}
          hint={words.blockedHint}
          checked={draft.disabled}
          onChange={({ target }) => change({ disabled: target.checked })}
        />
      )}
      {!draft.admin && <Grants grants={draft.grants} change={(grants) => change({ grants })} />}
    </>
  )
}
