/** act: something that is asked of the server by a button: busy while it runs, and what was refused. */
import { useCallback, useState } from 'react'
import { Refusal } from './api.ts'
import { forget } from './resource.ts'

export interface Act {
  readonly busy: boolean
  readonly refusal: Refusal | undefined
  /** Runs it unless it runs already; answers whether it went well. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true)
    setRefusal(undefined)
    try {
      await work()
      forget()
      return true
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, error instanceof Error ? error.message : ''))
      return false
    } finally {
      setBusy(false)
    }
  }, [])
  return { busy, refusal, run }
}
