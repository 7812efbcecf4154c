/** ingest over real municipal files: what the issue names must flow, from bytes to drafts. Skipped where the samples are not there. */
import assert from 'node:assert/strict'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Format } from '../../src/ingest/decode/format.ts'
import { readRows } from '../../src/ingest/decode/read.ts'
import { detect } from '../../src/ingest/detect.ts'
import { type Outcome, mapRows } from '../../src/ingest/mapper.ts'
import type { Mapping } from '../../src/ingest/mapping.ts'
import { boxOf } from '../../src/model/geometry.ts'
import { type Gathered, gather, problemOf } from '../support/rows.ts'

const SAMPLES = join(import.meta.dirname, '../../../shared/samples')
const skip = existsSync(SAMPLES) ? false : 'the folder of samples is not there'

const rowsOf = (file: string, format: Format = {}): Promise<Gathered> =>
  gather(readRows(createReadStream(join(SAMPLES, file)), format, file))

async function outcomes(file: string, mapping: Mapping, format: Format = {}): Promise<readonly Outcome[]> {
  const found: Outcome[] = []
  for await (const outcome of mapRows(mapping, readRows(createReadStream(join(SAMPLES, file)), format))) found.push(outcome)
  return found
}

const counts = (found: readonly Outcome[]) =>
  Object.fromEntries(
    ['entity', 'series', 'observation', 'rejected'].map((kind) => [kind, found.filter(({ draft }) => draft === kind).length]),
  )
const times = (found: readonly Outcome[]) => found.flatMap((outcome) => (outcome.draft === 'observation' ? [outcome.time] : []))
const detected = (file: string) => detect({ name: file, bytes: () => createReadStream(join(SAMPLES, file)) })

const counter = (id: string, column: string): Mapping => ({
  entity: { id: `urn:muenster:${id}`, type: 'BikeCounter' },
  series: [{ column, attribute: 'bikes', unit: 'Räder' }],
  time: { columns: ['Datetime'], lasts: 'PT15M' },
})

test('Münster bicycle counters: the hour that summer time skips is a gap, not an error', { skip }, async () => {
  const found = await outcomes('bike-counters/muenster_300037405_2024-03.csv', counter('300037405', '300037405 (Promenade (westl. Hals))'))
  assert.deepEqual(counts(found), { entity: 1, series: 1, observation: 2972, rejected: 0 })
  const night = times(found).filter((time) => time.startsWith('2024-03-31T00:') || time.startsWith('2024-03-31T01:'))
  assert.deepEqual(night.slice(3, 5), ['2024-03-31T00:45:00Z', '2024-03-31T01:00:00Z'])
  assert.equal(new Set(times(found)).size, 2972)
})

test('Münster bicycle counters: the doubled hour is there once and stays once', { skip }, async () => {
  const found = await outcomes('bike-counters/muenster_100020113_2023-10.csv', counter('100020113', '100020113 (Wolbecker Straße)'))
  assert.equal(counts(found)['rejected'], 0)
  const all = times(found)
  assert.equal(new Set(all).size, all.length)
  assert.deepEqual([...all].sort(), all)
})

test('Amprion: intervals over both changes of the clock', { skip }, async () => {
  const mapping: Mapping = {
    entity: { id: 'urn:netz:amprion', type: 'Grid' },
    series: [{ column: 'demand', attribute: 'demand', unit: 'MW' }],
    time: { columns: ['date', 'time_from'], end: ['time_to'] },
  }
  const march = await outcomes('energy/demand_201003.csv', mapping)
  assert.deepEqual(counts(march), { entity: 1, series: 1, observation: 2972, rejected: 0 })
  const change = march.find((outcome) => outcome.draft === 'observation' && outcome.time === '2010-03-28T00:45:00Z')
  assert.equal(change?.draft === 'observation' && change.end, '2010-03-28T01:00:00Z')
  assert.equal(counts(await outcomes('energy/demand_201010.csv', mapping))['rejected'], 0)
})

