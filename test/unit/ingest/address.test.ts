/** Which addresses may be called. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublic, mayCall } from '../../../src/ingest/address.ts'

const inner = [
  '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8',
  '192.168.178.1', '198.18.0.1', '203.0.113.5', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1',
  '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::7f00:1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1',
  '2002:7f00:1::', '3fff::1', 'localhost', '', '1.2.3', 'fe80::1%eth0',
] // prettier-ignore
const outer = [
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.0.1',
  '223.255.255.255',
  '2a01:4f8::1',
  '2606:4700::1',
  '2001:4860:4860::8888',
]

for (const address of inner) test(`address: ${address || 'nothing'} is not public`, () => assert.equal(isPublic(address), false))
for (const address of outer) test(`address: ${address} is public`, () => assert.equal(isPublic(address), true))

test('address: what is not public may be called when its name or itself is allowed, loopback in open mode', async () => {
  assert.equal(await mayCall('sensor.intern', '10.0.0.7', {}), false)
  assert.equal(await mayCall('sensor.intern', '10.0.0.7', { hosts: async () => ['sensor.intern'] }), true)
  assert.equal(await mayCall('other.intern', '10.0.0.7', { hosts: async () => ['sensor.intern'] }), false)
  assert.equal(await mayCall('other.intern', '10.0.0.7', { hosts: async () => ['10.0.0.7'] }), true)
  assert.equal(await mayCall('localhost', '127.0.0.1', { loopback: true }), true)
  assert.equal(await mayCall('localhost', '::1', { loopback: true }), true)
  assert.equal(await mayCall('x', '10.0.0.7', { loopback: true }), false)
})
