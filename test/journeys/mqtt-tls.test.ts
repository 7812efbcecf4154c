/** MQTT over TLS: by two files, which may be renewed. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import { readCertificate } from '../../src/mqtt/certificate.ts'
import { admin, inbox, startWorld, type World } from '../support/mqtt.ts'

const folder = mkdtempSync(join(tmpdir(), 'allmende-tls-'))
const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
let world: World

const made = (name: string): string => `test/fixtures/mqtt/${name}.pem`

/** As whoever renews certificates does it: new files in the place of the old ones. */
function put(name: string): void {
  for (const [from, to] of [
    [made(name), certificate],
    [made(`${name}.key`), key],
  ] as const) {
    copyFileSync(from, `${to}.new`)
    renameSync(`${to}.new`, to)
  }
}

before(async () => {
  put('first')
  world = await startWorld({ ALLMENDE_MQTT_TLS_PORT: '0', ALLMENDE_MQTT_TLS_CERT: certificate, ALLMENDE_MQTT_TLS_KEY: key })
})
after(async () => {
  await world.end()
  rmSync(folder, { recursive: true, force: true })
})

const address = () => `mqtts://127.0.0.1:${world.platform.mqttPorts().tls}`

test('mqtt over TLS: publishes and hears, in 3.1.1 and 5, and trusts nobody unknown', async () => {
  const { datastream } = await world.station('tls')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  for (const protocolVersion of [4, 5] as const) {
    const client = await world.connect({ ...admin, protocolVersion, ca: readFileSync(certificate) }, address())
    await client.subscribeAsync(topic, { qos: 1 })
    const before = inbox(client).arrived.splice(0).length
    await client.publishAsync(topic, `{"result":${protocolVersion}}`, { qos: 1 })
    assert.deepEqual([(await inbox(client).next()).json.result, before], [protocolVersion, protocolVersion - 4])
  }
  await assert.rejects(world.connect(admin, address()), /self-signed/)
})

function served(): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port: world.platform.mqttPorts().tls, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate())
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

test('mqtt over TLS: files that are not what they should be are named', async () => {
  const [other, none, text] = [made('second.key'), join(folder, 'none.pem'), join(folder, 'text.pem')]
  writeFileSync(text, 'no PEM')
  const cases = [
    [{ certificate: none, key }, /ALLMENDE_MQTT_TLS_CERT cannot be read: .*none\.pem/],
    [{ certificate, key: text }, /ALLMENDE_MQTT_TLS_KEY: .*text\.pem/],
    [{ certificate: text, key }, /ALLMENDE_MQTT_TLS_CERT: .*text\.pem/],
    [{ certificate, key: other }, /The key in .*second\.key\.pem is not that of the certificate/],
  ] as const
  for (const [files, why] of cases) await assert.rejects(readCertificate(files), why)
})

test('mqtt over TLS: a renewed certificate is taken for whoever connects next, a broken one is not', async () => {
  assert.equal((await served()).subject.CN, 'first')
  put('second')
  while ((await served()).subject.CN !== 'second') await setTimeout(100)
  writeFileSync(certificate, 'no PEM')
  await setTimeout(2500)
  assert.equal((await served()).subject.CN, 'second', 'one that is not usable leaves the old one in place')
})
