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
    adminToken: undefined,
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
    ALLMENDE_ADMIN_TOKEN: 'short',
    ALLMENDE_LOG: 'loud',
  }
  assert.throws(
    () => readConfig(env),
    (error: Error) => {
      for (const name of Object.keys(env)) if (name !== 'ALLMENDE_HOST') assert.match(error.message, new RegExp(name), name)
      return true
    },
  )
})

test('the public address loses its last slash, an empty MQTT port turns it off', () => {
  const { url, mqttPort } = readConfig({ ALLMENDE_URL: 'https://daten.example/', ALLMENDE_MQTT_PORT: '' })
  assert.deepEqual([url, mqttPort], ['https://daten.example', undefined])
})
