/** mapper: rows to drafts: things said once, wide and long tables, conditions, expressions, rejected rows with place and reason. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rejected } from '../../../src/ingest/connector.ts'
import type { Outcome } from '../../../src/ingest/mapper.ts'
import type { Mapping } from '../../../src/ingest/mapping.ts'
import { mapped, problemOf } from '../../support/rows.ts'

const kinds = (outcomes: readonly Outcome[]) => outcomes.map(({ draft }) => draft)
const rejects = (outcomes: readonly Outcome[]) => outcomes.filter((outcome): outcome is Rejected => outcome.draft === 'rejected')
const reason = (outcome: Rejected | undefined) => (typeof outcome?.reason === 'object' ? outcome.reason.de : outcome?.reason)

const WIDE: Mapping = {
  entity: { id: 'urn:station:{Station}', type: 'WeatherObserved', name: 'Station' },
  series: [
    { column: 'Temp', attribute: 'temperature', unit: '°C' },
    { column: 'Zustand', attribute: 'state', type: 'text' },
  ],
  time: { columns: ['Datum', 'Zeit'], format: 'dd.MM.yyyy HH:mm', zone: 'UTC', lasts: 'PT1H' },
  decimal: ',',
}
const TABLE = 'Station;Datum;Zeit;Temp;Zustand\nA 1;01.03.2024;08:00;7,5;gut\nA 1;01.03.2024;09:00;-;gut\nB;01.03.2024;08:00;8,5;\n'

test('a wide table: each thing and series once, before its first observation', async () => {
  const outcomes = await mapped(WIDE, TABLE)
  assert.deepEqual(kinds(outcomes), [
    'entity',
    'series',
    'observation',
    'series',
    'observation',
    'observation',
    'entity',
    'series',
    'observation',
  ])
  assert.deepEqual(outcomes[0], { draft: 'entity', iri: 'urn:station:A%201', type: 'WeatherObserved', name: 'A 1' })
  assert.deepEqual(outcomes[2], {
    draft: 'observation',
    entity: 'urn:station:A%201',
    attribute: 'temperature',
    time: '2024-03-01T08:00:00Z',
    end: '2024-03-01T09:00:00Z',
    result: 7.5,
  })
  const [series] = outcomes.filter(({ draft }) => draft === 'series')
  assert.equal(series?.draft === 'series' && series.unit?.code, 'Cel')
})

test('a bad cell rejects its row as a whole, with line, column, value and reason', async () => {
  const outcomes = await mapped(WIDE, `${TABLE}C;31.02.2024;08:00;1,5;x\nD;01.03.2024;08:00;warm;x\n;01.03.2024;08:00;1;x\n`)
  assert.deepEqual(
    rejects(outcomes).map(({ line, column, value }) => [line, column, value]),
    [
      [5, 'Datum, Zeit', '31.02.2024 08:00'],
      [6, 'Temp', 'warm'],
      [7, 'urn:station:{Station}', undefined],
    ],
  )
  assert.match(reason(rejects(outcomes)[0]) ?? '', /gibt es nicht/)
  assert.deepEqual(rejects(outcomes)[1]?.row, { Station: 'D', Datum: '01.03.2024', Zeit: '08:00', Temp: 'warm', Zustand: 'x' })
  assert.ok(!outcomes.some((outcome) => outcome.draft === 'entity' && outcome.iri === 'urn:station:D'))
})

test('a long table: what a row names becomes its series', async () => {
  const mapping: Mapping = {
    entity: { id: 'st', type: 'AirQualityObserved' },
    long: {
      attribute: 'was',
      value: 'wert',
      unit: 'einheit',
      named: { NO2: { attribute: 'no2', name: 'Stickstoffdioxid', unit: 'µg/m³' } },
    },
    time: { columns: ['t'], zone: 'UTC' },
  }
  const outcomes = await mapped(
    mapping,
    'st,t,was,wert,einheit\nX,2024-01-01 00:00,NO2,5,\nX,2024-01-01 00:00,Luftdruck,1013,hPa\nX,2024-01-01 01:00,NO2,6,\nX,2024-01-01 01:00,,6,\n',
  )
  assert.deepEqual(
    outcomes.flatMap((outcome) =>
      outcome.draft === 'series' ? [[outcome.entity, outcome.attribute, outcome.name, outcome.unit?.symbol]] : [],
    ),
    [
      ['urn:ngsi-ld:AirQualityObserved:X', 'no2', 'Stickstoffdioxid', 'µg/m³'],
      ['urn:ngsi-ld:AirQualityObserved:X', 'luftdruck', 'Luftdruck', 'hPa'],
    ],
  )
  assert.equal(outcomes.filter(({ draft }) => draft === 'observation').length, 3)
  assert.match(reason(rejects(outcomes)[0]) ?? '', /was gemessen wurde/i)
})

test('attributes keep keys as text, take numbers by the decimal mark, leave out what is none', async () => {
  const mapping: Mapping = {
    entity: { id: 'Nr', type: 'Tree', attributes: [{ column: 'Nr' }, { column: 'Höhe (m)' }, { column: 'Art', type: 'text' }] },
    decimal: ',',
  }
  const outcomes = await mapped(mapping, 'Nr;Höhe (m);Art\n00200;12,5;Linde\n00201;k.A.;-\n')
  assert.deepEqual(
    outcomes.map((outcome) => outcome.draft === 'entity' && outcome.attributes),
    [
      { nr: '00200', hoehe: 12.5, art: 'Linde' },
      { nr: '00201', art: '-' },
    ],
  )
})

test('a thing is said again when it changed', async () => {
  const outcomes = await mapped({ entity: { id: 'id', type: 'X', attributes: [{ column: 'a' }] } }, 'id,a\n1,5\n1,5\n1,6\n')
  assert.deepEqual(
    outcomes.map((outcome) => outcome.draft === 'entity' && outcome.attributes?.['a']),
    [5, 6],
  )
})

test('what moves was where its row says at the time of the row; a station is where it is', async () => {
  const table = 'id;x;y;t;v\nA;7;50;2024-03-01T08:00Z;1\nA;7,1;50;2024-03-01T09:00Z;2\n'
  const mapping = (moves: boolean): Mapping => ({
    entity: { id: 'id', type: 'Vehicle', place: { x: 'x', y: 'y', moves } },
    series: [{ column: 'v', attribute: 'speed' }],
    time: { columns: ['t'] },
  })
  const times = (outcomes: readonly Outcome[]) => outcomes.flatMap((one) => (one.draft === 'entity' ? [one.at] : []))
  assert.deepEqual(times(await mapped(mapping(true), table)), ['2024-03-01T08:00:00Z', '2024-03-01T09:00:00Z'])
  assert.deepEqual(times(await mapped(mapping(false), table)), [undefined, undefined])
})

test('a place in Australia is rejected', async () => {
  const outcomes = await mapped(
    { entity: { id: 'id', type: 'X', place: { x: 'lon', y: 'lat' } } },
    'id,lon,lat\n1,9.2,48.5\n2,151.2,-33.9\n3,48.5,9.2\n',
  )
  assert.deepEqual(
    rejects(outcomes).map(({ line, column }) => [line, column]),
    [
      [3, 'lon, lat'],
      [4, 'lon, lat'],
    ],
  )
  assert.match(reason(rejects(outcomes)[1]) ?? '', /vertauscht/)
})

test('conditions, by list and by expression', async () => {
  const table = 'id,art\n1,Baum\n2,Summe\n3,Baum\n'
  assert.equal((await mapped({ entity: { id: 'id', type: 'X' }, where: [{ column: 'art', is: ['Summe'], not: true }] }, table)).length, 2)
  assert.equal((await mapped({ entity: { id: 'id', type: 'X' }, where: '=art = "Summe"' }, table)).length, 1)
})

test('expressions compute; one that fails rejects its row', async () => {
  const mapping: Mapping = {
    entity: { id: 'id', type: 'X', name: '=$uppercase(art) & " " & id', attributes: [{ column: '=$number(wert) * 2', name: 'double' }] },
  }
  const outcomes = await mapped(mapping, 'id,art,wert\n1,Baum,5\n2,Strauch,viel\n')
  assert.deepEqual(outcomes[0], { draft: 'entity', iri: 'urn:ngsi-ld:X:1', type: 'X', name: 'BAUM 1', attributes: { double: 10 } })
  assert.match(reason(rejects(outcomes)[0]) ?? '', /scheitert/)
})

test('an expression without end is stopped, the process lives', async () => {
  const recursive = await mapped({ entity: { id: '=($f := function($x){$f($x) + 1}; $f(1))', type: 'X' } }, 'id\n1\n')
  assert.match(reason(rejects(recursive)[0]) ?? '', /scheitert/)
  const problem = await problemOf(mapped({ entity: { id: '=$contains($join([1..40].("a")) & "b", /^(a+)+$/)', type: 'X' } }, 'id\n1\n'))
  assert.match(problem.in('de'), /kam zu keinem Ende/)
})

test('a mapping that cannot be is refused as a whole', async () => {
  const table = 'id,wert\n1,2\n'
  assert.match((await problemOf(mapped({ entity: { id: 'nummer', type: 'X' } }, table))).in('de'), /fehlen Spalten.*„nummer“.*id, wert/)
  assert.match(
    (await problemOf(mapped({ entity: { id: 'id', type: 'X' }, series: [{ column: 'wert', attribute: 'w' }] }, table))).in('de'),
    /nicht, welche Spalte die Zeit ist/,
  )
  assert.match((await problemOf(mapped({ entity: { id: '=$(', type: 'X' } }, table))).in('de'), /nicht gültig/)
  assert.match(
    (await problemOf(mapped({ entity: { id: 'id', type: 'X', place: { x: 'id', y: 'wert', crs: 'EPSG:1' } } }, table))).in('de'),
    /EPSG:1/,
  )
})
