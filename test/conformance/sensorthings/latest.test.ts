/** latest: the newest Observation of many Datastreams comes from what each series knows; it is the one that looking through all would find. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { place, point, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
before(async () => (sta = await startSensorThings()))
after(() => sta.end())

const at = (phenomenonTime: string, result: unknown) => ({ phenomenonTime, result })

/** With the id as a second term nothing is taken from what the series knows. */
async function both(more = '$select=name') {
  const by = (order: string) => sta.get(`/Datastreams?$orderby=name&${more}&$expand=Observations($top=1;$count=true;$orderby=${order};$expand=FeatureOfInterest($select=name))`) // prettier-ignore
  return [await by('phenomenonTime desc'), await by('phenomenonTime desc,id desc')]
}

const plain = (page: unknown) => JSON.parse(JSON.stringify(page).replaceAll(/\$orderby=[^&"]*&?/g, '')) as unknown

test('the newest of each is the same as by looking, also of intervals, of none, and after changes', async () => {
  const Datastreams = [
    stream('einzeln', { Observations: [at('2026-01-01T00:00:00Z', 1)] }),
    stream('keine'),
    stream('Lauf', { Observations: ['01', '03', '02'].map((month) => at(`2026-${month}-01T00:00:00Z`, month)) }),
    stream('gleichzeitig', { Observations: [at('2026-01-01T00:00:00Z', 1), at('2026-01-01T00:00:00Z', 2)] }),
    stream('Dauer', {
      Observations: [at('2026-01-01T00:00:00Z/2026-06-01T00:00:00Z', 1), at('2026-02-01T00:00:00Z/2026-03-01T00:00:00Z', 2)],
    }),
  ]
  await sta.post('/Things', thing('Ding', { Locations: [place('Ort', point(8, 50))], Datastreams }))
  const [fast, slow] = await both()
  assert.deepEqual(plain(fast), plain(slow))
  const newest = fast.value.map((one: { name: string; Observations: { result: unknown }[] }) => [one.name, one.Observations[0]?.result])
  assert.deepEqual(newest, [['Dauer', 2], ['Lauf', '03'], ['einzeln', 1], ['gleichzeitig', 2], ['keine', undefined]]) // prettier-ignore
  const run = fast.value[1]
  assert.equal(run['Observations@iot.count'], 3)
  const [, next = ''] = /\/sta\/v1\.1(.*)$/.exec(run['Observations@iot.nextLink']) ?? []
  assert.equal((await sta.get(next)).value[0].result, '02')
  const { value } = await sta.get("/Observations?$filter=result eq '03'")
  await sta.ask(`DELETE /Observations(${value[0]['@iot.id']})`)
  const [later, looked] = await both()
  assert.deepEqual(plain(later), plain(looked))
  assert.equal(later.value[1].Observations[0].result, '02')
})
