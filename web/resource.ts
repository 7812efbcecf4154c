/** resource: what was fetched, by path; shown at once when it is known, and asked for again behind it. */
import { useCallback, useEffect, useState } from 'react'
import { call, Refusal } from './api.ts'

export type Resource<T> = (
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly data: T; readonly stale: boolean }
  | { readonly state: 'failed'; readonly refusal: Refusal }
) & { readonly reload: () => void }

const KEPT = 60
const kept = new Map<string, unknown>()

function keep(path: string, data: unknown): void {
  kept.delete(path)
  kept.set(path, data)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}

/** After something was changed: whatever was known may be wrong. */
export function forget(): void {
  kept.clear()
}

interface Got<T> {
  readonly path: string | undefined
  readonly data?: T
  readonly refusal?: Refusal
}

/** `every` milliseconds it is asked for again, as long as `every` is given. While another path loads, the last answer stays, marked stale. */
export function useResource<T>(path: string | undefined, every?: number): Resource<T> {
  const [got, setGot] = useState<Got<T>>({ path: undefined })
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((before) => before + 1), [])

  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    call<T>(path, { signal: stop.signal }).then(
      (data) => {
        keep(path, data)
        setGot({ path, data })
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setGot({ path, refusal: error instanceof Refusal ? error : new Refusal(0, '') })
      },
    )
    return () => stop.abort()
  }, [path, turn])

  useEffect(() => {
    if (every === undefined) return
    const timer = setInterval(reload, every)
    return () => clearInterval(timer)
  }, [every, reload])

  if (got.path === path && got.refusal) return { state: 'failed', refusal: got.refusal, reload }
  const known = got.path === path ? got.data : path === undefined ? undefined : (kept.get(path) as T | undefined)
  if (known !== undefined) return { state: 'ready', data: known, stale: got.path !== path, reload }
  if (got.data !== undefined && path !== undefined) return { state: 'ready', data: got.data, stale: true, reload }
  return { state: 'loading', reload }
}