test('Bietigheim-Bissingen parking in Latin-1', { skip }, async () => {
  const { rows, rejected } = await rowsOf('parking/bietigheim-bissingen.csv')
  assert.deepEqual([rows.length, rejected.length], [14, 0])
  assert.deepEqual([rows[0]?.cells['Name'], rows[0]?.cells['OpeningState']], ['Parkplatz Mühlwiesenstr.', 'Geöffnet'])
  const { encoding, mapping } = await detected('parking/bietigheim-bissingen.csv')
  assert.equal(encoding, 'windows-1252')
  const found = await outcomes('parking/bietigheim-bissingen.csv', mapping)
  assert.deepEqual(counts(found), { entity: 14, series: 28, observation: 28, rejected: 0 })
  assert.equal(times(found)[0], '2025-02-27T10:17:47.085Z')
})

test('Reutlingen bicycle stands: BOM, WKT in metres without a word on it', { skip }, async () => {
  const { mapping, columns } = await detected('parking/reutlingen_bike.csv')
  assert.equal(columns[0]?.name, 'STANDORT')
  assert.deepEqual(mapping.entity.place, { column: 'GEOM', crs: 'EPSG:25832' })
  const found = await outcomes('parking/reutlingen_bike.csv', mapping)
  assert.deepEqual(counts(found), { entity: 334, series: 0, observation: 0, rejected: 0 })
  assert.equal(new Set(found.map((outcome) => outcome.draft === 'entity' && outcome.iri)).size, 334)
  for (const outcome of found) {
    const box = outcome.draft === 'entity' && outcome.geometry ? boxOf(outcome.geometry) : undefined
    assert.ok(box !== undefined && box[0] > 9 && box[0] < 9.4 && box[1] > 48.4 && box[1] < 48.6, JSON.stringify(outcome))
  }
})

for (const name of [
  'bezirke_einzeldarstellung',
  'bezirke_produktgruppen',
  'ergebnisplan_produktbereiche',
  'gesamtergebnisplan',
  'gesamtfinanzplan',
  'teilergebnisplan',
])
  test(`Köln budget ${name}: thousands dots, all rows as in the cleaned pair`, { skip }, async () => {
    const source = await rowsOf(`haushalt/koeln-source/${name}.csv`)
    const cleaned = await rowsOf(`haushalt/koeln-cleaned/${name}.csv`)
    assert.equal(source.rejected.length, 0)
    const { mapping, decimal } = await detected(`haushalt/koeln-source/${name}.csv`)
    assert.equal(decimal, ',')
    const numeric = (mapping.entity.attributes ?? []).filter(({ column }) => /^(Ergebnis|Plan) 20/.test(column))
    assert.ok(numeric.length >= 6)
    const values = async (file: string, own: '.' | ',') => {
      const found = await outcomes(file, {
        entity: {
          id: mapping.entity.id,
          type: 'BudgetItem',
          attributes: numeric.map(({ column }) => ({ column, type: 'number' as const })),
        },
        decimal: own,
      })
      return found.map((outcome) => (outcome.draft === 'entity' ? [outcome.iri, outcome.attributes] : outcome))
    }
    const both = [await values(`haushalt/koeln-source/${name}.csv`, ','), await values(`haushalt/koeln-cleaned/${name}.csv`, '.')]
    assert.deepEqual(both[0], both[1])
    assert.equal(source.rows.length, cleaned.rows.length)
    assert.equal(both[0]?.length, source.rows.length)
  })

test('DWD BEOB: three header rows, two digits of a year, UTC, --- for none', { skip }, async () => {
  const { header, mapping } = await detected('dwd/10315-BEOB.csv')
  assert.deepEqual(header, { row: 1, rows: 3 })
  assert.deepEqual([mapping.time?.zone, mapping.time?.format], ['UTC', 'dd.MM.yy HH:mm'])
  const found = await outcomes('dwd/10315-BEOB.csv', mapping)
  assert.equal(counts(found)['rejected'], 0)
  assert.equal(times(found)[0], '2023-04-12T11:00:00Z')
  const dry = mapping.series?.find(({ column }) => column.startsWith('dry_bulb_temperature'))
  assert.equal(dry?.unit, 'Grad C')
})

