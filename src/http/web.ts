/** web: serves the built interface: hashed assets for good, and the one page for every address that is a page. */
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { textIn } from '../model/text.ts'
import { Problem } from '../problem.ts'
import type { Service } from '../service/service.ts'
import { accepted } from './negotiate.ts'

/** The interface as vite builds it, whether this runs from src or from dist. */
export const BUILT = fileURLToPath(new URL('../../web/built', import.meta.url))

const PAGES = ['/', '/datasets', '/catalog', '/map', '/developers', '/impact', '/sign-in', '/first-run', '/workspace', '/workspace/*']
const ONE_YEAR = 31_536_000_000

export function mountWeb(app: FastifyInstance, service: Service, folder = BUILT): void {
  const page = pageIn(folder)
  const answer = (request: FastifyRequest, reply: FastifyReply, about: About = {}) =>
    reply
      .code(about.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept, accept-language')
      .send(pageWith(page, request.language, about))
  for (const path of PAGES) app.get(path, (request, reply) => answer(request, reply))
  app.get<{ Params: { slug: string } }>('/datasets/:slug', async (request, reply) =>
    answer(request, reply, await aboutDataset(request, service)),
  )
  // A mistyped address is answered with a page where a page was asked for.
  app.get<{ Params: { page: string } }>('/:page', (request, reply) => {
    if (accepted(request.headers.accept, ['application/json', 'text/html']) === 'text/html') return answer(request, reply, { status: 404 })
    const path = `/${request.params.page}`
    throw new Problem('not-found', { de: `Unter ${path} gibt es nichts.`, en: `There is nothing at ${path}.` })
  })
  if (!existsSync(folder)) return
  void app.register(fastifyStatic, { root: join(folder, 'assets'), prefix: '/assets/', immutable: true, maxAge: ONE_YEAR, index: false })
  const icon = readFileSync(join(folder, 'icon.svg'))
  app.get('/icon.svg', (_request, reply) => reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon))
}

interface About {
  readonly title?: string
  readonly description?: string
  readonly status?: number
}

/** What search engines and previews read; the interface itself asks again. */
async function aboutDataset(request: FastifyRequest<{ Params: { slug: string } }>, service: Service): Promise<About> {
  try {
    const { title, description } = await service.card(request.who, request.params.slug, request.root)
    return { title: textIn(title, request.language), description: textIn(description, request.language) }
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return { status: 404 }
    throw error
  }
}

function pageIn(folder: string): string {
  const file = join(folder, 'index.html')
  return existsSync(file) ? readFileSync(file, 'utf8') : UNBUILT
}

const UNBUILT = `<!doctype html>
<html lang="de">
  <head><meta charset="utf-8" /><title>Allmende</title><meta name="description" content="" /></head>
  <body><h1>Allmende</h1><p>Die Oberfläche ist noch nicht gebaut: <code>npm run build:web</code></p>
  <p lang="en">The interface is not built yet: <code>npm run build:web</code></p></body>
</html>
`

const PLATFORM = {
  de: { title: 'Allmende', description: 'Offene Daten dieser Kommune.' },
  en: { title: 'Allmende', description: 'Open data of this municipality.' },
} as const

function pageWith(page: string, language: 'de' | 'en', about: About): string {
  const { title, description } = { ...PLATFORM[language], ...about }
  return page
    .replace(/<html lang="[a-z]*"/, () => `<html lang="${language}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escape(title)}</title>`)
    .replace(/(<meta name="description" content=")[^"]*/, (_all, before: string) => before + escape(description.slice(0, 300)))
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
