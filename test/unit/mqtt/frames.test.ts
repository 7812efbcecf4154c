/** frames: the lengths of packets in a stream, however it is cut. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { Frames } from '../../../src/mqtt/frames.ts'

const publish = (size: number): Buffer =>
  generate({ cmd: 'publish', topic: 't', payload: 'x'.repeat(size), qos: 0, dup: false, retain: false })

test('packets up to the limit fit, wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
      (sizes, cuts) => {
        const frames = new Frames(1000)
        const stream = Buffer.concat([generate({ cmd: 'pingreq' }), ...sizes.map(publish)])
        for (let at = 0, i = 0; at < stream.length; i++) {
          const end = at + (cuts[i % cuts.length] ?? 1)
          assert.ok(frames.fits(stream.subarray(at, end)))
          at = end
        }
      },
    ),
  )
})

test('one that is larger is refused at its head, also behind others', () => {
  const frames = new Frames(1000)
  assert.ok(frames.fits(publish(900)))
  assert.equal(frames.fits(publish(2000).subarray(0, 3)), false)
  assert.equal(new Frames(1000).fits(Buffer.concat([publish(10), publish(998)])), false)
})

test('a length of more than four bytes is none', () => {
  assert.equal(new Frames(2 ** 40).fits(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01])), false)
  assert.equal(new Frames(2 ** 40).fits(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])), true)
})
