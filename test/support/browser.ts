/** browser: Chromium on a running platform; every page is held against axe and photographed. */
import axe from 'axe-core'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { filesBelow } from './files.ts'
import { startPlatform, type Platform } from './platform.ts'

export const SHOTS = 'test/browser/shots'
const FLAGS = [
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run',
  '--disable-background-networking --disable-component-update --disable-sync',
].flatMap((line) => line.split(' '))

export interface Served extends Platform {
  readonly url: string
}

/** The platform at an address of its own, as it is for everyone: nobody is let in without signing in. */
export async function servePlatform(env: Readonly<Record<string, string>> = {}): Promise<Served> {
  buildWeb()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_PORT: String(port), ALLMENDE_URL: url, ...env })
  await platform.listen()
  return { ...platform, url }
}

/** Builds the interface where it is missing or older than its sources. */
function buildWeb(): void {
  const built = 'web/built/index.html'
  const sources = ['.ts', '.tsx', '.css', '.html']
    .flatMap((ending) => filesBelow('web', ending))
    .filter((file) => !file.startsWith('web/built/'))
  const age = existsSync(built) ? statSync(built).mtimeMs : 0
  if (sources.every((file) => statSync(file).mtimeMs <= age)) return
  const { status, stderr } = spawnSync('npx', ['vite', 'build', 'web'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS })

export interface Reader {
  readonly language?: 'de' | 'en'
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
}

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong in the page, and every address outside the platform that it asked for. */
  readonly faults: readonly string[]
}

export async function visit(browser: Browser, { url }: Pick<Served, 'url'>, reader: Reader = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: reader.width ?? 1280, height: 900 },
    locale: reader.language === 'en' ? 'en-GB' : 'de-DE',
    timezoneId: 'Europe/Berlin',
    colorScheme: reader.scheme ?? 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(`${message.text()} ${message.location().url}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(`asked for ${request.url()}`)
  })
  return { context, page, faults }
}

/** Opens a page and waits until nothing is on its way. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('.al-loading, .al-stale').first().waitFor({ state: 'detached' })
}

const AXE = axe.source
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Runs in the page: what is violated, where, in one line each. */
const RUN = `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} } }).then(({ violations }) =>
  violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`

/** Photographs what is shown and holds it against axe. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true, animations: 'disabled' })
  await page.evaluate(AXE)
  const found = (await page.evaluate(RUN)) as readonly string[]
  assert.deepEqual(found, [], `${name}: ${found.join('\n')}`)
}
