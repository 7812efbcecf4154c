/** delimited: encodings, delimiters, headers, ragged rows and endless lines of tables of text. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { gather, problemOf, read } from '../../../support/rows.ts'
import { LIMITS } from '../../../../src/ingest/decode/format.ts'
import { delimitedRows } from '../../../../src/ingest/decode/delimited.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/ingest/${name}`, import.meta.url))
const cells = async (content: string | Uint8Array) => (await read(content)).rows.map((row) => row.cells)

test('delimiters are found', async () => {
  for (const sign of [';', ',', '\t', '|'])
    assert.deepEqual(await cells(`Name${sign}Wert\nA${sign}1\nB${sign}2\n`), [
      { Name: 'A', Wert: '1' },
      { Name: 'B', Wert: '2' },
    ])
})

test('a decimal comma does not make the delimiter', async () => {
  assert.deepEqual(await cells('Zeit;Wert\n01.03.2024;7,5\n02.03.2024;8,5\n'), [
    { Zeit: '01.03.2024', Wert: '7,5' },
    { Zeit: '02.03.2024', Wert: '8,5' },
  ])
})

test('encodings are found, and byte order marks left out', async () => {
  const text = 'Name;Öffnung\nMühle;geöffnet – 5 €\n'
  const wanted = [{ Name: 'Mühle', Öffnung: 'geöffnet – 5 €' }]
  assert.deepEqual(await cells(Buffer.from(text)), wanted)
  assert.deepEqual(await cells(Buffer.from(`\ufeff${text}`)), wanted)
  assert.deepEqual(await cells(iconv.encode(text, 'windows-1252')), wanted)
  assert.deepEqual(await cells(iconv.encode(text, 'utf-16le', { addBOM: true })), wanted)
  assert.deepEqual(await cells(iconv.encode(text, 'utf-16be', { addBOM: true })), wanted)
})

test('an encoding that is told wins; one that nobody knows is refused', async () => {
  const { rows } = await read(iconv.encode('Name\nMühle\n', 'cp850'), { encoding: 'cp850', delimiter: ';' })
  assert.equal(rows[0]?.cells['Name'], 'Mühle')
  assert.match((await problemOf(read('a;b\n1;2\n', { encoding: 'klingonisch' }))).in('de'), /Zeichenkodierung „klingonisch“/)
})

test('the wrong encoding rejects the rows it makes unreadable, and only those', async () => {
  const { rows, rejected } = await read(iconv.encode('Name;Wert\nMühle;1\nTurm;2\n', 'latin1'), { encoding: 'utf-8' })
  assert.equal(rows.length, 1)
  assert.deepEqual([rejected[0]?.line, rejected[0]?.column], [2, 'Name'])
  assert.match(JSON.stringify(rejected[0]?.reason), /Windows-1252/)
})

test('preamble and three header rows, with a row of units', async () => {
  const { columns, rows } = await read(fixture('drei-kopfzeilen.csv'))
  assert.deepEqual(columns, [
    'Station Datum 10999',
    'Beschreibung Uhrzeit (UTC) Einheit',
    'temperature Temperatur [Grad C]',
    'wind Windgeschwindigkeit [km/h]',
    'cloud Bedeckung [%]',
  ])
  assert.equal(rows.length, 3)
  assert.deepEqual([rows[0]?.line, rows[0]?.cells['wind Windgeschwindigkeit [km/h]']], [4, '---'])
  const statistics = await read(fixture('statistik-mit-vorspann.csv'))
  assert.deepEqual(statistics.columns, ['1', 'Fläche insgesamt', 'Fläche Wald'])
  assert.deepEqual(
    statistics.rows.map(({ line }) => line),
    [6, 7],
  )
  assert.deepEqual(
    statistics.rejected.map(({ line }) => line),
    [8, 9],
  )
})

test('no header at all', async () => {
  const { columns, rows } = await read('2024-01-01 00:00,5\n2024-01-01 01:00,6\n')
  assert.deepEqual([columns, rows.length], [['1', '2'], 2])
})

test('doubled and blank names are told apart', async () => {
  const { columns } = await read('Wert;Wert;;Wert\n1;2;3;4\n')
  assert.deepEqual(columns, ['Wert', 'Wert (2)', '3', 'Wert (3)'])
})

test('ragged rows are rejected with their line, empty ends are not', async () => {
  const { rows, rejected } = await read('a;b;c\n1;2;3\n1;2\n1;2;3;\n1;2;3;4\n\n7;8;9\n')
  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 4, 7],
  )
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [3, 5],
  )
  assert.match(JSON.stringify(rejected[0]?.reason), /2 Zellen, die Kopfzeile 3/)
})

test('quotes: delimiters, line breaks and quotes within, stray ones', async () => {
  const { rows } = await read('a;b\n"x;y";"zwei\nZeilen"\n"5"" Rohr";sechs\n5" Rohr;sieben\n')
  assert.deepEqual(
    rows.map((row) => row.cells),
    [
      { a: 'x;y', b: 'zwei\nZeilen' },
      { a: '5" Rohr', b: 'sechs' },
      { a: '5" Rohr', b: 'sieben' },
    ],
  )
  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 4, 5],
  )
})

test('an endless line ends in a problem, without being held', async () => {
  let given = 0
  const endless = async function* () {
    yield Buffer.from('a;b\n1;2\n')
    for (; given < 1_000_000_000; given += 65_536) yield Buffer.alloc(65_536, 'x')
  }
  const problem = await problemOf(gather(delimitedRows(endless(), {}, 'lang.csv')))
  assert.equal(problem.kind, 'too-large')
  assert.equal(problem.at.file, 'lang.csv')
  assert.equal(problem.at.line, 3)
  assert.ok(given < LIMITS.record * 3, `${given} bytes were taken`)
})

test('a quotation mark that is never closed is named', async () => {
  assert.match((await problemOf(read('a;b\n1;"2\n3;4\n'))).in('de'), /Anführungszeichen/)
})

test('too many columns', async () => {
  assert.equal((await problemOf(read(`${'a;'.repeat(5000)}b\n${'1;'.repeat(5000)}2\n`, {}, 4096))).kind, 'too-large')
})

test('while a line without end is read, others get their turn', async () => {
  let turns = 0
  let reading = true
  const count = () => {
    turns++
    if (reading) setImmediate(count)
  }
  setImmediate(count)
  await problemOf(read('x'.repeat(2 * LIMITS.record), {}, 2 * LIMITS.record))
  reading = false
  assert.ok(turns > 10, `${turns} turns`)
})
