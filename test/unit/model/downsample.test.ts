import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { downsample, DOWNSAMPLINGS, type Downsampling, type Frame, type Point } from '../../../src/model/downsample.ts'

async function* each(points: readonly Point[]): AsyncIterable<Point> {
  yield* points
}
const thin = (how: Downsampling, frame: Frame, values: readonly number[]) =>
  downsample(how, frame, each(values.map((value, at) => ({ at, value }))))

const middle = (points: readonly Point[]): Point => ({
  at: points.reduce((sum, { at }) => sum + at, 0) / points.length,
  value: points.reduce((sum, { value }) => sum + value, 0) / points.length,
})
const area = (a: Point, b: Point, c: Point) => Math.abs((a.at - c.at) * (b.value - a.value) - (a.at - b.at) * (c.value - a.value))

test('downsample: LTTB keeps one point of each pixel, and no other of its pixel makes a larger triangle', async () => {
  const lines = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 3, maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 4, max: 40 }), async (values, points) => {
      const all = values.map((value, at) => ({ at, value }))
      const width = values.length / (points - 2)
      const pixels = [...Map.groupBy(all.slice(1, -1), ({ at }) => Math.floor(at / width)).values()]
      const found = await thin('lttb', { from: 0, until: values.length, points }, values)
      assert.equal(found.length, pixels.length + 2)
      for (const [i, pixel] of pixels.entries()) {
        const [a, b] = [found[i] ?? assert.fail(), found[i + 1] ?? assert.fail()]
        const c = middle(pixels[i + 1] ?? all.slice(-1))
        assert.ok(pixel.some(({ at }) => at === b.at))
        const largest = Math.max(...pixel.map((one) => area(a, one, c)))
        assert.ok(area(a, b, c) >= largest - 1e-6, `${area(a, b, c)} is less than ${largest}`)
      }
    }),
  )
})

test('downsample: a spike stays, with the first and the last', async () => {
  const values = Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 99 : Math.sin(i / 50)))
  const found = await thin('lttb', { from: 0, until: 10_000, points: 100 }, values)
  assert.deepEqual([found.length, found[0]?.at, found.at(-1)?.at], [100, 0, 9999])
  assert.ok(found.some(({ at }) => at === 4321))
})

test('downsample: least and greatest of each pixel, and averages', async () => {
  const frame = { from: 0, until: 8, points: 4 }
  assert.deepEqual((await thin('minmax', frame, [1, 5, 2, 3, 9, 7, 8, 6])).map(({ value }) => value), [1, 5, 9, 6]) // prettier-ignore
  assert.deepEqual((await thin('avg', frame, [1, 5, 2, 4, 9, 7, 8, 6])).map(({ at, value }) => [at, value]), [[0, 3], [2, 3], [4, 8], [6, 7]]) // prettier-ignore
})

test('downsample: of nothing comes nothing', async () => {
  for (const how of DOWNSAMPLINGS) assert.deepEqual(await thin(how, { from: 0, until: 1, points: 4 }, []), [])
})
