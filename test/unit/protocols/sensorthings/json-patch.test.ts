/** json-patch: the examples of RFC 6902, appendix A, in short. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../../src/model/json.ts'
import { applyPatch } from '../../../../src/protocols/sensorthings/json-patch.ts'
import { Problem } from '../../../../src/problem.ts'

const CASES: readonly (readonly [string, Json, Json, Json | number])[] = [
  ['add a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
  ['add an element', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
  ['add at the end', { foo: [1] }, [{ op: 'add', path: '/foo/-', value: 2 }], { foo: [1, 2] }],
  ['add null', {}, [{ op: 'add', path: '/a', value: null }], { a: null }],
  ['remove a member', { baz: 1, foo: 2 }, [{ op: 'remove', path: '/baz' }], { foo: 2 }],
  ['remove an element', { foo: [1, 2, 3] }, [{ op: 'remove', path: '/foo/1' }], { foo: [1, 3] }],
  ['replace', { baz: 1, foo: 2 }, [{ op: 'replace', path: '/baz', value: 3 }], { foo: 2, baz: 3 }],
  ['replace the whole', { a: 1 }, [{ op: 'replace', path: '', value: [1] }], [1]],
  ['move', { a: { x: 1 }, b: {} }, [{ op: 'move', from: '/a/x', path: '/b/y' }], { a: {}, b: { y: 1 } }],
  ['move an element', { a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
  ['copy', { a: [1] }, [{ op: 'copy', from: '/a', path: '/b' }], { a: [1], b: [1] }],
  ['test', { a: [1, { b: null }] }, [{ op: 'test', path: '/a', value: [1, { b: null }] }], { a: [1, { b: null }] }],
  ['escaped names', { 'a/b': 1, 'c~d': 2 }, [{ op: 'remove', path: '/a~1b' }, { op: 'remove', path: '/c~0d' }], {}],
  ['__proto__ is a name like any other', {}, [{ op: 'add', path: '/__proto__', value: 1 }], JSON.parse('{"__proto__":1}')],
  ['a test that fails', { a: 1 }, [{ op: 'test', path: '/a', value: 2 }], 409],
  ['nothing to remove', {}, [{ op: 'remove', path: '/a' }], 400],
  ['nothing to replace', {}, [{ op: 'replace', path: '/a', value: 1 }], 400],
  ['no such parent', {}, [{ op: 'add', path: '/a/b', value: 1 }], 400],
  ['beyond the end', { a: [] }, [{ op: 'add', path: '/a/1', value: 1 }], 400],
  ['a position with a leading zero', { a: [1, 2] }, [{ op: 'remove', path: '/a/01' }], 400],
  ['into itself', { a: {} }, [{ op: 'move', from: '/a', path: '/a/b' }], 400],
  ['no value', {}, [{ op: 'add', path: '/a' }], 400],
  ['no pointer', {}, [{ op: 'add', path: 'a', value: 1 }], 400],
  ['an unknown operation', {}, [{ op: 'frob', path: '/a' }], 400],
  ['no list', {}, {}, 400],
] // prettier-ignore

for (const [name, document, operations, wanted] of CASES)
  test(name, () => {
    const before = JSON.stringify(document)
    if (typeof wanted === 'number')
      assert.throws(() => applyPatch(document, operations), (error) => error instanceof Problem && error.status === wanted) // prettier-ignore
    else assert.deepEqual(applyPatch(document, operations), wanted)
    assert.equal(JSON.stringify(document), before)
  })

test('any operations are applied or refused', () => {
  const pointers = fc.constantFrom('', '/a', '/a/0', '/a/-', '/b/c', '/__proto__/x', '/a~1', 'x', '/')
  const operation = fc.record({ op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'), path: pointers, from: pointers, value: fc.jsonValue() }, { requiredKeys: ['op', 'path'] }) // prettier-ignore
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      try {
        applyPatch({ a: [1, { x: 1 }], b: { c: null } }, operations as Json)
      } catch (error) {
        assert.ok(error instanceof Problem, String(error))
      }
    }),
  )
})
