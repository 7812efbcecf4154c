/** read: workbooks, archives, packed files, and what is none of what we read. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { test } from 'node:test'
import { problemOf, read } from '../../../support/rows.ts'
import { workbookOf, zipOf } from '../../../support/zip.ts'

const CSV = Buffer.from('Name;Wert\nA;1\nB;2\n')
const text = (cell: string, value: number) => `<c r="${cell}" t="s"><v>${value}</v></c>`

test('a sheet: shared texts, numbers, booleans, dates by style, blanks', async () => {
  const book = workbookOf(
    `<row r="3">${text('A3', 0)}${text('B3', 1)}${text('C3', 2)}${text('D3', 3)}</row>
     <row r="5">${text('A5', 4)}<c r="B5"><v>7.5</v></c><c r="C5" s="1"><v>45352</v></c><c r="D5" t="b"><v>1</v></c></row>
     <row r="6">${text('A6', 5)}<c r="C6" s="2"><v>45352.333333333336</v></c><c r="D6" t="inlineStr"><is><t>ja</t></is></c></row>`,
    { strings: ['Name', 'Wert', 'Datum', 'Offen', 'Mühle', 'Turm'], formats: [0, 14, 22] },
  )
  const { columns, rows } = await read(book, {}, 1000)
  assert.deepEqual(columns, ['Name', 'Wert', 'Datum', 'Offen'])
  assert.deepEqual(rows, [
    { line: 5, cells: { Name: 'Mühle', Wert: 7.5, Datum: '2024-03-01', Offen: true } },
    { line: 6, cells: { Name: 'Turm', Wert: null, Datum: '2024-03-01 08:00:00', Offen: 'ja' } },
  ])
})

test('a million declared rows of which two hold something', async () => {
  const empty = Array.from({ length: 200_000 }, (_, i) => `<row r="${i + 4}" spans="1:2"><c r="A${i + 4}" s="0"/></row>`).join('')
  const book = workbookOf(
    `<row r="1">${text('A1', 0)}${text('B1', 1)}</row><row r="2">${text('A2', 2)}<c r="B2"><v>1</v></c></row>${empty}<row r="1048576">${text('A1048576', 2)}<c r="B1048576"><v>2</v></c></row>`,
    {
      strings: ['Name', 'Wert', 'x'],
      formats: [0],
    },
  )
  const { rows } = await read(book, {}, 65_536)
  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 1_048_576],
  )
})

test('a ZIP with one file in it, a packed CSV; several files are asked about', async () => {
  const zip = zipOf([
    { name: '__MACOSX/._daten.csv', bytes: Buffer.from('junk') },
    { name: 'daten.csv', bytes: CSV },
  ])
  const { rows } = await read(zip, {}, 100)
  assert.deepEqual([rows.length, rows[0]?.file], [2, 'daten.csv'])
  assert.equal((await read(gzipSync(CSV))).rows.length, 2)
  const two = zipOf([
    { name: 'a.csv', bytes: CSV },
    { name: 'b.csv', bytes: CSV },
  ])
  assert.match((await problemOf(read(two))).in('de'), /mehrere Dateien.*a\.csv, b\.csv/)
  assert.equal((await read(two, { entry: 'b*' })).rows[0]?.file, 'b.csv')
})

test('bombs: one that says so, one that lies, one packed; nothing is left behind', async () => {
  const before = leftovers()
  const zeros = Buffer.alloc(120_000_000, '0')
  const honest = zipOf([{ name: 'a.csv', bytes: zeros }])
  assert.equal((await problemOf(read(honest, {}, 65_536))).kind, 'too-large')
  const liar = zipOf([{ name: 'a.csv', bytes: Buffer.concat([CSV, Buffer.from('A;1\n'.repeat(100_000))]), claims: 100 }])
  assert.match((await problemOf(read(liar, {}, 65_536))).in('de'), /beschädigt/)
  assert.equal((await problemOf(read(gzipSync(Buffer.from(`A;${'1'.repeat(10_000)}\n`.repeat(12_000))), {}, 65_536))).kind, 'too-large')
  const many = zipOf(Array.from({ length: 3000 }, (_, i) => ({ name: `${i}.csv`, bytes: CSV })))
  assert.equal((await problemOf(read(many, {}, 65_536))).kind, 'too-large')
  assert.deepEqual(leftovers(), before)
})

function leftovers(): readonly string[] {
  return existsSync(tmpdir()) ? readdirSync(tmpdir()).filter((name) => name.startsWith('allmende-zip-')) : []
}

test('archives in archives and damaged ones', async () => {
  const inner = zipOf([{ name: 'a.csv', bytes: CSV }])
  const middle = zipOf([{ name: 'b.zip', bytes: inner }])
  assert.match((await problemOf(read(zipOf([{ name: 'c.zip', bytes: middle }]), {}, 100))).in('de'), /Archive in Archiven/)
  assert.match((await problemOf(read(inner.subarray(0, inner.length - 30), {}, 100))).in('de'), /beschädigt/)
})

const NOT: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['an empty file', Buffer.alloc(0), /leer/],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae100', 'hex'), /\.xls/],
  ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
  ['an image', Buffer.from('89504e470d0a1a0a', 'hex'), /Bild/],
  ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), /Webseite/],
  ['XML', Buffer.from('<?xml version="1.0"?><a/>'), /XML/],
  ['bytes', Buffer.from([1, 2, 0, 3, 0, 0, 0, 255, 254, 0, 1]), /keine Textdatei/],
]
for (const [what, bytes, reason] of NOT) test(`refused: ${what}`, async () => assert.match((await problemOf(read(bytes))).in('de'), reason))
