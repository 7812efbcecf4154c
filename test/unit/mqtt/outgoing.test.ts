/** outgoing: ids, and a window that is never passed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IPublishPacket } from 'mqtt-packet'
import { Outgoing, type Message } from '../../../src/mqtt/outgoing.ts'

const message = (payload: string, qos: 0 | 1 | 2 = 1): Message => ({ topic: 't', payload, qos, retain: false })

function sending(window: number) {
  const sent: IPublishPacket[] = []
  return { sent, outgoing: new Outgoing(window, (packet) => sent.push(packet)) }
}

test('what is beyond the window waits, in order, and is counted', () => {
  const { sent, outgoing } = sending(2)
  for (const payload of ['a', 'b', 'c', 'd']) outgoing.push(message(payload), 10)
  assert.deepEqual([sent.map(({ messageId }) => messageId), outgoing.waiting], [[1, 2], 20])
  outgoing.push(message('now', 0), 10)
  assert.deepEqual([sent.at(-1)?.payload, sent.at(-1)?.messageId], ['now', undefined])
  outgoing.acknowledged(2)
  outgoing.acknowledged(2)
  assert.deepEqual([sent.at(-1)?.payload, sent.length, outgoing.waiting], ['c', 4, 10])
  outgoing.acknowledged(1)
  assert.deepEqual([sent.at(-1)?.payload, outgoing.waiting, outgoing.has(1)], ['d', 0, false])
})

test('ids come around, and those in use are passed over', () => {
  const { sent, outgoing } = sending(65_535)
  for (let i = 0; i < 65_535; i++) outgoing.push(message(''), 0)
  for (const id of [1, 3]) outgoing.acknowledged(id)
  for (let i = 0; i < 2; i++) outgoing.push(message(''), 0)
  assert.deepEqual(
    sent.slice(-2).map(({ messageId }) => messageId),
    [1, 3],
  )
})
