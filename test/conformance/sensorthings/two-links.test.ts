/** two-links: SensorThings 2.0 (23-019): features with their types, what a Datastream is about in the end, and updates with what they link to. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { place, point, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
before(async () => {
  sta = await startSensorThings('/sta/v2.0')
})
after(() => sta.end())

async function status(call: string, expected: number, body?: unknown) {
  const answer = await sta.ask(call, body)
  assert.equal(answer.status, expected, `${call}: ${answer.text}`)
  return answer
}
const names = async (path: string): Promise<readonly string[]> =>
  (await sta.get(path)).value.map(({ name }: { readonly name: string }) => name)

const feature = (name: string, more: object = {}) => ({ name, encodingType: 'application/geo+json', feature: point(7, 51), ...more })
const text = (definition: string) => ({ type: 'Text', definition })
const datastream = (name: string, more: object = {}) => ({
  name,
  resultType: text(`http://x/${name}`),
  Sensor: { name: `Fühler ${name}` },
  ObservedProperties: [{ name, definition: `http://x/${name}` }],
  ...more,
})

test('req/datamodel/core/feature-type: made alone, along, below a Feature and linked; read from either side', async () => {
  const river = await sta.post('/FeatureTypes', { name: 'Fluss', definition: 'http://x/fluss', properties: { art: 1 } })
  const { id, name, definition, properties, description } = await sta.get(`/FeatureTypes(${river})`)
  assert.deepEqual([id, name, definition, properties, description], [river, 'Fluss', 'http://x/fluss', { art: 1 }, undefined])
  const rhine = await sta.post('/Features', feature('Rhein', { FeatureTypes: [{ '@id': `FeatureTypes(${river})` }, { name: 'Grenze' }] }))
  assert.deepEqual(await names(`/Features(${rhine})/FeatureTypes?$orderby=id`), ['Fluss', 'Grenze'])
  await sta.post(`/Features(${rhine})/FeatureTypes`, { name: 'Wasserstraße' })
  assert.deepEqual(await names(`/Features(${rhine})/FeatureTypes?$orderby=id`), ['Fluss', 'Grenze', 'Wasserstraße'])
  const other = await sta.post('/FeatureTypes', { name: 'Strom', Features: [{ '@id': `Features(${rhine})` }, feature('Donau')] })
  assert.deepEqual(await names(`/FeatureTypes(${other})/Features?$orderby=name`), ['Donau', 'Rhein'])
  assert.deepEqual(await names(`/Features?$filter=FeatureTypes/name eq 'Strom'&$orderby=name`), ['Donau', 'Rhein'])
  const { FeatureTypes } = await sta.get(`/Features(${rhine})?$expand=FeatureTypes($select=name;$orderby=name)`)
  assert.deepEqual(FeatureTypes.map((one: { name: string }) => one.name), ['Fluss', 'Grenze', 'Strom', 'Wasserstraße']) // prettier-ignore
  await status(`POST /FeatureTypes`, 400, { definition: 'http://x/ohne-namen' })
  await status(`DELETE /FeatureTypes(${other})`, 204)
  assert.equal((await names(`/Features(${rhine})/FeatureTypes`)).length, 3)
  const seen = await sta.platform.ask(`GET /sta/v1.1/FeaturesOfInterest(${rhine})`)
  assert.equal(seen.json.name, 'Rhein')
})

test('req/datamodel/core/feature: what Datastreams are about at first and in the end, said from either side', async () => {
  const rhine = await sta.post('/Features', feature('Rhein'))
  const sample = { ...feature('Probe'), FeatureTypes: [{ name: 'Wasserprobe' }] }
  const id = await sta.post('/Things', {
    name: 'Boot',
    Datastreams: [
      datastream('Güte', {
        ProximateFeatureOfInterest: sample,
        UltimateFeaturesOfInterest: [{ '@id': `Features(${rhine})` }, feature('Hafen')],
      }),
    ],
  })
  const [{ id: stream }] = (await sta.get(`/Things(${id})/Datastreams`)).value
  const path = `/Datastreams(${stream})`
  assert.deepEqual(await names(`${path}/UltimateFeaturesOfInterest?$orderby=name`), ['Hafen', 'Rhein'])
  assert.equal((await sta.get(`${path}/ProximateFeatureOfInterest`)).name, 'Probe')
  assert.deepEqual(await names(`/Features(${rhine})/DatastreamsUltimate`), ['Güte'])
  assert.deepEqual(await names(`/Features(${rhine})/DatastreamsProximate`), [])
  assert.deepEqual(await names(`/Datastreams?$filter=UltimateFeaturesOfInterest/name eq 'Hafen'`), ['Güte'])
  const expanded = await sta.get(`/Features(${rhine})?$expand=DatastreamsUltimate($expand=UltimateFeaturesOfInterest($orderby=name))`)
  assert.deepEqual(expanded.DatastreamsUltimate[0].UltimateFeaturesOfInterest.map((one: { name: string }) => one.name), ['Hafen', 'Rhein']) // prettier-ignore

  const land = await sta.post('/Features', feature('Land', { DatastreamsUltimate: [{ '@id': `Datastreams(${stream})` }] }))
  assert.deepEqual(await names(`${path}/UltimateFeaturesOfInterest?$orderby=name`), ['Hafen', 'Land', 'Rhein'])
  const spring = await sta.post('/Features', feature('Quelle', { DatastreamsProximate: [{ '@id': `Datastreams(${stream})` }] }))
  assert.equal((await sta.get(`${path}/ProximateFeatureOfInterest`)).id, spring)
  await sta.post(`/Features(${land})/DatastreamsUltimate`, { ...datastream('Pegel'), Thing: { '@id': `Things(${id})` } })
  assert.deepEqual(await names(`/Features(${land})/DatastreamsUltimate?$orderby=name`), ['Güte', 'Pegel'])
  assert.deepEqual(await names(`/Things(${id})/Datastreams?$filter=name eq 'Pegel'`), ['Pegel'])

  await status(`DELETE /Features(${land})`, 204)
  assert.deepEqual(await names(`${path}/UltimateFeaturesOfInterest?$orderby=name`), ['Hafen', 'Rhein'])
  await status(`GET ${path}`, 200)
  const sensing = await sta.platform.ask(`GET /sta/v1.1/Datastreams(${stream})`)
  assert.equal(sensing.json.name, 'Güte')
})

test('req/api/cud/update_relations: what features and Datastreams are tied to is added, replaced and removed', async () => {
  const [a, b] = [await sta.post('/Features', feature('A')), await sta.post('/Features', feature('B'))]
  const kind = await sta.post('/FeatureTypes', { name: 'Art' })
  const ref = (set: string, id: number) => ({ '@id': `${set}(${id})` })
  const id = await sta.post('/Datastreams', datastream('Reihe', { Thing: { name: 'Ding' } }))
  const ultimately = `/Datastreams(${id})/UltimateFeaturesOfInterest`
  await status(`POST ${ultimately}/$ref`, 204, ref('Features', a))
  await status(`POST ${ultimately}/$ref`, 204, ref('Features', b))
  assert.deepEqual(await names(`${ultimately}?$orderby=name`), ['A', 'B'])
  await status(`DELETE ${ultimately}(${a})/$ref`, 204)
  assert.deepEqual(await names(ultimately), ['B'])
  await status(`PUT ${ultimately}/$ref`, 204, { value: [ref('Features', a)] })
  assert.deepEqual(await names(ultimately), ['A'])
  await status(`POST /Features(${b})/DatastreamsUltimate/$ref`, 204, ref('Datastreams', id))
  assert.deepEqual(await names(`${ultimately}?$orderby=name`), ['A', 'B'])
  await status(`DELETE /Features(${b})/DatastreamsUltimate/$ref?$id=Datastreams(${id})`, 204)
  await status(`DELETE ${ultimately}/$ref`, 204)
  assert.deepEqual(await names(ultimately), [])
  await status(`PATCH /Datastreams(${id})`, 204, { UltimateFeaturesOfInterest: [ref('Features', b)] })
  assert.deepEqual(await names(ultimately), ['B'])

  await status(`POST /FeatureTypes(${kind})/Features/$ref`, 204, ref('Features', a))
  await status(`PATCH /FeatureTypes(${kind})`, 204, { Features: [ref('Features', b)] })
  assert.deepEqual(await names(`/FeatureTypes(${kind})/Features`), ['B'])
  await status(`PATCH /Features(${a})`, 204, { FeatureTypes: [ref('FeatureTypes', kind)] })
  assert.deepEqual(await names(`/FeatureTypes(${kind})/Features?$orderby=name`), ['A', 'B'])
  await status(`PATCH /Features(${a})`, 204, { FeatureTypes: [], DatastreamsProximate: [ref('Datastreams', id)] })
  assert.deepEqual(await names(`/FeatureTypes(${kind})/Features`), ['B'])
  assert.deepEqual(await names(`/Features(${a})/DatastreamsProximate`), ['Reihe'])
  await status(`PUT /Features(${a})/DatastreamsProximate/$ref`, 204, { value: [] })
  await status(`GET /Datastreams(${id})/ProximateFeatureOfInterest`, 404)
  await status(`POST ${ultimately}/$ref`, 400, ref('Features', 999_999))
})

test('req/api/cud/deep_update: new entities are made along, those that are there are changed, sets are whole', async () => {
  const id = await sta.post('/Things', {
    name: 'Ofen',
    Locations: [place('Küche', point(1, 1))],
    Datastreams: [datastream('Wärme'), datastream('Strom')],
  })
  const at = `/Things(${id})`
  const [cellar] = [await sta.post('/Locations', place('Keller', point(2, 2)))]
  await status(`PATCH ${at}`, 204, {
    name: 'Herd',
    Locations: [place('Garten', point(3, 3)), { '@id': `Locations(${cellar})`, name: 'Gewölbe' }],
  })
  assert.equal((await sta.get(at)).name, 'Herd')
  assert.deepEqual(await names(`${at}/Locations?$orderby=name`), ['Garten', 'Gewölbe'])
  assert.equal((await sta.get(`${at}/HistoricalLocations`)).value.length, 2)

  const streams = (await sta.get(`${at}/Datastreams?$orderby=name`)).value as { readonly id: number }[]
  const kept = streams.map((one) => ({ '@id': `Datastreams(${one.id})` }))
  await status(`PATCH ${at}`, 400, { name: 'Rost', Datastreams: [kept[0], datastream('Gas')] })
  assert.deepEqual([(await sta.get(at)).name, await names(`${at}/Datastreams?$orderby=name`)], ['Herd', ['Strom', 'Wärme']])
  assert.deepEqual(await names(`/Datastreams?$filter=name eq 'Gas'`), [], 'nothing of what is refused stays')
  await status(`PATCH ${at}`, 204, { Datastreams: [...kept, datastream('Gas', { Observations: [{ result: 'an' }] })] })
  assert.deepEqual(await names(`${at}/Datastreams?$orderby=name`), ['Gas', 'Strom', 'Wärme'])
  const [gas] = (await sta.get(`${at}/Datastreams?$filter=name eq 'Gas'&$expand=Observations`)).value
  assert.equal(gas.Observations[0].result, 'an')

  const path = `/Datastreams(${gas.id})`
  await status(`PATCH ${path}`, 204, { Sensor: { name: 'Neuer Fühler' }, UltimateFeaturesOfInterest: [feature('Haus', { FeatureTypes: [{ name: 'Gebäude' }] })] }) // prettier-ignore
  const { Sensor, UltimateFeaturesOfInterest } = await sta.get(`${path}?$expand=Sensor,UltimateFeaturesOfInterest($expand=FeatureTypes)`)
  assert.deepEqual([Sensor.name, UltimateFeaturesOfInterest[0].FeatureTypes[0].name], ['Neuer Fühler', 'Gebäude'])
  await status(`PATCH ${path}`, 204, { Sensor: { '@id': `Sensors(${Sensor.id})`, name: 'Umbenannt' } })
  assert.equal((await sta.get(`/Sensors(${Sensor.id})`)).name, 'Umbenannt')
  await status(`PATCH ${at}`, 204, { Locations: [] })
  assert.deepEqual(await names(`${at}/Locations`), [])
})

test('req/api/cud/deep_update: what is refused names its place, and leaves all as it was', async () => {
  const id = await sta.post('/Things', { name: 'Ofen', Locations: [place('Küche', point(1, 1))] })
  const refusals = [
    [{ name: 'X', Locations: [{ name: 'ohne Ort' }] }, '/Locations/0'],
    [{ name: 'X', Locations: [place('Neu', point(1, 1)), { '@id': 'Locations(999999)', name: 'Y' }] }, '/Locations/1/@id'],
    [{ name: 'X', Datastreams: [datastream('Neu', { Thing: { '@id': 'Things(999999)' }, Sensor: { '@id': 'Sensors(999999)' } })] }, '/Datastreams/0/Sensor'], // prettier-ignore
    [{ name: 'X', Locations: 'Küche' }, '/Locations'],
  ] as const
  for (const [body, pointer] of refusals) {
    const { json } = await status(`PATCH /Things(${id})`, 400, body)
    assert.equal(json.at?.pointer, pointer, JSON.stringify(json))
  }
  assert.deepEqual([(await sta.get(`/Things(${id})`)).name, await names(`/Things(${id})/Locations`)], ['Ofen', ['Küche']])
  assert.deepEqual(await names(`/Locations?$filter=name eq 'Neu'`), [])
  const { status: refused } = await sta.platform.ask(`PATCH /sta/v1.1/Things(${id})`, { body: { Locations: [place('Neu', point(1, 1))] } })
  assert.equal(refused, 400, '1.1 makes nothing along with a change')
})

test('1.1: what stands in another is linked as before', async () => {
  const one = (path: string) => sta.platform.ask(path)
  const body = thing('Baum', { Datastreams: [stream('Saft', { Observations: [{ result: 1, FeatureOfInterest: { ...place('Ast', point(1, 2)), feature: point(1, 2), location: undefined } }] })] }) // prettier-ignore
  const made = await sta.platform.ask('POST /sta/v1.1/Things', { body })
  assert.equal(made.status, 201, made.text)
  const found = await one(
    `GET /sta/v1.1/Things?$filter=name eq 'Baum'&$expand=Datastreams($expand=Observations($expand=FeatureOfInterest))`,
  )
  assert.equal(found.json.value[0].Datastreams[0].Observations[0].FeatureOfInterest.name, 'Ast')
})
