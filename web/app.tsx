/** app: the frame around every page, and which address is which page. */
import { lazy, Suspense, type ComponentType } from 'react'
import { Footer } from './parts/footer.tsx'
import { Header } from './parts/header.tsx'
import { Crash } from './parts/crash.tsx'
import { Workspace } from './parts/side.tsx'
import { Loading } from './parts/state.tsx'
import { Toasting } from './parts/toast.tsx'
import { Missing } from './pages/missing.tsx'
import { Start } from './pages/start.tsx'
import { match, usePlace } from './router.ts'
import { Signing } from './session.tsx'
import { Speaking } from './words/words.tsx'

export type PageProps = { readonly parameters: Readonly<Record<string, string>> }
type Page = ComponentType<PageProps>

const later = (load: () => Promise<Page>): Page => lazy(async () => ({ default: await load() }))

const PUBLIC: Readonly<Record<string, Page>> = {
  '/': Start,
  '/datasets': later(async () => (await import('./pages/catalogue.tsx')).Catalogue),
  '/catalog': later(async () => (await import('./pages/catalogue.tsx')).Catalogue),
  '/datasets/:slug': later(async () => (await import('./pages/dataset.tsx')).DatasetPage),
  '/map': later(async () => (await import('./pages/map.tsx')).MapPage),
  '/impact': later(async () => (await import('./pages/impact.tsx')).Impact),
  '/developers': later(async () => (await import('./pages/developers.tsx')).Developers),
  '/sign-in': later(async () => (await import('./pages/sign-in.tsx')).SignIn),
  '/first-run': later(async () => (await import('./pages/first-run.tsx')).FirstRun),
}

const WORK: Readonly<Record<string, Page>> = {
  '/workspace': later(async () => (await import('./pages/today.tsx')).Today),
  '/workspace/connect': later(async () => (await import('./pages/connect.tsx')).Connect),
  '/workspace/connect/file': later(async () => (await import('./pages/connect-file.tsx')).ConnectFile),
  '/workspace/connect/http-json': later(async () => (await import('./pages/connect-file.tsx')).ConnectFile),
  '/workspace/connect/all/:connector': later(async () => (await import('./pages/connect-form.tsx')).ConnectForm),
  '/workspace/connect/:connector': later(async () => (await import('./pages/connect-form.tsx')).ConnectForm),
  '/workspace/datasets': later(async () => (await import('./pages/datasets.tsx')).Datasets),
  '/workspace/datasets/:slug': later(async () => (await import('./pages/dataset-edit.tsx')).DatasetEdit),
  '/workspace/releases': later(async () => (await import('./pages/releases.tsx')).Releases),
  '/workspace/releases/:id': later(async () => (await import('./pages/release.tsx')).ReleasePage),
  '/workspace/sources': later(async () => (await import('./pages/sources.tsx')).Sources),
  '/workspace/sources/:id': later(async () => (await import('./pages/source.tsx')).SourcePage),
  '/workspace/runs': later(async () => (await import('./pages/runs.tsx')).Runs),
  '/workspace/runs/:id': later(async () => (await import('./pages/run.tsx')).RunPage),
  '/workspace/tokens': later(async () => (await import('./pages/tokens.tsx')).Tokens),
  '/workspace/accounts': later(async () => (await import('./pages/accounts.tsx')).Accounts),
  '/workspace/settings': later(async () => (await import('./pages/settings.tsx')).Settings),
  '/workspace/health': later(async () => (await import('./pages/health.tsx')).Health),
  '/workspace/sustain': later(async () => (await import('./pages/cockpit.tsx')).CockpitPage),
  '/workspace/sustain/records/:id': later(async () => (await import('./pages/kept.tsx')).KeptPage),
  '/workspace/sustain/records/:id/sheet': later(async () => (await import('./pages/sheet.tsx')).Sheet),
  '/workspace/sustain/shares': later(async () => (await import('./pages/shares.tsx')).Shares),
  '/workspace/sustain/:kind': later(async () => (await import('./pages/kept-list.tsx')).KeptList),
  '/workspace/sessions': later(async () => (await import('./pages/sessions.tsx')).Sessions),
}

function find(pages: Readonly<Record<string, Page>>, path: string) {
  for (const [pattern, page] of Object.entries(pages)) {
    const parameters = match(pattern, path)
    if (parameters) return { page, parameters }
  }
  return undefined
}

export function App() {
  return (
    <Speaking>
      <Toasting>
        <Signing>
          <Header />
          <Main />
          <Footer />
        </Signing>
      </Toasting>
    </Speaking>
  )
}

function Main() {
  const { path } = usePlace()
  const open = find(PUBLIC, path)
  const work = open ? undefined : find(WORK, path)
  const { page: Shown, parameters } = open ?? work ?? { page: Missing, parameters: {} }
  const shown = (
    <Crash key={path}>
      <Suspense fallback={<Loading lines={6} />}>
        <Shown parameters={parameters} />
      </Suspense>
    </Crash>
  )
  return (
    <main id="content" className={path === '/' ? 'al-main al-main--wide' : 'al-main al-width'} tabIndex={-1}>
      {work ? <Workspace>{shown}</Workspace> : shown}
    </main>
  )
}
