/** Harvest: a catalogue of others is connected in the page, and its report says what became of each record. */
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { look, open, openBrowser, servePlatform, visit, type Served } from '../support/browser.ts'

const entry = (id: string, title: string) => `
<https://nachbar.example/d/${id}> a dcat:Dataset ; dct:title "${title}" ; dct:description "Aus der Nachbarstadt" ; dct:modified "2021-01-28 GMT 01:51:03" ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/TRAN> ; dct:publisher [ foaf:name "Stadt Nachbar" ] ;
  dcat:distribution [ a dcat:Distribution ; dct:title "Tabelle" ; dcat:accessURL <https://nachbar.example/d/${id}.csv> ; dct:format "CSV" ; dct:license "Datenlizenz Deutschland – Namensnennung 2.0" ] .`
const PREFIXES =
  '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .'

describe('an administrator harvests the town next door', () => {
  let platform: Served
  let browser: Browser
  let page: Page
  let faults: readonly string[]
  let neighbour: Server
  let entries = [entry('a', 'Zählung am Markt'), entry('b', 'Zählung an der Brücke'), entry('c', 'Parkplätze')]
  before(async () => {
    neighbour = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/turtle' }).end([PREFIXES, ...entries].join('\n')),
    )
    await new Promise<void>((listening) => neighbour.listen(0, '127.0.0.1', listening))
    platform = await servePlatform({ ALLMENDE_OPEN: '1' })
    browser = await openBrowser()
    ;({ page, faults } = await visit(browser, platform))
  })
  after(async () => {
    await browser.close()
    await platform.end()
    neighbour.close()
  })

  test('sees beforehand what would come, and what is repaired', async () => {
    await open(page, '/workspace/connect/dcat')
    await page.getByLabel('Name der Quelle').fill('Nachbarstadt')
    await page.getByLabel('Adresse').fill(`http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/catalog.ttl`)
    await page.getByRole('button', { name: 'Probelauf' }).click()
    await page.getByText('3 Datensätze gelesen.').waitFor()
    await page.getByRole('cell', { name: 'Zählung am Markt' }).waitFor()
    await page.getByText('Das Datum wurde als 2021-01-28T01:51:03Z gelesen.').first().waitFor()
    await look(page, 'harvest-preview')
  })

  test('takes them over, and finds in the report what became of each', async () => {
    await page.getByLabel('Titel').fill('Katalog der Nachbarstadt')
    await page.getByRole('button', { name: 'Quelle anlegen' }).click()
    await page.getByText('Die Daten sind eingelesen').first().waitFor()
    await page.getByRole('link', { name: 'Bericht ansehen' }).click()
    await page.getByRole('heading', { name: 'Datensätze des Katalogs' }).waitFor()
    await page.getByText('Neu: 3').waitFor()
    await look(page, 'harvest-run')
    await page.getByRole('link', { name: 'Parkplätze' }).click()
    await page.getByRole('heading', { level: 1, name: 'Parkplätze' }).waitFor()
    await page.getByRole('link', { name: 'nachbar.example' }).waitFor()
    await page.getByRole('link', { name: 'Tabelle (CSV)' }).waitFor()
    await look(page, 'harvest-dataset')
  })

  test('sees the next time what has changed and what is gone', async () => {
    entries = [entry('a', 'Zählung am Marktplatz'), entry('b', 'Zählung an der Brücke')]
    const { json } = await platform.ask('GET /api/v1/sources')
    const [{ id }] = json.items
    const begun = await platform.ask(`POST /api/v1/sources/${id}/run`)
    await open(page, `/workspace/runs/${begun.json.id}`)
    await page.getByText('Geändert: 1').waitFor()
    await page.getByText('Zurückgezogen: 1').waitFor()
    await page.getByLabel('Anzeigen').selectOption('changed')
    await page.getByText('Zählung am Markt', { exact: true }).waitFor()
    await look(page, 'harvest-changes')
    assert.deepEqual(faults, [])
  })
})
