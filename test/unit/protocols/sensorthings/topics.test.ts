/** topics: MQTT topics read into paths, doors and options; nonsense is a Problem, never another error. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../../../src/problem.ts'
import { parseTopic, speaks } from '../../../../src/protocols/sensorthings/topics.ts'

test('with and without the prefix, and through the door of a dataset', () => {
  for (const [topic, dataset] of [
    ['v1.1/Datastreams(7)/Observations', undefined],
    ['sta/v1.1/Datastreams(7)/Observations', undefined],
    ['datasets/luft/v1.1/Datastreams(7)/Observations', 'luft'],
    ['datasets/luft/sta/v1.1/Datastreams(7)/Observations', 'luft'],
  ] as const) {
    assert.ok(speaks(topic), topic)
    const read = parseTopic(topic)
    assert.equal(read.dataset, dataset)
    assert.deepEqual(read.path.steps.map(({ type, key }) => [type.set, key]), [['Datastreams', 7], ['Observations', undefined]]) // prettier-ignore
  }
})

test('options follow, and an ampersand may stand in a text', () => {
  const { options } = parseTopic("v1.1/Things?$filter=name eq 'a&b'&$select=name")
  assert.deepEqual(options.select, [['name']])
  assert.deepEqual(options.said, { $filter: "name eq 'a&b'", $select: 'name' })
})

test('others are not ours', () => {
  for (const topic of ['', 'v1.1', 'v1.0/Things', 'v3.0/Things', 'x/v1.1/Things', '#', 'datasets/a/b/v1.1/Things'])
    assert.ok(!speaks(topic), topic)
})

test('nonsense is refused with a kind', () => {
  for (const [topic, kind] of [
    ['v1.1/', 'not-found'],
    ['v1.1/Nothing', 'not-found'],
    ['v1.1/Things(1', 'not-found'],
    ['v1.1/Things?$top=5', 'not-implemented'],
    ['v1.1/Things?select=name', 'invalid-query'],
    ['v1.1/Things?$select=name&$select=name', 'invalid-query'],
    ['v1.1/Things?$select', 'invalid-query'],
    ['v1.1/Things?$filter=name eq', 'invalid-query'],
  ] as const)
    assert.throws(
      () => parseTopic(topic),
      (error) => error instanceof Problem && error.kind === kind,
      topic,
    )
})

test('any text is read or refused', () => {
  const piece = fc.oneof(fc.constantFrom('Things', 'Datastreams', 'Observations', '(1)', "('", '/', '?', '$filter=', '$select=', '$expand=', '&', 'result gt ', '1', '(', ')'), fc.string()) // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        parseTopic(`v1.1/${pieces.join('')}`)
      } catch (error) {
        assert.ok(error instanceof Problem, String(error))
      }
    }),
  )
})
