/** Decoders in the sandbox: both dialects, and every way to misbehave. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodePayload } from '../../../src/ingest/sandbox.ts'

const uplink = { bytes: Uint8Array.from([0x01, 0x75, 0x5c, 0xff]), port: 85, time: '2026-05-01T10:00:00Z', variables: { offset: '2' } }

const GOOD: readonly [name: string, source: string, data: object][] = [
  [
    'The Things Stack',
    'function decodeUplink(input) { return { data: { battery: input.bytes[2], port: input.fPort }, warnings: [] } }',
    { battery: 92, port: 85 },
  ],
  [
    'ChirpStack, with variables and Buffer',
    'function decodeUplink(i) { var b = Buffer.from(i.bytes); return { data: { w: b.readUInt16BE(0), o: Number(i.variables.offset) } } }',
    { w: 373, o: 2 },
  ],
  ['the older Decoder', 'function Decoder(bytes, port) { return { n: bytes.length + port } }', { n: 89 }],
  ['the older Decode', 'function Decode(fPort, bytes) { return { n: bytes[3] } }', { n: 255 }],
  ['as a module', 'module.exports.decodeUplink = function (i) { return { data: { year: i.recvTime.getUTCFullYear() } } }', { year: 2026 }],
  ['with an undeclared variable', 'function decodeUplink(i) { for (k = 0; k < 3; k++); return { data: { k: k } } }', { k: 3 }],
]

for (const [name, source, data] of GOOD)
  test(`a decoder works: ${name}`, async () => {
    assert.deepEqual((await decodePayload(source, uplink)).data, data)
  })

const BAD: readonly [name: string, source: string, reason: RegExp][] = [
  ['loops', 'function decodeUplink() { for (;;); }', /stopped after 100 ms/],
  [
    'loops in a regular expression',
    'function decodeUplink() { return { data: { x: /^(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!") } } }',
    /stopped after 100 ms/,
  ],
  ['recurses', 'function decodeUplink(i) { return decodeUplink(i) }', /stack|InternalError|broke off/i],
  ['eats memory', 'function decodeUplink() { var a = []; for (;;) a.push(new Array(10000).fill(1)); }', /out of memory|stopped/i],
  ['eats much at once', 'function decodeUplink() { return new Uint8Array(32 << 20) }', /out of memory/],
  ['throws', 'function decodeUplink() { throw new Error("port 85 only") }', /port 85 only/],
  ['says errors', 'function decodeUplink() { return { errors: ["too short"] } }', /too short/],
  ['gives nothing', 'function decodeUplink() {}', /gives no data/],
  ['is no program', 'function decodeUplink( {', /SyntaxError/],
  ['has no function', 'var x = 1', /no function decodeUplink/],
  ['asks for the outside', 'function decodeUplink() { return { data: require("fs") } }', /require/],
  ['asks for the process', 'function decodeUplink() { return { data: { pid: process.pid } } }', /process/],
]

for (const [name, source, reason] of BAD)
  test(`a decoder is refused that ${name}, and the next one works`, async () => {
    await assert.rejects(decodePayload(source, uplink), (error: Error) => reason.test(error.message) || assert.fail(error.message))
    assert.deepEqual((await decodePayload('function Decoder() { return { ok: true } }', uplink)).data, { ok: true })
  })

test('the host is out of reach by way of a constructor', async () => {
  const source = 'function decodeUplink() { return { data: { t: typeof decodeUplink.constructor("return this")().process } } }'
  assert.deepEqual((await decodePayload(source, uplink)).data, { t: 'undefined' })
})
