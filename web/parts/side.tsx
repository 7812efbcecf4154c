/** side: the workspace's own menu, and its frame. What a role does not need is not there. */
import type { ReactNode } from 'react'
import { usePlace } from '../router.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words/words.tsx'
import { ButtonLink } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Link } from './link.tsx'
import { Empty, Loading } from './state.tsx'

export function Workspace({ children }: { readonly children: ReactNode }) {
  const { session } = useSession()
  const { states, menu } = useWords()
  const { path } = usePlace()
  if (!session) return <Loading />
  if (!session.account)
    return (
      <Empty page icon="account-circle" title={states.unauthenticated} body={states.unauthenticatedBody}>
        <ButtonLink look="primary" to={`/sign-in?to=${encodeURIComponent(path)}`}>
          {menu.signIn}
        </ButtonLink>
      </Empty>
    )
  return (
    <div className="al-work">
      <Side admin={session.account.admin} sustains={session.account.sustains === true} path={path} />
      <div className="al-work__page">{children}</div>
    </div>
  )
}

function Side({ admin, sustains, path }: { readonly admin: boolean; readonly sustains: boolean; readonly path: string }) {
  const { menu } = useWords().work
  const ways: readonly (readonly [string, string, IconName])[] = [
    ['/workspace', menu.today, 'home'],
    ['/workspace/connect', menu.connect, 'add'],
    ['/workspace/datasets', menu.datasets, 'draft'],
    ['/workspace/releases', menu.releases, 'checklist'],
    ['/workspace/sources', menu.sources, 'drive-folder-upload'],
    ['/workspace/runs', menu.runs, 'autorenew'],
    ['/workspace/tokens', menu.tokens, 'open-in-new'],
    ...(admin
      ? ([
          ['/workspace/accounts', menu.accounts, 'account-circle'],
          ['/workspace/settings', menu.settings, 'edit'],
          ['/workspace/health', menu.health, 'checklist'],
        ] as const)
      : []),
    ...(sustains ? ([['/workspace/sustain', menu.sustain, 'home']] as const) : []),
    ['/workspace/sessions', menu.sessions, 'logout'],
  ]
  const here = ways.map(([to]) => to).findLast((to) => path === to || path.startsWith(`${to}/`))
  return (
    <nav className="al-side" aria-label={menu.label}>
      <ul className="al-side__list">
        {ways.map(([to, name, icon]) => (
          <li key={to}>
            <Link to={to} className="al-side__link" {...(to === here ? { 'aria-current': 'page' as const } : {})}>
              <Icon name={icon} />
              <span>{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
