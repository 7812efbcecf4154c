/** The first thing a newcomer may try: the example town, loaded from the start page with its progress in sight. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { look, open, openBrowser, servePlatform, visit } from '../support/browser.ts'

test('the example town is loaded from the first page, and how far it is can be seen', { timeout: 600_000 }, async () => {
  const platform = await servePlatform()
  const browser = await openBrowser()
  try {
    const { page, faults } = await visit(browser, platform)
    await open(page, `/first-run#${await platform.people.firstRun.invite(1)}`)
    await page.getByLabel('Ihr Name').fill('Kim Beispiel')
    await page.getByLabel('E-Mail-Adresse').fill('kim@stadt.example')
    await page.getByLabel('Passwort', { exact: true }).fill('Ein Satz, den sich niemand ausdenkt 7')
    await page.getByLabel('Name der Kommune').fill('Wiesenbrück')
    await page.getByRole('button', { name: 'Konto einrichten' }).click()
    await page.getByRole('button', { name: 'Beispielstadt laden' }).click()
    const bar = page.getByRole('progressbar', { name: /^Die Beispielstadt wird geladen … [1-9]\d? %/ })
    await bar.waitFor()
    await look(page, 'example-loading')
    const before = Number(await bar.getAttribute('value'))
    assert.ok(before > 0 && before < Number(await bar.getAttribute('max')))
    await page.getByRole('button', { name: 'Die Beispielstadt ist geladen.' }).click({ timeout: 540_000 })
    await page.getByRole('heading', { level: 1, name: 'Daten aus Wiesenbrück' }).waitFor()
    await page.getByRole('link', { name: /Alle 5 Datensätze/ }).waitFor()
    await look(page, 'example-start')
    assert.deepEqual(faults, [])
  } finally {
    await browser.close()
    await platform.end()
  }
})
