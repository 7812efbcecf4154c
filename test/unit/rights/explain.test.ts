/** What is explained is what is decided, for whoever asks for whatever; and the reason is the true one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dataset } from '../../../src/model/dataset.ts'
import { matches } from '../../../src/query/matches.ts'
import { explain } from '../../../src/rights/explain.ts'
import { narrow, touches } from '../../../src/rights/policy.ts'
import { anonymous, VERBS, type Grant, type Principal } from '../../../src/rights/principal.ts'

const datasets = fc.record({
  id: fc.constantFrom(1, 2),
  tenant: fc.constantFrom(3, 4),
  access: fc.constantFrom('public', 'internal', 'restricted'),
  state: fc.constantFrom('draft', 'review', 'released', 'withdrawn', 'archived'),
  properties: fc.constantFrom({}, { listed: true }),
})
const grants = fc.record(
  { dataset: fc.constantFrom(1, 2), verbs: fc.subarray([...VERBS]), portion: fc.constantFrom({ types: ['a'] }, { means: 'day' as const }) },
  { requiredKeys: ['verbs'] },
)
const people = fc.record(
  { id: fc.constant('user:7'), name: fc.constant('M'), tenant: fc.constant(3), admin: fc.boolean(), grants: fc.array(grants, { maxLength: 4 }), only: fc.subarray([...VERBS]) },
  { requiredKeys: ['id', 'name', 'tenant', 'admin', 'grants'] },
) // prettier-ignore

test('explain: the answer is that of the filter', () => {
  fc.assert(
    fc.property(people, datasets, fc.constantFrom(...VERBS), (who, parts, verb) => {
      const [principal, dataset] = [who as Principal, parts as unknown as Dataset]
      const all = matches(narrow(principal, verb, 'dataset'), dataset)
      const some = matches(touches(principal, verb), dataset)
      assert.equal(explain(principal, verb, dataset).answer, all ? 'all' : some ? 'portion' : 'none')
    }),
    { numRuns: 3000 },
  )
})

const dataset = { id: 1, tenant: 3, access: 'internal', state: 'released', properties: {} } as unknown as Dataset
const member = (...given: readonly Grant[]): Principal => ({ id: 'user:7', name: 'M', tenant: 3, admin: false, grants: given })

const reason = (who: Principal, of: Partial<Dataset> = {}) => {
  const { answer, rules } = explain(who, 'read', { ...dataset, ...of })
  return [answer, rules.find(({ ground }) => ground === 'grant')?.because]
}

test('explain: why a grant does not help', () => {
  assert.deepEqual(reason(member({ dataset: 2, verbs: ['read'] })), ['none', 'other-dataset'])
  assert.deepEqual(reason(member({ dataset: 1, verbs: ['append'] })), ['none', 'other-verb'])
  assert.deepEqual(reason(member({ dataset: 1, verbs: ['read'] }), { state: 'withdrawn' }), ['none', 'withdrawn'])
  assert.deepEqual(reason(member({ verbs: ['read'] }), { access: 'restricted' }), ['none', 'restricted'])
  assert.deepEqual(reason({ ...member({ dataset: 1, verbs: ['read'] }), only: ['append'] }), ['none', 'key'])
  assert.deepEqual(reason(member({ dataset: 1, verbs: ['read'] }), { tenant: 4 }), ['none', 'tenant'])
  assert.deepEqual(reason(member({ dataset: 1, verbs: ['read'] })), ['all', undefined])
})

test('explain: the rule that decides comes first, and of a stranger it is said what is missing', () => {
  const two = member({ dataset: 1, verbs: ['append'] }, { dataset: 1, verbs: ['read'], id: 9 })
  assert.equal(explain(two, 'read', dataset).rules[0]?.grant?.id, 9)
  const [first] = explain(anonymous(3), 'read', dataset).rules
  assert.deepEqual(first, { ground: 'open', extent: 'none', because: 'not-public' })
})
