/** state: loading, failed, forbidden and empty, each saying what it is, why, and what to do next. */
import type { ReactNode } from 'react'
import type { Refusal } from '../api.ts'
import type { Resource } from '../resource.ts'
import { usePlace } from '../router.ts'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'
import { Button, ButtonLink } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { PageHead } from './page.tsx'

export function Show<T>({
  of,
  children,
  lines = 3,
  page = false,
}: {
  readonly of: Resource<T>
  readonly children: (data: T, stale: boolean) => ReactNode
  readonly lines?: number
  /** It is the page itself: what is wrong becomes its heading. */
  readonly page?: boolean
}) {
  if (of.state === 'loading') return <Loading lines={lines} />
  if (of.state === 'failed') return <Failed refusal={of.refusal} again={of.reload} page={page} />
  return children(of.data, of.stale)
}

/** Grey lines where text will be. */
export function Loading({ lines = 3 }: { readonly lines?: number }) {
  const words = useWords()
  return (
    <div className="al-loading" role="status">
      <span className="kern-sr-only">{words.states.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="al-loading__line" aria-hidden="true" />
      ))}
    </div>
  )
}

export function Failed({
  refusal,
  again,
  page = false,
}: {
  readonly refusal: Refusal
  readonly again?: () => void
  readonly page?: boolean
}) {
  const { states } = useWords()
  const { path } = usePlace()
  if (refusal.status === 401)
    return (
      <Empty page={page} icon="account-circle" title={states.unauthenticated} body={states.unauthenticatedBody}>
        <SignInLink back={path} />
      </Empty>
    )
  if (refusal.status === 403)
    return <Empty page={page} icon="visibility-off" title={states.forbidden} body={refusal.message || states.forbiddenBody} />
  if (refusal.status === 404)
    return (
      <Empty page={page} icon="search" title={states.missing} body={refusal.message || states.missingBody}>
        <ButtonLink to="/">{states.toStart}</ButtonLink>
      </Empty>
    )
  return (
    <>
      {page && <PageHead title={states.failed} />}
      <Alert tone="danger" title={states.failed}>
        <p className="kern-body">{refusal.message || states.failedBody}</p>
        {again && (
          <Button icon="autorenew" onClick={again}>
            {states.again}
          </Button>
        )}
      </Alert>
    </>
  )
}

function SignInLink({ back }: { readonly back: string }) {
  const { menu } = useWords()
  return (
    <ButtonLink look="primary" to={`/sign-in?to=${encodeURIComponent(back)}`}>
      {menu.signIn}
    </ButtonLink>
  )
}

export function Empty({
  title,
  body,
  icon = 'info',
  page = false,
  children,
}: {
  readonly title: string
  readonly body?: string
  readonly icon?: IconName
  readonly page?: boolean
  readonly children?: ReactNode
}) {
  if (page)
    return (
      <>
        <PageHead title={title} {...(body && { lead: body })} />
        <div className="al-actions">{children}</div>
      </>
    )
  return (
    <div className="al-empty">
      <Icon name={icon} size="x-large" />
      <p className="kern-title kern-title--large">{title}</p>
      {body && <p className="kern-body">{body}</p>}
      {children && <div className="al-actions">{children}</div>}
    </div>
  )
}
