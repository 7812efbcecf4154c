/** header: the town, the ways through the platform, language, light and dark, who is signed in. */
import { useState } from 'react'
import { go, usePlace } from '../router.ts'
import { useSession } from '../session.tsx'
import { chooseTheme, useTheme } from '../theme.ts'
import { useSpeech } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

export function Header() {
  const { words } = useSpeech()
  const { session } = useSession()
  const [open, setOpen] = useState(false)
  return (
    <header className="al-header">
      <a className="al-skip kern-btn kern-btn--primary" href="#content">
        <span className="kern-label">{words.skip}</span>
      </a>
      <div className="al-header__bar al-width">
        <Link to="/" className="al-brand">
          <Mark />
          <span className="al-brand__text">
            <span className="al-brand__town">{session?.tenant.name ?? 'Allmende'}</span>
            <span className="al-brand__what">{words.platform}</span>
          </span>
        </Link>
        <div className="al-header__menu-button">
          <Button small icon={open ? 'close' : 'dehaze'} aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
            {words.menu.open}
          </Button>
        </div>
        <div className={open ? 'al-header__menu al-header__menu--open' : 'al-header__menu'} id="menu">
          <Menu close={() => setOpen(false)} />
          <Settings />
        </div>
      </div>
    </header>
  )
}

function Mark() {
  return (
    <svg className="al-brand__mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="4" fill="var(--kern-color-action-default)" />
      <path d="M7 24 16 7l9 17" className="al-brand__line" />
      <circle cx="16" cy="21" r="3" fill="var(--kern-color-action-on-default)" />
    </svg>
  )
}

function Menu({ close }: { readonly close: () => void }) {
  const { words } = useSpeech()
  const { path } = usePlace()
  const { session } = useSession()
  const ways: readonly (readonly [string, string])[] = [
    ['/datasets', words.menu.catalogue],
    ['/map', words.menu.map],
    ['/developers', words.menu.developers],
    ...(session?.account ? [['/workspace', words.menu.workspace] as const] : []),
  ]
  return (
    <nav aria-label={words.menu.label}>
      <ul className="al-menu">
        {ways.map(([to, name]) => (
          <li key={to}>
            <Link
              to={to}
              className="al-menu__link"
              onClick={close}
              {...(path === to || path.startsWith(`${to}/`) ? { 'aria-current': path === to ? ('page' as const) : ('true' as const) } : {})}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Settings() {
  const { words, language, speak } = useSpeech()
  const theme = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <div className="al-settings">
      <button
        type="button"
        className="al-setting"
        lang={language === 'de' ? 'en' : 'de'}
        onClick={() => speak(language === 'de' ? 'en' : 'de')}
      >
        <Icon name="language" />
        <span>{language === 'de' ? words.menu.english : words.menu.german}</span>
      </button>
      <button
        type="button"
        className="al-setting"
        title={words.menu[other]}
        aria-label={words.menu[other]}
        onClick={() => chooseTheme(other)}
      >
        <Icon name={other === 'dark' ? 'dark-mode' : 'light-mode'} />
      </button>
      <Who />
    </div>
  )
}

function Who() {
  const { words } = useSpeech()
  const { session, signOut } = useSession()
  const { path } = usePlace()
  if (!session) return <span className="al-setting al-setting--wait" />
  if (!session.account)
    return (
      <Link className="al-setting" to={`/sign-in${path === '/' || path === '/sign-in' ? '' : `?to=${encodeURIComponent(path)}`}`}>
        <Icon name="account-circle" />
        <span>{words.menu.signIn}</span>
      </Link>
    )
  return (
    <button
      type="button"
      className="al-setting"
      title={words.menu.account(session.account.name)}
      onClick={() => void signOut().then(() => go('/'))}
    >
      <Icon name="logout" />
      <span>{words.menu.signOut}</span>
    </button>
  )
}
