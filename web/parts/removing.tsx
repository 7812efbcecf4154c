/** removing: one of a list taken away, after it was asked for once more. */
import { useState, type ReactNode } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Confirm } from './dialog.tsx'
import { Refused } from './refused.tsx'

export interface Removing<T> {
  readonly ask: (one: T) => void
  /** The question, and what was refused; nothing as long as nobody asks. */
  readonly shown: ReactNode
}

export function useRemoving<T>({
  path,
  title,
  body,
  label,
  done,
}: {
  readonly path: (one: T) => string
  readonly title: string
  readonly body: (one: T) => string
  readonly label: string
  readonly done: () => void
}): Removing<T> {
  const act = useAct()
  const [asked, setAsked] = useState<T>()
  const remove = (one: T) =>
    act.run(async () => {
      setAsked(undefined)
      await call(path(one), { method: 'DELETE' })
      done()
    })
  return {
    ask: setAsked,
    shown: (
      <>
        <Refused refusal={act.refusal} />
        {asked !== undefined && (
          <Confirm title={title} body={body(asked)} label={label} act={() => void remove(asked)} close={() => setAsked(undefined)} />
        )}
      </>
    ),
  }
}
