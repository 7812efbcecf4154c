/** How the built-in database is tuned. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsFor } from '../../../../src/store/embedded/settings.ts'

const GB = 1024 ** 3

test('settings: shared buffers follow the memory between a floor and a ceiling', () => {
  assert.deepEqual(
    [0.5, 2, 4, 64].map((memory) => settingsFor('/run', memory * GB)['shared_buffers']),
    ['128MB', '256MB', '512MB', '1024MB'],
  )
})

test('settings: durability is never switched off, and nothing listens on the network', () => {
  const settings = settingsFor('/run', GB)
  assert.equal('fsync' in settings || 'synchronous_commit' in settings || 'full_page_writes' in settings, false)
  assert.equal(settings['listen_addresses'], '')
})
