/** LoRaWAN messages: one uplink from two network servers is the same observation; what is not an uplink is nothing, or a status. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lorawan, parseMessage } from '../../../../src/connectors/lorawan/connector.ts'
import type { Rejected, Run } from '../../../../src/ingest/connector.ts'
import type { Draft } from '../../../../src/model/draft.ts'
import type { Json } from '../../../../src/model/json.ts'

const EUI = '70B3D57ED0051234'

const thingsStack = {
  end_device_ids: { device_id: 'pegel-1', dev_eui: EUI, dev_addr: '260B1234' },
  received_at: '2026-05-01T10:00:01.123456789Z',
  uplink_message: {
    session_key_id: 'AYfq',
    f_port: 2,
    frm_payload: 'AQID',
    decoded_payload: {
      air: { temperature: 21.5 },
      voltage: '3.384 V',
      open: true,
      mode: 'eco',
      level: { displayName: 'Wasserstand', value: 81, unit: 'cm' },
    },
    rx_metadata: [
      { rssi: -99, snr: 2, time: '2026-05-01T10:00:00.900000Z' },
      { rssi: -50, snr: 9, time: '2026-05-01T10:00:00.500000Z' },
    ],
    locations: { user: { latitude: 49.2, longitude: 8.1, altitude: 120 } },
  },
}

const chirpStack = {
  time: '2026-05-01T10:00:00.500000+00:00',
  deviceInfo: { devEui: EUI.toLowerCase(), deviceName: 'pegel-1', deviceProfileName: 'Pegel', tags: { ort: 'Brücke' } },
  devAddr: '260b1234',
  fPort: 2,
  data: 'AQID',
  object: thingsStack.uplink_message.decoded_payload,
  rxInfo: [{ rssi: -50, snr: 9 }],
}

async function read(message: Json, options: Parameters<typeof lorawan.read>[0] = {}): Promise<(Draft | Rejected)[]> {
  const run = { row() {}, progress() {}, input: { json: () => Promise.resolve(message) } } as unknown as Run
  return Array.fromAsync(lorawan.read(options, run))
}

const values = (drafts: readonly (Draft | Rejected)[]) =>
  Object.fromEntries(drafts.flatMap((one) => (one.draft === 'observation' ? [[one.attribute, [one.time, one.result]]] : [])))

const EXPECTED = {
  air_temperature: ['2026-05-01T10:00:00.5Z', 21.5],
  voltage: ['2026-05-01T10:00:00.5Z', 3.384],
  open: ['2026-05-01T10:00:00.5Z', true],
  level: ['2026-05-01T10:00:00.5Z', 81],
}

test('one uplink from either server is the same values at the same time', async () => {
  assert.deepEqual(values(await read(thingsStack)), EXPECTED)
  assert.deepEqual(values(await read(chirpStack)), EXPECTED)
})

test('units come along: from a text, from a pair, or from the options', async () => {
  const series = (
    await read(thingsStack, { fields: [{ path: 'voltage' }, { path: 'level' }, { path: 'air.temperature', attribute: 't', unit: '°C' }] })
  ).flatMap((one) => (one.draft === 'series' ? [[one.attribute, one.unit?.symbol, one.unit?.code]] : []))
  assert.deepEqual(series, [
    ['t', '°C', 'Cel'],
    ['voltage', 'V', 'V'],
    ['level', 'cm', 'cm'],
  ])
})

test('the device comes with its place and name', async () => {
  const [device] = await read(thingsStack, { type: 'Pegel' })
  assert.deepEqual(device, {
    draft: 'entity',
    iri: 'urn:ngsi-ld:Device:70b3d57ed0051234',
    type: 'Pegel',
    name: 'pegel-1',
    attributes: { devEui: '70b3d57ed0051234' },
    geometry: { type: 'Point', coordinates: [8.1, 49.2, 120] },
    at: '2026-05-01T10:00:00.5Z',
  })
})

test('a missing counter is 0, and the key names device, session, counter and port', () => {
  const event = parseMessage(thingsStack)
  assert.equal(event.event === 'uplink' && event.key, '70b3d57ed0051234/AYfq/0/2')
})

test('an event wrapped by the console or the storage is the same', async () => {
  assert.deepEqual(values(await read({ name: 'as.up.data.forward', time: 'x', identifiers: [], data: thingsStack })), EXPECTED)
})

test('a list of messages is read one by one, and a bad one is named by its number', async () => {
  const all = await read([thingsStack, { hello: 1 }, chirpStack])
  const rejected = all.filter((one) => one.draft === 'rejected')
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [2],
  )
})

test('a decoder of our own is used instead of the server’s', async () => {
  const decoder = 'function decodeUplink(i) { return { data: { sum: i.bytes[0] + i.bytes[1] + i.bytes[2] } } }'
  assert.deepEqual(values(await read(thingsStack, { decoder })), { sum: ['2026-05-01T10:00:00.5Z', 6] })
  const [, rejected] = [null, ...(await read(thingsStack, { decoder: 'function decodeUplink() { for (;;); }' }))]
  assert.equal(rejected?.draft, 'rejected')
})

test('normalised measurements each keep their own time', async () => {
  const { decoded_payload: _, ...uplink } = thingsStack.uplink_message
  const normalized = [
    { air: { temperature: 1 }, time: '2026-05-01T08:00:00Z' },
    { air: { temperature: 2 }, time: '2026-05-01T09:00:00Z' },
  ]
  const drafts = await read({ ...thingsStack, uplink_message: { ...uplink, normalized_payload: normalized } })
  assert.deepEqual(
    drafts.flatMap((one) => (one.draft === 'observation' ? [[one.time, one.result]] : [])),
    [
      ['2026-05-01T08:00:00Z', 1],
      ['2026-05-01T09:00:00Z', 2],
    ],
  )
})

test('a battery status is a value, a location a place, a join nothing', async () => {
  const status = await read({ time: '2026-05-01T10:00:00Z', deviceInfo: chirpStack.deviceInfo, margin: 10, batteryLevel: 88.3 })
  assert.deepEqual(values(status), { batteryLevel: ['2026-05-01T10:00:00Z', 88.3], linkMargin: ['2026-05-01T10:00:00Z', 10] })
  const place = await read({ time: '2026-05-01T10:00:00Z', deviceInfo: chirpStack.deviceInfo, location: { latitude: 49, longitude: 8 } })
  assert.deepEqual(place[0]?.draft === 'entity' && place[0].geometry, { type: 'Point', coordinates: [8, 49] })
  assert.deepEqual(await read({ end_device_ids: thingsStack.end_device_ids, received_at: 'x', join_accept: {} }), [])
})

test('what has no content and no decoder is rejected with the reason', async () => {
  const { decoded_payload: _, ...uplink } = thingsStack.uplink_message
  const [rejected] = await read({ ...thingsStack, uplink_message: uplink })
  assert.match(rejected?.draft === 'rejected' ? JSON.stringify(rejected.reason) : '', /no decoder is set/)
})
