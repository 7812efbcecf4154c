/** sign-in: with a local account. */
import { useState, type FormEvent } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { PasswordField } from '../parts/password.tsx'
import { Refused } from '../parts/refused.tsx'
import { go, usePlace } from '../router.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words/words.tsx'

export function SignIn() {
  const { work } = useWords()
  const { search } = usePlace()
  const { renew } = useSession()
  const act = useAct()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act.run(() => call('/session', { method: 'POST', body: { email, password } }))
    if (!done) return
    renew()
    go(ownPath(search.get('to')))
  }
  return (
    <div className="al-narrow">
      <PageHead title={work.signIn.title} lead={work.signIn.lead} />
      <form className="al-form" onSubmit={(event) => void submit(event)}>
        <Refused refusal={act.refusal} />
        <TextField
          label={work.signIn.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <PasswordField
          label={work.signIn.password}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Button type="submit" look="primary" disabled={act.busy}>
          {work.signIn.button}
        </Button>
      </form>
    </div>
  )
}

/** Only a path of ours; "//elsewhere" is an address of others. */
function ownPath(to: string | null): string {
  return to !== null && /^\/[^/\\]/.test(to) ? to : '/workspace'
}
