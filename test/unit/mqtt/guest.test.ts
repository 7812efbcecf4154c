/** guest: where a WebSocket is taken for MQTT. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHere } from '../../../src/mqtt/guest.ts'

test('at /mqtt, also below a tenant', () => {
  for (const url of ['/mqtt', '/mqtt/', '/mqtt?x=1', '/t/nord/mqtt']) assert.ok(isHere(url), url)
  for (const url of [undefined, '/', '/mqtts', '/x/mqtt', '/t//mqtt', '/t/a/b/mqtt', '/mqtt/x']) assert.ok(!isHere(url), url)
})
