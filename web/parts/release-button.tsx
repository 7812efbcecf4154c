/** release-button: the one primary action of a dataset: asking for its release, or taking it out of sight; and what came of it. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useFormat } from '../format.ts'
import type { Card } from '../wire.ts'
import type { Asked, ReleaseCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'
import { Button, ButtonLink } from './button.tsx'
import { Confirm } from './dialog.tsx'
import { TextField } from './field.tsx'
import { Findings } from './findings.tsx'
import { Refused } from './refused.tsx'
import { useToast } from './toast.tsx'

export function ReleaseButton({ card, reload }: { readonly card: Card; readonly reload: () => void }) {
  const { edit, release: words } = useWords().work
  const format = useFormat()
  const say = useToast()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const [held, setHeld] = useState<ReleaseCase>()
  const release = (explained: Explained = {}) =>
    act.run(async () => {
      const { release: asked } = await call<Asked>(`/datasets/${card.slug}/release`, { method: 'POST', body: { explained } })
      setHeld(asked?.state === 'blocked' ? asked : undefined)
      if (asked?.state === 'granted') say(edit.released)
      if (asked?.state === 'reviewing') say(words.submitted)
      if (asked?.state !== 'blocked') reload()
    })
  const withdraw = () =>
    act.run(async () => {
      setAsking(false)
      await call(`/datasets/${card.slug}/withdraw`, { method: 'POST', body: {} })
      say(edit.withdrawn)
      reload()
    })
  return (
    <>
      {card.state === 'released' && (
        <Button disabled={act.busy} onClick={() => setAsking(true)}>
          {edit.withdraw}
        </Button>
      )}
      {card.state === 'review' && <ButtonLink to="/workspace/releases">{words.look}</ButtonLink>}
      {card.state !== 'released' && card.state !== 'review' && (
        <Button look="primary" disabled={act.busy} onClick={() => void release()}>
          {edit.release}
        </Button>
      )}
      {asking && (
        <Confirm
          title={edit.withdrawTitle}
          body={edit.withdrawBody(format.text(card.title))}
          label={edit.withdraw}
          act={() => void withdraw()}
          close={() => setAsking(false)}
        />
      )}
      {held && <Held key={held.id} held={held} busy={act.busy} again={(explained) => void release(explained)} />}
      <Refused refusal={act.refusal} />
    </>
  )
}

export type Explained = Readonly<Record<string, string>>

/** Not released: what is to be mended or explained first. */
export function Held({
  held,
  busy,
  again,
}: {
  readonly held: ReleaseCase
  readonly busy: boolean
  readonly again: (explained: Explained) => void
}) {
  const { release: words } = useWords().work
  const [explained, setExplained] = useState<Explained>({})
  const questions = held.findings.filter(({ weight }) => weight === 'asks')
  const ready = questions.every(({ key }) => (explained[key] ?? '').trim() !== '')
  return (
    <Alert tone="warning" title={words.blocked}>
      <Findings findings={held.findings} />
      {questions.map(({ key, where }) => (
        <TextField
          key={key}
          label={words.whyFine(where ?? key)}
          hint={words.whyFineHint}
          value={explained[key] ?? ''}
          onChange={({ target }) => setExplained({ ...explained, [key]: target.value })}
        />
      ))}
      <div className="al-actions">
        <Button look="primary" disabled={busy || !ready} onClick={() => again(explained)}>
          {words.again}
        </Button>
      </div>
    </Alert>
  )
}
