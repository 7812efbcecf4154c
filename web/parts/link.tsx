/** link: a way to another page of the interface, without loading it anew. */
import type { ComponentProps, MouseEvent } from 'react'
import { go, root } from '../router.ts'

export function Link({ to, onClick, ...rest }: Omit<ComponentProps<'a'>, 'href'> & { readonly to: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return <a {...rest} href={root + to} onClick={follow} />
}
