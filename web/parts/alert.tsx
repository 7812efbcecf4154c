/** alert: KERN's message box. Danger and warning are read out at once. */
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Tone = 'info' | 'success' | 'warning' | 'danger'

export function Alert({ tone, title, children }: { readonly tone: Tone; readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={`kern-alert kern-alert--${tone}`} role={tone === 'danger' || tone === 'warning' ? 'alert' : 'status'}>
      <div className="kern-alert__header">
        <Icon name={tone} />
        <span className="kern-title">{title}</span>
      </div>
      {children !== undefined && children !== false && <div className="kern-alert__body">{children}</div>}
    </div>
  )
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`kern-badge kern-badge--small kern-badge--${tone}`}>
      <Icon name={tone} size="small" />
      <span className="kern-label kern-label--small">{children}</span>
    </span>
  )
}
