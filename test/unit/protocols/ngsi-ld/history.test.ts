/** history: a history that does not fit ends for all series where the first of them ends. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historiesOf } from '../../../../src/protocols/ngsi-ld/history.ts'
import { bareEntity, type Writer } from '../../../../src/protocols/ngsi-ld/making.ts'
import { emptyState } from '../../../../src/protocols/ngsi-ld/change.ts'

const at = (hour: number) => `2026-03-01T0${hour}:00:00Z`
const series = (id: number, attribute: string, hours: readonly number[], next?: string) => ({
  id,
  entity: 1,
  attribute,
  instance: '',
  kind: 'value',
  unit: { name: null, symbol: null, definition: null },
  properties: {},
  with: { observations: { items: hours.map((hour) => ({ id: hour, series: id, dataset: 1, time: at(hour), result: hour })), ...(next && { next }) } }, // prettier-ignore
})
/** As it is asked for: newest first. */
const backwards = [series(1, 'a', [3, 2, 1]), series(2, 'b', [5, 4, 1])]
const all = [series(1, 'a', [1, 2, 3], 'more'), series(2, 'b', [1, 4, 5])]
const writerOf = (items: readonly unknown[]) =>
  ({ who: {}, service: { find: async () => ({ items }), versions: async () => [] } }) as unknown as Writer
const thing = { ...bareEntity({ id: 1, dataset: 1, iri: 'urn:x:1', types: ['T'] }), with: { series: { items: all as never } } }
const known = { thing, state: emptyState('urn:x:1', ['T'], at(0)) }

test('6.3.10: the part that is told, and nothing beyond it', async () => {
  const { histories, part } = await historiesOf(writerOf(all), [known], { window: { property: 'observedAt', asked: true, from: at(0) }, wants: (name) => name !== 'location' }) // prettier-ignore
  assert.deepEqual(part, { first: at(1), last: at(3) })
  const [{ attributes }] = histories as readonly [(typeof histories)[0]]
  assert.deepEqual([...attributes].map(([name, of]) => [name, of.map(({ value }) => value)]), [['a', [1, 2, 3]], ['b', [1]]]) // prettier-ignore
})

test('the last n of each are whole, oldest first', async () => {
  const { histories, part } = await historiesOf(writerOf(backwards), [known], { window: { property: 'observedAt', asked: true, until: at(9) }, lastN: 3, wants: (name) => name !== 'location' }) // prettier-ignore
  assert.equal(part, undefined)
  assert.deepEqual(histories[0]?.attributes.get('b')?.map(({ value }) => value), [1, 4, 5]) // prettier-ignore
})
