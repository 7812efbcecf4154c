/** Keeping the platform alive: a coordinator writes a use case down, sees what is missing, publishes part of it and prints the worksheet. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { look, open, openBrowser, servePlatform, visit, type Served } from '../support/browser.ts'

describe('a coordinator', () => {
  let platform: Served
  let browser: Browser
  let page: Page
  let faults: readonly string[]
  before(async () => {
    platform = await servePlatform({ ALLMENDE_OPEN: '1' })
    browser = await openBrowser()
    ;({ page, faults } = await visit(browser, platform))
    const year = new Date().getUTCFullYear()
    const records = [
      ['cost', 'Rechenzentrum', { amount: 18_400_00, recurring: true, from: `${year}-01-01`, type: 'infrastructure', position: 'operation', source: 'Rahmenvertrag' }],
      ['cost', 'Halbe Stelle', { amount: 41_250_50, recurring: true, from: `${year}-01-01`, type: 'staff', position: 'operation', source: 'Stellenplan' }],
      ['funding', 'Landesförderung', { yearly: 60_000_00, type: 'grant', from: `${year - 1}-07-01`, until: `${year + 1}-06-30` }],
      ['role', 'Strategie', { task: 'strategy', person: 'Kim Beispiel', deputy: 'Alex Beispiel' }],
      ['operation', 'Eigener Betrieb', { form: 'own', operator: 'IT', solution: 'Allmende', partners: 'Keine' }],
      ['milestone', 'Zweiter Anwendungsfall', { due: `${year + 1}-03-31`, responsible: 'Kim Beispiel' }],
      ['indicator', 'Datensätze', { definition: 'Veröffentlichte Datensätze', source: 'platform', platform: 'datasets', unit: 'Datensätze', baseline: 0, target: 20, due: `${year + 1}-12-31`, responsible: 'Kim Beispiel' }],
    ] as const // prettier-ignore
    for (const [kind, title, fields] of records)
      assert.equal((await platform.ask('POST /api/v1/sustain/records', { body: { kind, title, fields } })).status, 201)
  })
  after(async () => {
    await browser.close()
    await platform.end()
  })

  test('sees how far the platform is from being kept for good', async () => {
    await open(page, '/workspace')
    await page.getByRole('link', { name: 'Verstetigung' }).click()
    await page.getByRole('heading', { name: 'Stabile Finanzierung' }).waitFor()
    await page.getByText('„Landesförderung“ endet am').waitFor()
    await page.getByText('Verstetigung: niemand').waitFor()
    await look(page, 'sustain-cockpit')
  })

  test('writes a use case down, and is told that a dashboard is no benefit yet', async () => {
    await page.getByRole('link', { name: 'Anwendungsfälle', exact: true }).click()
    await page.getByRole('button', { name: 'Anwendungsfall anlegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Titel').fill('Verkehrsdashboard')
    await dialog.getByRole('button', { name: 'Anlegen' }).click()
    await page.getByRole('heading', { level: 1, name: 'Verkehrsdashboard' }).waitFor()
    await page.getByLabel('Was soll entstehen?').fill('Wir möchten ein Dashboard haben.')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await page.getByText('Ein Werkzeug ist noch kein Nutzen').waitFor()
    await look(page, 'sustain-gaps')
  })

  test('answers what is asked, publishes the answers, and finds them on the public page', async () => {
    await page.getByLabel('Warum?').fill('Der Berufsverkehr staut sich auf zwei Straßen,\nwährend drei andere frei sind.')
    await page.getByLabel('Wieso hilft das?').fill('Pendelnde wählen die freie Strecke.')
    await page.getByLabel('Verantwortlich').fill('Kim Beispiel')
    await page.getByRole('checkbox', { name: 'Datensätze' }).check()
    await page.getByText('Für wen? (0)').click()
    await page.getByRole('button', { name: 'Hinzufügen: Für wen?' }).click()
    await page.getByLabel('Für wen? 1').fill('Pendelnde')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await page.getByText('Das fehlt noch oder fällt auf').waitFor({ state: 'detached' })
    await look(page, 'sustain-use-case')
    await page.getByRole('tab', { name: 'Öffentlich' }).click()
    await page.getByRole('checkbox', { name: 'Warum?' }).check()
    await page.getByRole('checkbox', { name: 'Für wen?' }).check()
    await look(page, 'sustain-publish')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await page.getByText('Gespeichert.').last().waitFor()
    await page.getByRole('tab', { name: 'Verlauf' }).click()
    await page.getByRole('cell', { name: 'Kim' }).or(page.getByText('Was soll entstehen?: –')).first().waitFor()
    await page.getByRole('link', { name: 'Arbeitshilfe drucken' }).click()
    await page.getByRole('heading', { name: 'Warum und W-Fragen' }).waitFor()
    await page.getByText('von 0 Datensätze auf 20 Datensätze').waitFor()
    await look(page, 'sustain-sheet')
    await open(page, '/impact')
    await page.getByText('Der Berufsverkehr staut sich').waitFor()
    assert.equal(await page.getByText('Kim Beispiel').count(), 0, 'what was not published is not there')
    await look(page, 'sustain-impact')
  })

  test('writes down an amount as people do, and it is kept to the cent', async () => {
    await open(page, '/workspace/sustain/funding')
    await page.getByRole('button', { name: 'Finanzierung anlegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Titel').fill('Haushalt')
    await dialog.getByLabel('Betrag im Jahr').fill('12.345,67')
    await dialog.getByLabel('Art').selectOption('budget')
    await dialog.getByLabel('Ab').fill('2027-01-01')
    await dialog.getByRole('button', { name: 'Anlegen' }).click()
    await page.getByRole('heading', { level: 1, name: 'Haushalt' }).waitFor()
    await open(page, '/workspace/sustain/funding')
    await page.getByRole('cell', { name: '12.345,67 €' }).waitFor()
    await look(page, 'sustain-funding')
  })

  test('divides a cost among neighbours to the cent', async () => {
    await open(page, '/workspace/sustain/shares')
    await page.getByLabel('Zu verteilen').fill('100')
    for (const [at, name, inhabitants] of [
      [1, 'Auberg', '2000'],
      [2, 'Wiesental', '1000'],
    ] as const) {
      const partner = page.locator('.al-list__item').nth(at - 1)
      await partner.getByLabel('Kommune').fill(name)
      await partner.getByLabel('Einwohnerinnen').fill(inhabitants)
    }
    await page.getByRole('button', { name: 'Rechnen' }).click()
    await page.getByRole('row', { name: /Auberg 66,67 €/ }).waitFor()
    await page.getByRole('row', { name: /Wiesental 33,33 €/ }).waitFor()
    await look(page, 'sustain-shares')
    assert.deepEqual(faults, [])
  })
})
