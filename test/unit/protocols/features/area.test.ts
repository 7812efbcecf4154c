/** area: boxes in every order of axes, and geometries turned. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxOf } from '../../../../src/model/geometry.ts'
import { Problem } from '../../../../src/problem.ts'
import type { Filter } from '../../../../src/query/filter.ts'
import { geometryIn, parseBbox, parseSystem } from '../../../../src/protocols/features/area.ts'
import { CRS84, SYSTEMS, type ReferenceSystem } from '../../../../src/protocols/features/names.ts'

const system = (code: number): ReferenceSystem => SYSTEMS.find((one) => one.code === code) ?? CRS84
const boxes = (filter: Filter) =>
  (filter.is === 'or' ? filter.of : [filter]).map((one) => (one.is === 'spatial' ? boxOf(one.geometry) : undefined))

test('four or six numbers, in the order of the axes', () => {
  assert.deepEqual(boxes(parseBbox('8,49,9,50', CRS84)), [[8, 49, 9, 50]])
  assert.deepEqual(boxes(parseBbox('8,49,-10,9,50,1000', CRS84)), [[8, 49, 9, 50]])
  assert.deepEqual(boxes(parseBbox(' -8.5e0 ,49., 9,.5e2', CRS84)), [[-8.5, 49, 9, 50]])
  assert.deepEqual(boxes(parseBbox('49,8,50,9', system(4326))), [[8, 49, 9, 50]])
})

test('a box over the antimeridian is two', () => {
  assert.deepEqual(boxes(parseBbox('170,-10,-170,10', CRS84)), [[170, -10, 180, 10], [-180, -10, -170, 10]]) // prettier-ignore
})

test('a box in metres surrounds its corners', () => {
  const [box] = boxes(parseBbox('500000,5500000,510000,5510000', system(25832)))
  const [west = 0, south = 0, east = 0, north = 0] = box ?? []
  assert.ok(Math.abs(west - 9) < 1e-6 && east > 9.13 && east < 9.15, `${west} ${east}`)
  assert.ok(south > 49.64 && south < 49.66 && north > 49.73 && north < 49.75, `${south} ${north}`)
})

test('there and back', () => {
  for (const { code, flipped } of SYSTEMS) {
    const turned = geometryIn({ type: 'Point', coordinates: [8.1, 49.2, 100] }, system(code))
    const [x = 0, y = 0, height] = turned.type === 'Point' ? turned.coordinates : []
    const box = [x - 1e-3, y - 1e-3, x + 1e-3, y + 1e-3].join()
    const [found] = boxes(parseBbox(box, system(code)))
    assert.equal(height, 100)
    assert.ok(found && found[0] < 8.1 && found[2] > 8.1 && found[1] < 49.2 && found[3] > 49.2, `${code} ${flipped} ${box}`)
  }
})

test('what is no box or no system is refused', () => {
  for (const bad of ['', '1,2,3', '1,2,3,4,5', '1,2,3,x', '1,2,3,', '1,50,2,49', 'NaN,1,2,3', '1,1,Infinity,3', '0x1,1,2,3'])
    assert.throws(() => parseBbox(bad, CRS84), (error: unknown) => error instanceof Problem && error.status === 400, bad) // prettier-ignore
  assert.throws(() => parseBbox('2,1,1,2', system(25832)), Problem)
  assert.throws(() => parseSystem(new URLSearchParams('crs=EPSG:4326'), 'crs'), Problem)
  assert.equal(parseSystem(new URLSearchParams(), 'crs'), CRS84)
})
