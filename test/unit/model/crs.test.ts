/** crs: known places land where they are, there and back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crsOf, fromWgs84, toWgs84, turned } from '../../../src/model/crs.ts'
import { Problem } from '../../../src/problem.ts'

const near = ([x, y]: readonly number[], [east, north]: readonly [number, number], within: number) => {
  assert.ok(Math.abs((x ?? NaN) - east) < within && Math.abs((y ?? NaN) - north) < within, `${x}, ${y} is not near ${east}, ${north}`)
}

test('UTM 32, with the zone before the easting or not', () => {
  near(toWgs84(25832)(515638.229, 5370830.304), [9.211654, 48.490402], 1e-5)
  near(toWgs84(25832)(32515638.229, 5370830.304), [9.211654, 48.490402], 1e-5)
  near(toWgs84(4647)(32515638.229, 5370830.304), [9.211654, 48.490402], 1e-5)
})

test('Gauß-Krüger by seven parameters: Köln Heumarkt', () => near(toWgs84(31466)(2567526, 5644934), [6.96002, 50.93571], 1e-4))

test('there and back', () => {
  for (const code of [25832, 25833, 31467, 31468, 3857, 3035])
    near(fromWgs84(code)(...toWgs84(code)(...fromWgs84(code)(11.5, 48.1))), [...fromWgs84(code)(11.5, 48.1)] as [number, number], 0.01)
})

test('names of systems in all their spellings', () => {
  for (const text of ['EPSG:25832', 'urn:ogc:def:crs:EPSG::25832', 'http://www.opengis.net/def/crs/EPSG/0/25832', '25832'])
    assert.equal(crsOf(text), 25832)
  assert.equal(crsOf('urn:ogc:def:crs:OGC:1.3:CRS84'), 84)
  assert.throws(() => crsOf('EPSG:99999'), Problem)
})

test('altitude is kept', () => {
  const point = turned({ type: 'Point', coordinates: [515638.229, 5370830.304, 380] }, toWgs84(25832))
  assert.equal(point.type === 'Point' && point.coordinates[2], 380)
})
