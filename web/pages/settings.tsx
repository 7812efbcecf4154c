/** settings: how the town or county is called on every page; for administrators. */
import { useState, type FormEvent } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { useToast } from '../parts/toast.tsx'
import { useSession } from '../session.tsx'
import { useWords } from '../words/words.tsx'

export function Settings() {
  const { states, work } = useWords()
  const words = work.settings
  const { session, renew } = useSession()
  const act = useAct()
  const say = useToast()
  const [name, setName] = useState(session?.tenant.name ?? '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await act.run(() => call('/tenant', { method: 'PATCH', body: { name } })))) return
    renew()
    say(states.saved)
  }
  return (
    <div className="al-narrow">
      <PageHead title={words.title} lead={words.lead} />
      <form className="al-form" onSubmit={(event) => void submit(event)}>
        <Refused refusal={act.refusal} />
        <TextField label={words.name} hint={words.nameHint} required value={name} onChange={({ target }) => setName(target.value)} />
        <Button type="submit" look="primary" disabled={act.busy}>
          {states.save}
        </Button>
      </form>
    </div>
  )
}
