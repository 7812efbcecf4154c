/** theme: light or dark, as the system has it or as the reader chose. KERN reads it from the document. */
import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const KEY = 'allmende-theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

let chosen: Theme | undefined = remembered()

export const theme = (): Theme => chosen ?? (system.matches ? 'dark' : 'light')

export function chooseTheme(next: Theme): void {
  chosen = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
  show()
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, theme)
}

function show(): void {
  document.documentElement.dataset['kernTheme'] = theme()
  document.documentElement.style.colorScheme = theme()
  for (const listener of listeners) listener()
}

function remembered(): Theme | undefined {
  try {
    const word = localStorage.getItem(KEY)
    return word === 'light' || word === 'dark' ? word : undefined
  } catch {
    return undefined
  }
}

system.addEventListener('change', show)
show()
