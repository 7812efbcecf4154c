/** channel: which topics are told from the item alone, and how they are found. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { channelOf, keyOf, keysOf } from '../../../../src/protocols/sensorthings/channel.ts'
import { parseTopic } from '../../../../src/protocols/sensorthings/topics.ts'

const channel = (topic: string, door?: number) => channelOf(parseTopic(topic), door, 'http://x/sta/v1.1')

test('what asks for nothing beyond the item and its series is told from them', () => {
  for (const topic of ['v1.1/Observations', 'v1.1/Datastreams(7)/Observations', 'v1.1/Things', 'v1.1/Things(1)/name', 'v1.1/Things(1)/Datastreams', 'v1.1/Observations?$filter=result gt 5'])
    assert.ok(channel(topic).plain, topic) // prettier-ignore
  for (const topic of ['v1.1/Observations?$expand=Datastream', 'v1.1/Things(1)/Locations', 'v1.1/Datastreams(1)/Thing', 'v1.1/FeaturesOfInterest(1)/Observations', "v1.1/Observations?$filter=Datastream/Thing/name eq 'x'", "v1.1/Observations?$filter=FeatureOfInterest/name eq 'x'"])
    assert.ok(!channel(topic).plain, topic) // prettier-ignore
})

test('a channel is found by a key that its items have', () => {
  const found = (topic: string) => keyOf(channel(topic, 3).where)
  assert.equal(found('v1.1/Datastreams(7)/Observations'), 'series=7')
  assert.equal(found('v1.1/Things(5)'), 'id=5')
  assert.equal(found('v1.1/Things(5)/Datastreams'), 'entity=5')
  assert.equal(found('v1.1/Observations'), undefined)
  assert.equal(found('v1.1/Observations?$filter=id eq 1 or id eq 2'), undefined)
  const item = { id: 9, series: 7, dataset: 3, time: '2026-01-01T00:00:00Z', result: 1 }
  assert.deepEqual(keysOf(item), ['id=9', 'series=7'])
})

test('a property is told alone, deep ones by their last name, what is missing as null', () => {
  const item = { id: 1, dataset: 1, role: 'thing', iri: 'urn:x', types: [], name: 'N', description: '', attributes: { a: { b: 2 } }, about: {}, scopes: [], created: '', modified: '' } as const // prettier-ignore
  const said = (topic: string): unknown => JSON.parse(channel(topic).write(item))
  assert.deepEqual(said('v1.1/Things(1)/name'), { name: 'N' })
  assert.deepEqual(said('v1.1/Things(1)/properties/a/b'), { b: 2 })
  assert.deepEqual(said('v1.1/Things(1)/properties/c'), { c: null })
})
