/** Two people: one submits a dataset, the other looks at it, refuses it with a reason, and approves it the second time; each page held against axe. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keeper } from '../../src/rights/principal.ts'
import { look, open, openBrowser, servePlatform, visit, type Served } from '../support/browser.ts'
import { addDataset, air } from '../support/datasets.ts'

const PASSWORD = 'Ein Satz, den sich niemand ausdenkt 7'

describe('two pairs of eyes', () => {
  let platform: Served
  let browser: Browser
  const pages = new Map<string, { readonly page: Page; readonly faults: readonly string[] }>()
  const pageOf = (name: string): Page => pages.get(name)?.page ?? assert.fail(name)

  before(async () => {
    platform = await servePlatform()
    browser = await openBrowser()
    await addDataset(platform.service, 'luft', air(2, 3), { state: 'draft', keywords: [] })
    for (const name of ['kim', 'alex']) {
      await platform.people.accounts.add(keeper(1, 'test'), { name, email: `${name}@stadt.example`, password: PASSWORD, admin: true })
      const visitor = await visit(browser, platform)
      pages.set(name, visitor)
      await open(visitor.page, '/sign-in')
      await visitor.page.getByLabel('E-Mail-Adresse').fill(`${name}@stadt.example`)
      await visitor.page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
      await visitor.page.getByRole('button', { name: 'Anmelden', exact: true }).click()
      await visitor.page.getByRole('link', { name: 'Freigaben' }).waitFor()
    }
  })
  after(async () => {
    await browser.close()
    await platform.end()
  })

  async function submit(): Promise<void> {
    const page = pageOf('kim')
    await open(page, '/workspace/datasets/luft')
    await page.getByRole('button', { name: 'Veröffentlichen' }).click()
    await page.getByRole('link', { name: 'In Prüfung ansehen' }).waitFor()
  }

  async function seeRequest(): Promise<Page> {
    const page = pageOf('alex')
    await open(page, '/workspace')
    await page.getByRole('heading', { name: 'Wartet auf Sie' }).waitFor()
    await open(page, '/workspace/releases')
    await page.getByRole('link', { name: 'Luftqualität' }).waitFor()
    return page
  }

  test('what one submits waits for the other, with what the checks found', async () => {
    await submit()
    const page = await seeRequest()
    await look(page, 'releases')
    await page.getByRole('link', { name: 'Luftqualität' }).click()
    await page.getByRole('heading', { name: 'Entscheiden' }).waitFor()
    await page.getByText('Es fehlen Stichwörter.').waitFor()
    await look(page, 'release')
    await open(pageOf('kim'), '/workspace/releases')
    await pageOf('kim').getByText('Nichts wartet auf Sie').waitFor()
  })

  test('a refusal needs its reason, and gives the dataset back', async () => {
    const page = pageOf('alex')
    await page.getByRole('button', { name: 'Ablehnen', exact: true }).click()
    await page.getByText('Bitte begründen Sie die Ablehnung.').waitFor()
    await page.getByLabel('Begründung').fill('Bitte mit Stichwörtern')
    await page.getByRole('button', { name: 'Ablehnen', exact: true }).click()
    await page.getByText('Ihre Entscheidung ist vermerkt.').waitFor()
    const author = pageOf('kim')
    await open(author, '/workspace/datasets/luft')
    await author.getByRole('tab', { name: 'Verlauf' }).click()
    await author.getByRole('cell', { name: 'Bitte mit Stichwörtern' }).first().waitFor()
    await look(author, 'dataset-history')
  })

  test('when all approve it is seen by everybody at once', async () => {
    await submit()
    const page = await seeRequest()
    await page.getByRole('link', { name: 'Luftqualität' }).click()
    await page.getByRole('button', { name: 'Zustimmen' }).click()
    await page.getByText('Freigegeben').first().waitFor()
    const stranger = await visit(browser, platform)
    await open(stranger.page, '/datasets/luft')
    await stranger.page.getByRole('heading', { level: 1, name: 'Luftqualität' }).waitFor()
    for (const { faults } of pages.values()) assert.deepEqual(faults.filter((fault) => !/400/.test(fault)), []) // prettier-ignore
  })
})