test('DWD daily climate: padded cells, -999, the end of DOS; equal to the cleaned pair', { skip }, async () => {
  const mapping: Mapping = {
    entity: { id: 'urn:dwd:2667', type: 'WeatherObserved' },
    series: [{ column: 'LUFTTEMPERATUR', attribute: 'temperature', unit: '°C', nulls: ['-999'] }],
    time: { columns: ['Mess_Datum'], format: 'yyyyMMdd', zone: 'UTC', lasts: 'P1D' },
  }
  const results = (found: readonly Outcome[]) =>
    new Map(found.flatMap((outcome) => (outcome.draft === 'observation' ? [[outcome.time, outcome.result] as const] : [])))
  const raw = await outcomes('dwd/produkt_klima_Tageswerte_19570901_20121231_02667.txt', mapping)
  assert.equal(counts(raw)['rejected'], 0)
  const pair = results(await outcomes('dwd/weather-dwd-2667.csv', mapping))
  assert.ok(results(raw).size > 20_000)
  for (const [time, result] of results(raw)) assert.equal(pair.get(time), result, time)
})

test('Esslingen GeoJSON in metres', { skip }, async () => {
  const { mapping, crs } = await detected('parking/esslingen.geojson')
  assert.equal(crs, 'urn:ogc:def:crs:EPSG::25832')
  const found = await outcomes('parking/esslingen.geojson', mapping)
  assert.deepEqual(counts(found), { entity: 250, series: 0, observation: 0, rejected: 0 })
  const boxes = found.flatMap((outcome) => (outcome.draft === 'entity' && outcome.geometry ? [boxOf(outcome.geometry)] : []))
  assert.equal(boxes.length, 244)
  for (const box of boxes) assert.ok(box && box[0] > 9.2 && box[2] < 9.4 && box[1] > 48.6 && box[3] < 48.9, String(box))
})

test('sheets that hang other readers', { skip }, async () => {
  assert.equal((await rowsOf('charging/bnetza.xlsx')).rows.length, 108)
  const { sheet, mapping } = await detected('parking/ellwangen.xlsx')
  assert.equal(sheet, 'Daten')
  assert.equal(counts(await outcomes('parking/ellwangen.xlsx', mapping, { sheet: 'Daten' }))['entity'], 48)
})

test('IT.NRW: preamble, three header rows, footnotes; equal to the cleaned pair', { skip }, async () => {
  const source = await rowsOf('misc-koeln/33111-02ir.csv')
  const cleaned = await rowsOf('misc-koeln/33111-02ir_cleaned.csv')
  const numbers = ({ rows, columns = [] }: Gathered) =>
    new Map(
      rows.map(({ cells }) => [
        cells[columns[0] ?? ''],
        columns.slice(1).map((column) => JSON.stringify(cells[column]).replaceAll('"', '').replace(/^-$/, '')),
      ]),
    )
  const [raw, clean] = [numbers(source), numbers(cleaned)]
  assert.equal(raw.size, 19)
  for (const [day, values] of clean) assert.deepEqual(raw.get(day), values, JSON.stringify(day))
})

test('Köln election: decimal comma, equal to the cleaned pair where it has numbers', { skip }, async () => {
  const { mapping } = await detected('wahl-koeln/result_stadtteil.csv')
  const found = await outcomes('wahl-koeln/result_stadtteil.csv', mapping)
  assert.deepEqual(counts(found), { entity: 86, series: 0, observation: 0, rejected: 0 })
  const [first] = found
  assert.equal(first?.draft === 'entity' && first.attributes?.['wahlbeteiligung'], 76.7)
})

test('what cannot be read says what it is', { skip }, async () => {
  const saying = async (file: string) => (await problemOf(rowsOf(file))).in('de')
  assert.match(await saying('misc-koeln/13211-03ir.xls'), /alte Excel-Datei/)
  assert.match(await saying('parking/ulm.html'), /Webseite/)
  assert.match(await saying('dwd/MOSMIX_L_LATEST.kmz'), /XML/)
  assert.match(await saying('dwd/observations_recent_FF_akt.zip'), /mehrere Dateien/)
  assert.equal((await rowsOf('dwd/observations_recent_FF_akt.zip', { entry: 'produkt_*' })).rejected.length, 0)
  assert.ok(readFileSync(join(SAMPLES, 'README.md')).length > 0)
})
