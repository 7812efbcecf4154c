/** config: everything optional, and every fault named at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../src/config.ts'

test('nothing set is a platform for one’s own machine', () => {
  assert.deepEqual(readConfig({}), {
    port: 8080,
    host: '127.0.0.1',
    url: 'http://localhost:8080',
    data: './data',
    database: undefined,
    mqttPort: 1883,
    mqttTls: undefined,
    mqttBroker: undefined,
    adminToken: undefined,
    backup: { to: undefined, passphrase: undefined, at: '30 2 * * *', proofAt: '0 5 * * 0', keep: { days: 7, weeks: 5, months: 12 } },
    log: 'info',
    open: false,
  })
})

test('every fault is named at once', () => {
  const env = {
    ALLMENDE_PORT: '80800',
    ALLMENDE_HOST: '0.0.0.0',
    ALLMENDE_OPEN: '1',
    ALLMENDE_URL: 'daten.example',
    DATABASE_URL: 'mysql://x',
    ALLMENDE_MQTT_PORT: 'x',
    ALLMENDE_MQTT_TLS_PORT: 'y',
    ALLMENDE_MQTT_URL: 'http://user:secret@broker',
    ALLMENDE_MQTT_TLS_KEY: 'key.pem',
    ALLMENDE_ADMIN_TOKEN: 'short',
    ALLMENDE_BACKUP_PASSPHRASE: 'brief',
    ALLMENDE_BACKUP_KEEP: '7 days',
    ALLMENDE_BACKUP_AT: 'nightly',
    ALLMENDE_BACKUP_PROOF_AT: '61 * * * *',
    ALLMENDE_LOG: 'loud',
  }
  assert.throws(
    () => readConfig(env),
    (error: Error) => {
      assert.doesNotMatch(error.message, /secret/)
      for (const name of Object.keys(env))
        if (name !== 'ALLMENDE_HOST' && name !== 'ALLMENDE_MQTT_TLS_KEY') assert.match(error.message, new RegExp(name), name)
      return true
    },
  )
})

test('the public address loses its last slash, an empty MQTT port turns it off', () => {
  const { url, mqttPort } = readConfig({ ALLMENDE_URL: 'https://daten.example/', ALLMENDE_MQTT_PORT: '' })
  assert.deepEqual([url, mqttPort], ['https://daten.example', undefined])
})

test('MQTT over TLS has a certificate and a key, and the usual port', () => {
  const files = { ALLMENDE_MQTT_TLS_CERT: 'a.pem', ALLMENDE_MQTT_TLS_KEY: 'b.pem' }
  assert.deepEqual(readConfig(files).mqttTls, { port: 8883, certificate: 'a.pem', key: 'b.pem' })
  assert.equal(readConfig({ ...files, ALLMENDE_MQTT_TLS_PORT: '9000' }).mqttTls?.port, 9000)
  for (const half of [{ ALLMENDE_MQTT_TLS_CERT: 'a.pem' }, { ALLMENDE_MQTT_TLS_KEY: 'b.pem' }, { ALLMENDE_MQTT_TLS_PORT: '9000' }])
    assert.throws(() => readConfig(half), /ALLMENDE_MQTT_TLS_CERT and ALLMENDE_MQTT_TLS_KEY/)
})

test('a broker of others takes the place of the port, unless that is asked for too', () => {
  const env = { ALLMENDE_MQTT_URL: 'mqtts://user:pass@broker.example', ALLMENDE_MQTT_TOKEN: 't' }
  const { mqttBroker, mqttPort } = readConfig(env)
  assert.deepEqual([mqttBroker?.url.host, mqttBroker?.token, mqttPort], ['broker.example', 't', undefined])
  assert.equal(readConfig({ ...env, ALLMENDE_MQTT_PORT: '1883' }).mqttPort, 1883)
  assert.throws(() => readConfig({ ALLMENDE_MQTT_TOKEN: 't' }), /ALLMENDE_MQTT_TOKEN/)
})

test('backups stay as long as is said', () => {
  assert.deepEqual(readConfig({ ALLMENDE_BACKUP_KEEP: '30 0 3' }).backup.keep, { days: 30, weeks: 0, months: 3 })
})
