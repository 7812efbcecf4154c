/** shares: nine keys, each held against a table that was worked out by hand; always to the cent. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Problem } from '../../../src/problem.ts'
import { KEYS, shareOut, type Partner } from '../../../src/sustain/shares.ts'

/** Five partners, 100,000 inhabitants together. */
const FIVE: readonly Partner[] = [
  { name: 'A', inhabitants: 48_000, use: 10, tax: 60_000_000, percent: 40 },
  { name: 'B', inhabitants: 21_500, use: 5, tax: 20_000_000, percent: 25 },
  { name: 'C', inhabitants: 14_250, use: 0, tax: 10_000_000, percent: 15 },
  { name: 'D', inhabitants: 11_250, use: 1, tax: 6_000_000, percent: 12.5 },
  { name: 'E', inhabitants: 5_000, use: 4, tax: 4_000_000, percent: 7.5 },
]
const cents = (key: string, total: number, more: object = {}, partners: readonly Partner[] = FIVE) =>
  shareOut({ total, key, partners, ...more }).items.map(({ share }) => share)

describe('shares', () => {
  for (const [key, total, expected, more] of [
    ['equal', 100_000_01, [20_000_01, 20_000_00, 20_000_00, 20_000_00, 20_000_00]],
    // 48 %, 21.5 %, 14.25 %, 11.25 %, 5 % of 77,777.77: the cents are 37333.3296, 16722.22055, 11083.332225, 8749.999125, 3888.8885
    ['inhabitants', 77_777_77, [37_333_33, 16_722_22, 11_083_33, 8_750_00, 3_888_89]],
    // 30 % alike: 6,000 each; 70,000 by inhabitants
    ['base', 100_000_00, [39_600_00, 21_050_00, 15_975_00, 13_875_00, 9_500_00], { base: 30 }],
    // points 5, 5, 3, 3, 2
    ['classes', 18_000_00, [5_000_00, 5_000_00, 3_000_00, 3_000_00, 2_000_00]],
    ['use', 20_000_00, [10_000_00, 5_000_00, 0, 1_000_00, 4_000_00]],
    ['tax', 50_000_00, [30_000_00, 10_000_00, 5_000_00, 3_000_00, 2_000_00]],
    // 20,000 by tax, 10,000 by inhabitants
    ['koenigstein', 30_000_00, [16_800_00, 6_150_00, 3_425_00, 2_325_00, 1_300_00]],
    ['free', 10_000_00, [4_000_00, 2_500_00, 1_500_00, 1_250_00, 750_00]],
    ['users', 100_00, [25_00, 25_00, 0, 25_00, 25_00]],
  ] as const)
    test(`${key} is what it is by hand`, () => assert.deepEqual(cents(key, total, more ?? {}), expected))

  test('what is left of a cent goes where the most of it was', () => {
    assert.deepEqual(cents('inhabitants', 100, {}, [{ name: 'A', inhabitants: 1 }, { name: 'B', inhabitants: 1 }, { name: 'C', inhabitants: 1 }]), [34, 33, 33]) // prettier-ignore
  })

  test('nobody pays less than their least or more than their most; the others bear the rest by the same key', () => {
    const bounded = FIVE.map((one) => (one.name === 'A' ? { ...one, cap: 30_000_00 } : one.name === 'E' ? { ...one, floor: 10_000_00 } : one)) // prettier-ignore
    // 100,000 by inhabitants: A 48,000 (most 30,000), E 5,000 (least 10,000); 60,000 left for B, C, D by 21.5, 14.25, 11.25
    assert.deepEqual(cents('inhabitants', 100_000_00, {}, bounded), [30_000_00, 27_446_81, 18_191_49, 14_361_70, 10_000_00])
  })

  test('the settlement takes off what was given in kind and paid already, and says it by inhabitant', () => {
    const [a, b] = shareOut({
      total: 10_000_00,
      key: 'equal',
      partners: [
        { name: 'A', inhabitants: 1000, inKind: 1_200_00, paid: 4_000_00 },
        { name: 'B', paid: 2_000_00 },
      ],
    }).items
    assert.deepEqual([a?.due, a?.perInhabitant, b?.due, b?.perInhabitant], [-200_00, 500, 3_000_00, undefined])
  })

  test('what is missing or does not add up is named with its place', () => {
    const fails = (body: object) => {
      try {
        shareOut(body)
      } catch (error) {
        return (error as Problem).at.pointer
      }
      return undefined
    }
    const two = (more: object) => [
      { name: 'A', inhabitants: 1, percent: 50 },
      { name: 'B', ...more },
    ]
    assert.equal(fails({ total: 100, key: 'inhabitants', partners: two({}) }), '/partners/1/inhabitants')
    assert.equal(fails({ total: 100, key: 'free', partners: two({ percent: 49 }) }), '/partners')
    assert.equal(fails({ total: 100, key: 'equal', partners: [{ name: 'A', cap: 10 }] }), '/partners')
    assert.equal(fails({ total: 1.5, key: 'equal', partners: two({}) }), '/total')
    assert.equal(fails({ total: 100, key: 'würfeln', partners: two({}) }), '/key')
    assert.equal(fails({ total: 100, key: 'users', partners: [{ name: 'A', use: 0 }] }), '/partners')
  })

  test('whatever is divided among whomever by whichever key sums to the total', () => {
    const partner = fc.record({ name: fc.constant('X'), inhabitants: fc.integer({ min: 1, max: 4_000_000 }), use: fc.double({ min: 0.001, max: 1e6, noNaN: true }), tax: fc.integer({ min: 1, max: 1_000_000_000 }) }) // prettier-ignore
    const keys = KEYS.filter((key) => key !== 'free')
    fc.assert(
      fc.property(fc.array(partner, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 1_000_000_000_00 }), fc.constantFrom(...keys), (partners, total, key) => {
        const { items, total: sum } = shareOut({ total, key, partners })
        assert.equal(sum, total)
        assert.ok(items.every(({ share }) => Number.isInteger(share) && share >= 0))
      }), // prettier-ignore
    )
  })
})
