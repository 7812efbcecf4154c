/** router: addresses and the history of the browser. */
import { useMemo, useSyncExternalStore } from 'react'

/** What stands before every address of this tenant: "" or "/t/nord". */
export const root = /^\/t\/[^/]+/.exec(location.pathname)?.[0] ?? ''

const listeners = new Set<() => void>()
/** False until somebody moved: the first page does not take the focus. */
let moved = false

export const hasMoved = (): boolean => moved

window.addEventListener('popstate', () => {
  moved = true
  tell()
})

function tell(): void {
  for (const listener of listeners) listener()
}

/** `to` is without the tenant's prefix. Replacing keeps the place on the page, as filters do. */
export function go(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', root + to)
  else {
    history.pushState(null, '', root + to)
    moved = true
    window.scrollTo(0, 0)
  }
  tell()
}

export interface Place {
  readonly path: string
  readonly search: URLSearchParams
  readonly hash: string
}

export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => location.href)
  return useMemo(() => {
    const { pathname, searchParams, hash } = new URL(href)
    return { path: pathname.slice(root.length).replace(/(.)\/$/, '$1') || '/', search: searchParams, hash: hash.slice(1) }
  }, [href])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The parameters of a pattern such as "/datasets/:slug"; undefined when the path is another. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? ''
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return parameters
}

/** The search part with some of it changed; empty values go. */
export function searchWith(search: URLSearchParams, changes: Readonly<Record<string, string | undefined>>): string {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  const text = next.toString()
  return text === '' ? '' : `?${text}`
}
