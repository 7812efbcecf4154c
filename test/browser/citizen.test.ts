/** What a citizen sees of the example town: every public page in both languages, light and dark, held against axe. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { loadTown } from '../../src/demo/load.ts'
import { keeper } from '../../src/rights/principal.ts'
import { look, open, openBrowser, servePlatform, settled, visit, type Served } from '../support/browser.ts'

describe('a citizen', () => {
  let platform: Served
  let browser: Browser
  before(async () => {
    platform = await servePlatform()
    await loadTown(platform.service, platform.release, keeper(1, 'test'), { hours: 24 * 21 })
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await platform.end()
  })

  const PAGES = {
    start: '/',
    catalogue: '/datasets',
    dataset: '/datasets/luftqualitaet',
    map: '/map',
    developers: '/developers',
    missing: '/nowhere-at-all',
  }
  for (const language of ['de', 'en'] as const)
    for (const scheme of ['light', 'dark'] as const)
      test(`sees every public page without barriers, ${language}, ${scheme}`, async () => {
        const { context, page, faults } = await visit(browser, platform, { language, scheme })
        for (const [name, path] of Object.entries(PAGES)) {
          if (name === 'missing') continue
          await open(page, path)
          await look(page, `${name}-${language}-${scheme}`)
          assert.equal(await page.locator('html').getAttribute('lang'), language)
        }
        assert.deepEqual(faults, [])
        await context.close()
      })

  test('finds a dataset by search and facet, and the address says so', async () => {
    const { context, page } = await visit(browser, platform)
    await open(page, '/')
    await page.getByRole('searchbox').fill('Fahrrad')
    await page.getByRole('button', { name: 'Suchen' }).click()
    await page.waitForURL('**/datasets?q=Fahrrad')
    await page.getByRole('link', { name: 'Radverkehr' }).waitFor()
    assert.equal(await page.getByRole('status').filter({ hasText: 'Ein Datensatz' }).count(), 1)
    await open(page, '/datasets')
    await page.getByRole('button', { name: /^Verkehr/ }).click()
    await page.waitForURL('**/datasets?theme=TRAN')
    await settled(page)
    assert.equal(await page.locator('.al-results > li').count(), 2)
    await context.close()
  })

  test('reads a dataset: chart, table, newest values, addresses to copy and files that come', async () => {
    const { context, page, faults } = await visit(browser, platform)
    await open(page, '/datasets/luftqualitaet')
    await page.getByRole('heading', { level: 1, name: 'Luftqualität' }).waitFor()
    await page.locator('.al-figure__plot svg').first().waitFor()
    assert.match((await page.locator('.al-chart__told').textContent()) ?? '', /Messwerte vom .* im Mittel .* µg\/m³/)
    await page.getByRole('tab', { name: 'Tabelle' }).click()
    assert.ok((await page.getByRole('tabpanel').locator('tbody tr').count()) > 100)
    await page.getByRole('radio', { name: '7 Tage' }).check()
    await settled(page)
    const file = page.waitForEvent('download')
    await page.getByRole('tabpanel').getByRole('button', { name: 'CSV' }).click()
    assert.match((await file).suggestedFilename(), /\.csv$/)
    const link = await page.getByRole('link', { name: 'CSV', exact: true }).first().getAttribute('href')
    assert.equal((await fetch(link ?? '')).status, 200)
    assert.deepEqual(faults, [])
    await context.close()
  })

  test('gets along with the keyboard: skip link first, the new heading takes the focus, the list stands for the map', async () => {
    const { context, page } = await visit(browser, platform)
    await open(page, '/')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(`document.activeElement.getAttribute('href')`), '#content')
    await page.getByRole('link', { name: 'Datenkatalog' }).focus()
    await page.keyboard.press('Enter')
    await settled(page)
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'H1')
    await open(page, '/map')
    await page.getByRole('button', { name: /^Marktplatz/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /Zum Datensatz: Luftqualität/ }).waitFor()
    await context.close()
  })

  test('changes language and appearance, and both are remembered', async () => {
    const { context, page } = await visit(browser, platform)
    await open(page, '/')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Open data of your municipality' }).waitFor()
    await page.getByRole('button', { name: 'Dark appearance' }).click()
    await open(page, '/datasets')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.equal(await page.locator('html').getAttribute('data-kern-theme'), 'dark')
    await context.close()
  })

  test('can zoom to 400 %: at 320 pixels nothing has to be scrolled sideways', async () => {
    const { context, page } = await visit(browser, platform, { width: 320 })
    for (const [name, path] of Object.entries(PAGES)) {
      await open(page, path)
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))
      assert.ok(wide <= 1, `${name} is ${wide} pixels too wide`)
      if (name !== 'missing') await look(page, `${name}-narrow`)
    }
    await context.close()
  })

  test('loads the first page in under 200 kB, without map or chart', async () => {
    const { context, page } = await visit(browser, platform)
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    let bytes = 0
    const files: string[] = []
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    page.on('response', (response) => files.push(new URL(response.url()).pathname))
    await open(page, '/')
    assert.ok(bytes < 200_000, `${bytes} bytes: ${files.join(' ')}`)
    assert.deepEqual(
      files.filter((file) => /map-view|chart-views/.test(file)),
      [],
    )
    await context.close()
  })
})
