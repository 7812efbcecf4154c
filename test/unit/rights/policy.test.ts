/** What narrow answers, as a table: who, verb, noun, and the filter that bounds them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Noun } from '../../../src/model/noun.ts'
import { and, equals, everything, nothing, or, type Filter } from '../../../src/query/filter.ts'
import { administers, narrow } from '../../../src/rights/policy.ts'
import { anonymous, keeper, VERBS, type Principal, type Verb } from '../../../src/rights/principal.ts'

const open = and(equals(['access'], 'public'), equals(['state'], 'released'))
const among = (...ids: number[]): Filter => ({ is: 'in', path: ['id'], values: ids })
const current: Filter = { is: 'not', of: { is: 'in', path: ['state'], values: ['withdrawn', 'archived'] } }
const inTenant = (tenant: number, filter: Filter): Filter => and(equals(['tenant'], tenant), filter)

const member: Principal = {
  id: 'user:7',
  name: 'M',
  tenant: 3,
  admin: false,
  grants: [
    { dataset: 11, verbs: ['read', 'append'] },
    { dataset: 12, verbs: ['read'] },
    { dataset: 13, verbs: ['append'] },
  ],
}
const administrator: Principal = { id: 'user:1', name: 'A', tenant: 3, admin: true, grants: [] }

const CASES: readonly (readonly [name: string, who: Principal, verb: Verb, bound: Filter])[] = [
  ['anonymous reads what is released and open', anonymous(3), 'read', inTenant(3, open)],
  ['anonymous appends nothing', anonymous(3), 'append', nothing],
  ['anonymous changes nothing', anonymous(3), 'change', nothing],
  ['anonymous deletes nothing', anonymous(3), 'delete', nothing],
  ['anonymous manages nothing', anonymous(3), 'manage', nothing],
  ['a member reads the open and what was granted for reading', member, 'read', inTenant(3, or(open, and(among(11, 12), current)))],
  [
    'whoever works on the data reads on what is withdrawn',
    { ...member, grants: [...member.grants, { dataset: 14, verbs: ['read', 'change'] }] },
    'read',
    inTenant(3, or(open, or(among(14), and(among(11, 12), current)))),
  ],
  ['a member appends where granted, readable or not', member, 'append', inTenant(3, among(11, 13))],
  ['a member without the verb has nothing', member, 'delete', nothing],
  ['an administrator has everything in the tenant', administrator, 'delete', inTenant(3, everything)],
  ['the platform has everything in the tenant', keeper(3, 'run:9'), 'append', inTenant(3, everything)],
  ['a token of an administrator stays within its verbs', { ...administrator, only: ['append'] }, 'append', inTenant(3, everything)],
  ['a token without reading still reads the open, as anyone', { ...administrator, only: ['append'] }, 'read', inTenant(3, open)],
  ['a token without the verb has nothing', { ...administrator, only: ['read', 'append'] }, 'change', nothing],
  ['a token without any verb has nothing', { ...administrator, only: [] }, 'append', nothing],
  ['a token of a member stays within its verbs', { ...member, only: ['read'] }, 'append', nothing],
  ['a token of a member has the grants for its verbs', { ...member, only: ['append'] }, 'append', inTenant(3, among(11, 13))],
]

for (const [name, who, verb, bound] of CASES) {
  test(`policy: ${name}`, () => {
    assert.deepEqual(narrow(who, verb, 'dataset'), bound)
    const inner: readonly Noun[] = ['entity', 'series', 'observation']
    const through = bound.is === 'nothing' ? nothing : { is: 'some', through: 'dataset', where: bound }
    for (const noun of inner) assert.deepEqual(narrow(who, verb, noun), through)
  })
}

test('policy: whoever it is and whatever they do, the tenant bounds it', () => {
  const people = [anonymous(3), member, administrator, keeper(3, 'x'), { ...administrator, only: VERBS }]
  for (const who of people) {
    for (const verb of VERBS) {
      const bound = narrow(who, verb, 'dataset')
      if (bound.is === 'nothing') continue
      const parts = bound.is === 'and' ? bound.of : [bound]
      assert.ok(
        parts.some((part) => JSON.stringify(part) === JSON.stringify(equals(['tenant'], 3))),
        `${who.id} ${verb}`,
      )
    }
  }
})

test('policy: people are managed by administrators, and not with a token for less', () => {
  assert.equal(administers(administrator), true)
  assert.equal(administers({ ...administrator, only: VERBS }), true)
  assert.equal(administers({ ...administrator, only: ['read', 'append', 'change', 'delete'] }), false)
  assert.equal(administers(member), false)
  assert.equal(administers({ ...member, grants: [{ dataset: 11, verbs: VERBS }] }), false)
  assert.equal(administers(anonymous(3)), false)
})
