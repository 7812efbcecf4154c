/** button: KERN's button, and a link that looks like one. */
import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Link } from './link.tsx'

interface Looks {
  readonly look?: 'primary' | 'secondary' | 'tertiary'
  readonly icon?: IconName | undefined
  readonly small?: boolean
  readonly block?: boolean
  /** The words are heard, not seen. */
  readonly iconOnly?: boolean
}

const classOf = ({ look = 'secondary', small, block }: Looks): string =>
  ['kern-btn', `kern-btn--${look}`, small && 'kern-btn--x-small', block && 'kern-btn--block'].filter(Boolean).join(' ')

function Inside({ icon, iconOnly, children }: Looks & { readonly children: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className={iconOnly ? 'kern-label kern-sr-only' : 'kern-label'}>{children}</span>
    </>
  )
}

export function Button({ look, icon, small, block, iconOnly, children, className, ...rest }: Looks & ComponentProps<'button'>) {
  const looks = { ...(look && { look }), ...(small && { small }), ...(block && { block }) }
  return (
    <button type="button" {...rest} className={[classOf(looks), className].filter(Boolean).join(' ')}>
      <Inside icon={icon} {...(iconOnly && { iconOnly })}>
        {children}
      </Inside>
    </button>
  )
}

export function ButtonLink({ to, look, icon, small, block, children }: Looks & { readonly to: string; readonly children: ReactNode }) {
  const looks = { ...(look && { look }), ...(small && { small }), ...(block && { block }) }
  return (
    <Link to={to} className={classOf(looks)}>
      <Inside icon={icon}>{children}</Inside>
    </Link>
  )
}
