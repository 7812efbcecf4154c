/** units: what municipal sources deliver is found, and what differs by case only is not confused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNITS } from '../../../src/model/unit-table.ts'
import { seriesUnit, unitInHeader, unitOf } from '../../../src/model/units.ts'

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['ug/m3', ['µg/m³', 'μg/m³', 'ug/m3', '&micro;g/m&sup3;', '&#181;g/m³', 'µg / m³', '[µg/m³]', '(µg/m3)', 'UG/M3', 'µg m-3', 'GQ']],
  ['Cel', ['°C', 'Grad C', 'ºC', 'degC', '℃', 'Grad Celsius', 'grad c', '&deg;C', 'CEL']],
  ['%', ['%', '% rF', 'Prozent', '%RH', 'P1']],
  ['dB{A}', ['dB(A)', 'db(a)', 'dBA', 'dB A']],
  ['m{NHN}', ['m ü. NHN', 'm. ü. NHN', 'müNHN', 'm über NHN']],
  ['uS/cm', ['µS/cm', 'µS⋅cm⁻¹', 'uS/cm']],
  ['m3/s', ['m³/s', 'm3/s', 'cbm/s', 'm^3/s', 'm**3/s']],
  ['kW.h', ['kWh', 'KWH', 'kW h']],
  ['mW', ['mW']],
  ['MW', ['MW']],
  ['{vehicle}/(24.h)', ['Kfz/24h', 'Kfz/24 h', 'DTV']],
  ['[EUR]', ['€', 'EUR', 'Euro', '&euro;']],
  ['L/m2', ['l/m²', 'l/qm', 'L/m2']],
  ['1', ['Anzahl', 'Stück', '1']],
  ['deg', ['°', 'Grad']],
]

for (const [ucum, texts] of CASES) for (const text of texts) test(`“${text}” is ${ucum}`, () => assert.equal(unitOf(text)?.ucum, ucum))

test('an unknown unit, an empty one and an endless one are none', () => {
  for (const text of ['', '  ', 'Furlong/Fortnight', 'x'.repeat(1000), '&bogus;', 'mw']) assert.equal(unitOf(text), undefined, text)
})

test('a code stands for one unit only', () => {
  assert.equal(new Set(UNITS.map(({ ucum }) => ucum)).size, UNITS.length)
  const codes = UNITS.flatMap(({ uncefact }) => uncefact ?? [])
  assert.equal(new Set(codes).size, codes.length)
})

test('every unit is found by its own symbol and code', () => {
  for (const unit of UNITS) {
    assert.equal(unitOf(unit.ucum), unit, unit.ucum)
    assert.equal(unitOf(unit.symbol)?.ucum, unit.ucum, unit.symbol)
  }
})

test('a series keeps the unit as it was delivered, with the code beside it', () => {
  assert.deepEqual(seriesUnit(' Grad C '), { name: 'Grad Celsius', symbol: 'Grad C', definition: 'https://ucum.org/ucum#Cel', code: 'Cel' })
  assert.deepEqual(seriesUnit('Smoots'), { name: 'Smoots', symbol: 'Smoots', definition: null })
  assert.deepEqual(seriesUnit(undefined), { name: null, symbol: null, definition: null })
})

test('name and unit of a header are told apart', () => {
  const told = (header: string) => [unitInHeader(header).name, unitInHeader(header).unit?.ucum]
  assert.deepEqual(told('PM10 [µg/m³]'), ['PM10', 'ug/m3'])
  assert.deepEqual(told('Temperatur in °C'), ['Temperatur', 'Cel'])
  assert.deepEqual(told('Temperatur [Grad]'), ['Temperatur', 'Cel'])
  assert.deepEqual(told('Windrichtung [Grad]'), ['Windrichtung', 'deg'])
  assert.deepEqual(told('Pegel (cm)'), ['Pegel', 'cm'])
  assert.deepEqual(told('Promenade (westl. Hals)'), ['Promenade (westl. Hals)', undefined])
})
