/** Which right brings which with it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { covers, looksAfter, VERBS, verbsOf } from '../../../src/rights/verbs.ts'

test('verbs: whoever reads the data, keeps the card or decides on release sees the card; nothing else brings anything', () => {
  for (const given of VERBS)
    for (const verb of VERBS) {
      const brought = verb === 'read-metadata' && ['read', 'manage', 'release'].includes(given)
      assert.equal(covers([given], verb), given === verb || brought, `${given} ${verb}`)
    }
})

test('verbs: those who change, manage or release look after the data', () => {
  assert.deepEqual(
    VERBS.filter((verb) => looksAfter([verb])),
    ['change', 'manage', 'release'],
  )
})

test('verbs: what is not known grants nothing', () => {
  assert.deepEqual(verbsOf(['own', 'append', 'read']), ['read', 'append'])
})
