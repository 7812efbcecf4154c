/** page: the heading of a page; it names the window and takes the focus when somebody came from another page. */
import { useEffect, useRef, type ReactNode } from 'react'
import { hasMoved } from '../router.ts'
import { useSession } from '../session.tsx'

export function PageHead({
  title,
  lead,
  preline,
  children,
}: {
  readonly title: string
  readonly lead?: string
  readonly preline?: ReactNode
  readonly children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { session } = useSession()
  const town = session?.tenant.name
  useEffect(() => {
    document.title = [title, town ?? 'Allmende'].filter((part, at, all) => all.indexOf(part) === at).join(' – ')
  }, [title, town])
  useEffect(() => {
    if (hasMoved()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="al-head">
      <div className="al-head__text">
        {preline && <p className="kern-preline">{preline}</p>}
        <h1 className="kern-heading-x-large" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className="kern-body kern-body--large al-lead">{lead}</p>}
      </div>
      {children && <div className="al-actions">{children}</div>}
    </header>
  )
}

/** A part of a page under its own heading. */
export function Section({
  title,
  lead,
  id,
  children,
  action,
}: {
  readonly title: string
  readonly lead?: string
  readonly id: string
  readonly children: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <section className="al-section" aria-labelledby={id}>
      <div className="al-section__head">
        <h2 className="kern-heading-large" id={id}>
          {title}
        </h2>
        {action}
      </div>
      {lead && <p className="kern-body kern-body--muted">{lead}</p>}
      {children}
    </section>
  )
}
