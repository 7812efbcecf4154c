import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../../../src/problem.ts'
import { parseGeo } from '../../../../src/protocols/ngsi-ld/geo.ts'
import { parseQ } from '../../../../src/protocols/ngsi-ld/q.ts'
import { parseScopeQ } from '../../../../src/protocols/ngsi-ld/scope-q.ts'
import { parseTypes } from '../../../../src/protocols/ngsi-ld/type-selection.ts'

const same = (term: string): string => term
const pieces = fc.constantFrom(
  'a', 'b.c', 'https://x.y/z#a', '==', '!=', '>', '<=', '~=', '!~=', ';', '|', ',', '(', ')', '[', ']', '{', '}', '..', '1', '-2.5e3', '"x"', '"', '\\',
  'true', '2026-01-01', '2026-01-01T00:00:00Z', '12:00:00Z', 'urn:x:1', '/a', '/#', '+', '*', ' ', 'ü', '😀', 'near;maxDistance==5', 'Point', '[8,49]',
) // prettier-ignore
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ maxLength: 40 }),
)

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  q: (text) => parseQ(text, same),
  scopeQ: parseScopeQ,
  type: (text) => parseTypes(text, same),
  georel: (text) => parseGeo({ georel: text, geometry: 'Point', coordinates: '[8,49]', geoproperty: null }, same),
  coordinates: (text) => parseGeo({ georel: 'within', geometry: 'Polygon', coordinates: text, geoproperty: null }, same),
}

for (const [name, parse] of Object.entries(PARSERS))
  test(`${name}: whatever is written is read, or refused with a reason`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parse(text)
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
          assert.ok(['invalid-query', 'not-implemented'].includes(error.kind))
        }
      }),
      { numRuns: 3000 },
    )
  })

test('what is deep or long is refused quickly', () => {
  for (const text of [`${'('.repeat(10_000)}a`, `a==${'"x",'.repeat(10_000)}"x"`])
    assert.throws(() => parseQ(text, same), { kind: 'invalid-query' })
})

test('names in quotes keep their quotes, and words of the vocabulary are expanded when asked', () => {
  const [plain, expanded] = [parseQ('a=="x"', same), parseQ('a=="x"', (term) => `urn:${term}`, new Set(['urn:a']))]
  assert.match(JSON.stringify(plain), /"value":"x"/)
  assert.match(JSON.stringify(expanded), /"value":"urn:x"/)
  assert.match(JSON.stringify(parseQ(String.raw`a=="say \"x\""`, same)), /say \\"x\\"/)
})
