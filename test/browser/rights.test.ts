/** Who may do what: a right is given, seen with its reason, asked about, and taken away; each view held against axe. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keeper } from '../../src/rights/principal.ts'
import { look, open, openBrowser, servePlatform, visit, type Served } from '../support/browser.ts'
import { addDataset, air } from '../support/datasets.ts'

const PASSWORD = 'Ein Satz, den sich niemand ausdenkt 7'

describe('rights of a dataset', () => {
  let platform: Served
  let browser: Browser
  let page: Page
  let faults: readonly string[]

  before(async () => {
    platform = await servePlatform()
    browser = await openBrowser()
    await addDataset(platform.service, 'luft', air(2, 3), { access: 'internal' })
    for (const [name, admin] of [['kim', true], ['robin', false]] as const)
      await platform.people.accounts.add(keeper(1, 'test'), { name, email: `${name}@stadt.example`, password: PASSWORD, admin }) // prettier-ignore
    ;({ page, faults } = await visit(browser, platform))
    await open(page, '/sign-in')
    await page.getByLabel('E-Mail-Adresse').fill('kim@stadt.example')
    await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await page.getByRole('link', { name: 'Freigaben' }).waitFor()
  })
  after(async () => {
    await browser.close()
    await platform.end()
  })

  async function openRights(): Promise<void> {
    await open(page, '/workspace/datasets/luft')
    await page.getByRole('tab', { name: 'Rechte' }).click()
    await page.getByRole('heading', { name: 'Wer darf was?' }).waitFor()
  }

  test('a right is given by role, for a purpose and until a day, and is there at once with its reason', async () => {
    await openRights()
    await page.getByText('Noch keine Rechte gegeben').waitFor()
    await page.getByRole('button', { name: 'Recht geben' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('An wen?').selectOption({ label: 'robin' })
    await dialog.getByLabel('Als was?').selectOption({ label: 'Datenpflege' })
    await dialog.getByLabel('Zweck').fill('Messnetz')
    await dialog.getByLabel('Bis').fill('2999-12-31')
    await look(page, 'rights-give')
    await dialog.getByRole('button', { name: 'Recht geben' }).click()
    const given = page.getByRole('table', { name: 'Gegebene Rechte' })
    await given.getByText('Messnetz').waitFor()
    assert.ok((await given.getByText('31.12.2999').count()) > 0)
    await page.getByRole('table', { name: 'Wer darf was?' }).getByText('Datenpflege · Messnetz').waitFor()
    await look(page, 'rights')
  })

  test('why somebody may not is answered with every rule', async () => {
    await page.getByLabel('Für wen?').selectOption({ label: 'robin' })
    await page.getByLabel('Welches Recht?').selectOption({ label: 'Verwalten' })
    await page.getByText('Nein', { exact: true }).waitFor()
    await page.getByText('nicht: gilt für andere Rechte').waitFor()
    await page.getByLabel('Welches Recht?').selectOption({ label: 'Ändern' })
    await page.getByText('Ja, für alles').waitFor()
  })

  test('an account with such a right is shown, and changed without losing it', async () => {
    await open(page, '/workspace/accounts')
    await page.getByText('luft: Datenpflege').waitFor()
    await page.getByRole('button', { name: 'Bearbeiten: robin' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Datenpflege').waitFor()
    await look(page, 'rights-account')
    await dialog.getByLabel('Name', { exact: true }).fill('robin r')
    await dialog.getByRole('button', { name: 'Speichern' }).click()
    await page.getByText('Das Konto ist geändert.').waitFor()
    await page.getByText('luft: Datenpflege').waitFor()
  })

  test('a team is made, with who belongs to it', async () => {
    await page.getByText('Noch keine Teams').waitFor()
    await page.getByRole('button', { name: 'Team anlegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name des Teams').fill('Tiefbauamt')
    await dialog.getByLabel('robin r').check()
    await look(page, 'rights-team')
    await dialog.getByRole('button', { name: 'Speichern' }).click()
    const teams = page.getByRole('table', { name: 'Teams und Einheiten' })
    await teams.getByText('Tiefbauamt').waitFor()
    await teams.getByText('robin r').waitFor()
    await look(page, 'rights-teams')
  })

  test('taken away it is gone', async () => {
    await openRights()
    await page.getByRole('button', { name: 'Entziehen: robin r' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Entziehen' }).click()
    await page.getByText('Noch keine Rechte gegeben').waitFor()
    assert.deepEqual(faults, [])
  })
})
