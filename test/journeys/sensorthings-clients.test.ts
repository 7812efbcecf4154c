/** sensorthings-clients: requests as the clients that exist send them, and what they read out of the answers. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Answer, type Platform } from '../support/platform.ts'

let platform: Platform
const HOST = 'http://localhost:8080'
const post = async (path: string, body: unknown): Promise<string> => {
  const answer = await platform.ask(`POST /sta/v1.1${path}`, { body })
  assert.equal(answer.status, 201, answer.text)
  return answer.headers['location'] ?? ''
}
const get = async (url: string): Promise<Answer['json']> => {
  const answer = await platform.ask(`GET ${url.replace(HOST, '')}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json
}
const idIn = (location: string): number => Number(/\((\d+)\)/.exec(location)?.[1])

const things: number[] = []
let stream = 0
before(async () => {
  platform = await startPlatform()
  for (let i = 0; i < 7; i++)
    things.push(idIn(await post('/Things', {
      name: `Ladesäule ${i}`,
      description: 'Strom',
      properties: { serviceName: 'HH_STA_E-Ladestationen', behindertenparkplatz: i % 2 ? 'ja' : 'nein' },
      Locations: [{ name: `Ort ${i}`, description: '', encodingType: 'application/vnd.geo+json', location: { type: 'Point', coordinates: [9.9 + i / 100, 53.5] } }],
      Datastreams: [{ name: 'Belegung', description: 'Belegtstatus', unitOfMeasurement: { name: '', symbol: '', definition: '' }, observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation', properties: { layerName: 'Status_E-Ladepunkt' }, Sensor: { name: 'S', description: '', encodingType: 'text/html', metadata: '' }, ObservedProperty: { name: 'Status', description: '', definition: 'http://x/status' }, Observations: [{ phenomenonTime: '2026-01-01T00:00:00Z', result: 'AVAILABLE' }, { phenomenonTime: '2026-01-02T00:00:00Z', result: 'CHARGING' }] }],
    }))) // prettier-ignore
  stream = (await get(`/sta/v1.1/Things(${things[0]})/Datastreams`)).value[0]['@iot.id']
})
after(() => platform.end())

test('Masterportal follows nextLink, reads $top and $skip out of it, and stops where it must', async () => {
  const first = `/sta/v1.1/Things?$filter=Datastreams/properties/layerName%20eq%20%27Status_E-Ladepunkt%27&$expand=Locations,Datastreams($expand=Observations($top=1;$orderby=phenomenonTime%20desc),ObservedProperty)&$count=true`
  let next: string | undefined = `${first}&$top=3`
  let fetched = 0
  for (let rounds = 0; next !== undefined && rounds < 10; rounds++) {
    const page: Answer['json'] = await get(next)
    assert.equal(page['@iot.count'], 7)
    fetched += page.value.length
    for (const thing of page.value) assert.deepEqual(thing.Datastreams[0].Observations.map((one: { result: string }) => one.result), ['CHARGING']) // prettier-ignore
    next = page['@iot.nextLink']
    if (next === undefined) continue
    const [top, skip] = [/[$|%24]top=(\d+)/.exec(next)?.[1], /[$|%24]skip=(\d+)/.exec(next)?.[1]]
    assert.deepEqual([Number(top), Number(skip)], [3, fetched])
  }
  assert.equal(fetched, 7)
})

test('Masterportal asks for what lies in the map', async () => {
  const polygon = encodeURIComponent(
    "st_within(Locations/location,geography'POLYGON ((9.8 53.4,9.925 53.4,9.925 53.6,9.8 53.6,9.8 53.4))')",
  )
  const { value } = await get(`/sta/v1.1/Things?$filter=${polygon}&$expand=Locations`)
  assert.deepEqual(value.map((one: { name: string }) => one.name), ['Ladesäule 0', 'Ladesäule 1', 'Ladesäule 2']) // prettier-ignore
})

test('Grafana appends the part behind the question mark to the same path', async () => {
  const path = `/sta/v1.1/Datastreams(${stream})/Observations`
  const page = await get(
    `${path}?$orderby=phenomenonTime+asc&$filter=phenomenonTime+ge+2026-01-01T00:00:00.000Z+and+phenomenonTime+le+2026-01-03T00:00:00.000Z&$top=1`,
  )
  assert.equal(page.value[0].result, 'AVAILABLE')
  const again = await get(`${path}?${page['@iot.nextLink'].split('?')[1]}`)
  assert.deepEqual([again.value[0].result, again['@iot.nextLink']], ['CHARGING', undefined])
})

test('QGIS counts, tells layers by geometry, and expands deeply with options', async () => {
  assert.equal((await get('/sta/v1.1/Things?$count=true&$top=0'))['@iot.count'], 7)
  assert.equal((await get("/sta/v1.1/Locations?$top=0&$count=true&$filter=location/type eq 'Point' or location/geometry/type eq 'Point'"))['@iot.count'], 7) // prettier-ignore
  assert.equal((await get("/sta/v1.1/Locations?$top=0&$count=true&$filter=location/type eq 'Polygon' or location/geometry/type eq 'Polygon'"))['@iot.count'], 0) // prettier-ignore
  const page = await get('/sta/v1.1/Things?$top=200&$count=false&$expand=Locations($orderby=id desc;$top=3;$expand=HistoricalLocations($orderby=time desc;$top=2)),Datastreams($top=5)') // prettier-ignore
  assert.equal(page.value[0].Locations[0].HistoricalLocations.length, 1)
  const extent = encodeURIComponent("geo.intersects(location, geography'Polygon ((9.8 53.4, 9.925 53.4, 9.925 53.6, 9.8 53.6, 9.8 53.4))')")
  assert.equal((await get(`/sta/v1.1/Locations?$top=0&$count=true&$filter=${extent}`))['@iot.count'], 3)
  const huge = await get('/sta/v1.1/Things?$top=2147483647&$orderby=@iot.id asc')
  assert.deepEqual([huge.value.length, huge['@iot.nextLink']], [7, undefined])
})

test('frost-sta-client of Python creates with links, reads the Location header, and filters by @iot.id', async () => {
  const location = await post('/Observations', { result: 3, phenomenonTime: '2026-01-03T00:00:00.000000Z', resultTime: '2026-01-03T00:00:00+00:00', Datastream: { '@iot.id': stream } }) // prettier-ignore
  assert.match(location, /^http:\/\/localhost:8080\/sta\/v1\.1\/Observations\(\d+\)$/)
  const found = await get(`/sta/v1.1/Observations?$filter=@iot.id eq ${idIn(location)}&$expand=Datastream`)
  assert.equal(found.value[0].Datastream['@iot.id'], stream)
  const array = await platform.ask('POST /sta/v1.1/CreateObservations', { body: [{ Datastream: { '@iot.id': stream }, components: ['phenomenonTime', 'result'], 'dataArray@iot.count': 2, dataArray: [['2026-01-04T00:00:00Z', 1], ['2026-01-05T00:00:00Z', 2]] }] }) // prettier-ignore
  assert.equal(array.json.length, 2)
})

test('Osnabrück asks for parking: JSON properties, two levels, and a time that is reckoned', async () => {
  const query = "$select=name&$filter=startswith(name,'Lade') and properties/behindertenparkplatz eq 'ja'&$expand=Datastreams($select=description;$filter=description eq 'Belegtstatus';$expand=Observations($filter=phenomenonTime gt now() sub duration'P36500D'))" // prettier-ignore
  const { value } = await get(`/sta/v1.1/Things?${query.replaceAll(' ', '%20')}`)
  assert.deepEqual([value.length, Object.keys(value[0]), value[0].Datastreams[0].Observations.length], [3, ['name', 'Datastreams'], 2])
})

test('each request is a constant number of statements, whatever hangs on it', async () => {
  const count = async (top: number) => {
    const { database } = platform
    const before = await statements()
    await get(
      `/sta/v1.1/Things?$top=${top}&$expand=Locations,Datastreams($expand=Sensor,ObservedProperty,Observations($top=1;$expand=FeatureOfInterest))`,
    )
    return (await statements()) - before
    async function statements(): Promise<number> {
      return asked.get(database) ?? 0
    }
  }
  const asked = new Map<object, number>()
  const query = platform.database.query.bind(platform.database)
  platform.database.query = (statement) => {
    asked.set(platform.database, (asked.get(platform.database) ?? 0) + 1)
    return query(statement) as never
  }
  const [one, all] = [await count(1), await count(7)]
  platform.database.query = query
  assert.equal(all, one)
  assert.ok(one > 0 && one < 15, String(one))
})
