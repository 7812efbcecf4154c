/** first-run: the first administrator, let in by the link that was printed once. */
import { useState, type FormEvent } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { PasswordField } from '../parts/password.tsx'
import { Refused } from '../parts/refused.tsx'
import { Empty } from '../parts/state.tsx'
import { go, usePlace } from '../router.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words/words.tsx'

export function FirstRun() {
  const { firstRun: words } = useWords().work
  const { hash } = usePlace()
  return (
    <div className="al-narrow">
      <PageHead title={words.title} lead={words.lead} />
      {hash === '' ? <Empty icon="warning" title={words.noToken} body={words.noTokenBody} /> : <FirstForm token={hash} />}
    </div>
  )
}

function FirstForm({ token }: { readonly token: string }) {
  const { firstRun: words, signIn, settings } = useWords().work
  const { renew } = useSession()
  const act = useAct()
  const [sent, setSent] = useState({ name: '', email: '', password: '' })
  const [town, setTown] = useState('')
  const change = (field: keyof typeof sent) => (event: { readonly target: { readonly value: string } }) =>
    setSent({ ...sent, [field]: event.target.value })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act.run(async () => {
      await call('/first-run', { method: 'POST', body: { ...sent, token } })
      if (town.trim() !== '') await call('/tenant', { method: 'PATCH', body: { name: town } })
    })
    if (!done) return
    renew()
    go('/')
  }
  return (
    <form className="al-form" onSubmit={(event) => void submit(event)}>
      <Refused refusal={act.refusal} />
      <TextField label={words.name} name="name" autoComplete="name" required value={sent.name} onChange={change('name')} />
      <TextField
        label={signIn.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={sent.email}
        onChange={change('email')}
      />
      <PasswordField
        label={signIn.password}
        hint={words.passwordHint}
        name="password"
        autoComplete="new-password"
        required
        value={sent.password}
        onChange={change('password')}
      />
      <TextField
        label={settings.name}
        hint={settings.nameHint}
        optional
        name="town"
        maxLength={100}
        value={town}
        onChange={({ target }) => setTown(target.value)}
      />
      <Button type="submit" look="primary" disabled={act.busy}>
        {words.button}
      </Button>
    </form>
  )
}
