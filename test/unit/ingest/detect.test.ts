/** detect: what a file is and what its columns are for, from its beginning; the suggestion must work on the file it was made for. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { detect } from '../../../src/ingest/detect.ts'
import { bytesOf, mapped } from '../../support/rows.ts'

const found = (content: string | Uint8Array, name = 'daten.csv', choices = {}) =>
  detect({ name, bytes: () => bytesOf(content, 4096) }, choices)

test('counts by quarter of an hour', async () => {
  const content = 'Datetime,100 (Promenade),100-status\n2024-03-31 01:45,5,0\n2024-03-31 03:00,7,0\n2024-03-31 03:15,9,0\n'
  const { mapping, columns } = await found(content, 'zaehler.csv')
  assert.deepEqual(mapping.time, { columns: ['Datetime'], format: 'yyyy-MM-dd HH:mm', zone: 'Europe/Berlin' })
  assert.deepEqual(
    mapping.series?.map(({ column }) => column),
    ['100 (Promenade)'],
  )
  assert.deepEqual(
    columns.map(({ suggestion }) => suggestion.role),
    ['time', 'series', 'ignore'],
  )
  assert.equal((await mapped(mapping, content)).filter(({ draft }) => draft === 'observation').length, 3)
})

test('things with places in metres, decimal commas and thousands dots', async () => {
  const content = 'ID;Name;Rechtswert;Hochwert;Fläche [m²]\n1;Mühle;515638,229;5370830,304;1.200,5\n2;Turm;515550,05;5370925,73;900,0\n'
  const { mapping, delimiter, decimal, columns } = await found(content)
  assert.deepEqual([delimiter, decimal], [';', ','])
  assert.deepEqual(mapping.entity.place, { x: 'Rechtswert', y: 'Hochwert', crs: 'EPSG:25832' })
  assert.deepEqual([mapping.entity.id, mapping.entity.name], ['ID', 'Name'])
  assert.equal(columns[4]?.unit, 'm²')
  const outcomes = await mapped(mapping, content)
  assert.deepEqual(
    outcomes.map((outcome) => outcome.draft === 'entity' && outcome.attributes),
    [{ flaeche: 1200.5 }, { flaeche: 900 }],
  )
})

test('three header rows: date and time in two columns, UTC, units', async () => {
  const content = readFileSync(new URL('../../fixtures/ingest/drei-kopfzeilen.csv', import.meta.url))
  const { mapping, header } = await found(content)
  assert.deepEqual(header, { row: 1, rows: 3 })
  assert.deepEqual(mapping.time?.columns.length, 2)
  assert.deepEqual([mapping.time?.zone, mapping.time?.format], ['UTC', 'dd.MM.yy HH:mm'])
  assert.deepEqual(
    mapping.series?.map(({ unit }) => unit),
    ['Grad C', 'km/h', '%'],
  )
})

test('what rows have in common does not make them one thing', async () => {
  const content = 'Bezirk;Zeile;Plan 2012\nMitte;Steuern;1.000\nMitte;Abgaben;2.000\nNord;Steuern;3.000\nNord;Abgaben;4.000\n'
  const { mapping } = await found(content, 'haushalt.csv')
  assert.equal(mapping.entity.id, '{Bezirk}/{Zeile}')
  assert.equal((await mapped(mapping, content)).length, 4)
})

test('-999 among positive numbers stands for none', async () => {
  const { mapping } = await found('Zeit;PM10\n2024-01-01 00:00;12\n2024-01-01 01:00;-999\n2024-01-01 02:00;14\n')
  assert.deepEqual(mapping.series?.[0]?.nulls, ['-999'])
})

test('dates of a thing are no times of measuring', async () => {
  const { mapping } = await found('ID;Art;Pflanzdatum;Umfang\n1;Linde;2001-04-01;120\n2;Ahorn;1999-04-01;90\n')
  assert.equal(mapping.time, undefined)
  assert.equal(mapping.series, undefined)
})

test('choices win over what is found', async () => {
  const { encoding, columns } = await found(Buffer.from('Name;M\xfchle\nA;1\n', 'latin1'), 'x.csv', {
    encoding: 'iso-8859-15',
    delimiter: ',',
  })
  assert.equal(encoding, 'iso-8859-15')
  assert.equal(columns.length, 1)
})

test('a day that does not exist makes a column of dates no less one', async () => {
  const content = 'Ort;Datum;Uhrzeit;PM10 [µg/m³]\nA;01.05.2026;10:00;12,5\nA;31.02.2026;11:00;13,5\nA;02.05.2026;10:00;14,5\n'
  const { mapping } = await found(content)
  assert.deepEqual(mapping.time?.columns, ['Datum', 'Uhrzeit'])
  const outcomes = await mapped(mapping, content)
  assert.deepEqual(
    outcomes.flatMap((outcome) => (outcome.draft === 'rejected' ? [outcome.line] : [])),
    [3],
  )
})

test('days most of which do not exist are rejected, not taken for words', async () => {
  const content = 'station;zeit;pm10\nA;31.02.2024 10:00;1,5\nB;30.02.2024 10:00;2,5\nA;45.13.2024 10:00;3,5\nB;01.03.2024 10:00;4,5\n'
  const { mapping } = await found(content)
  assert.deepEqual(mapping.time?.columns, ['zeit'])
  const outcomes = await mapped(mapping, content)
  assert.deepEqual(
    outcomes.flatMap((outcome) => (outcome.draft === 'rejected' ? [[outcome.line, outcome.column]] : [])),
    [2, 3, 4].map((line) => [line, 'zeit']),
  )
})

test('a word that comes once among numbers is a mistake, one that comes often stands for none', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `A;2026-05-01 ${String(i % 24).padStart(2, '0')}:00;${i === 7 ? 'viele' : i}`)
  const once = await found(`Ort;Zeit;Räder\n${rows.join('\n')}\n`)
  const outcomes = await mapped(once.mapping, `Ort;Zeit;Räder\n${rows.join('\n')}\n`)
  assert.deepEqual(
    outcomes.flatMap((outcome) => (outcome.draft === 'rejected' ? [outcome.line] : [])),
    [9],
  )
  const often = await found(`Ort;Zeit;Räder\n${rows.map((row, i) => (i % 13 === 5 ? row.replace(/\d+$/, 'Ausfall') : row)).join('\n')}\n`)
  assert.deepEqual(often.columns[2]?.nulls, ['Ausfall'])
})
