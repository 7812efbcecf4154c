/** JSON that PostgreSQL takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText } from '../../../src/store/json-text.ts'

for (const [value, told] of [
  ['a\0b', 'a\ufffdb'],
  ['\ud800', '\ufffd'],
  ['\udfff!', '\ufffd!'],
  ['😀', '😀'],
  ['\\u0000', '\\u0000'],
  ['\\\0', '\\\ufffd'],
  ['\u0001\n"', '\u0001\n"'],
] as const)
  test(`json-text: ${JSON.stringify(value)}`, () => assert.deepEqual(JSON.parse(jsonText({ [value]: [value] })), { [told]: [told] }))
