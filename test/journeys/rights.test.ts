/** rights: roles, teams, portions and their reasons, over HTTP and at every door that gives data away. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { keeper } from '../../src/rights/principal.ts'
import { addDataset, air } from '../support/datasets.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const PASSWORD = 'korrekt pferd batterie'
const ADMIN = { authorization: 'Bearer rights-test-administrators-token-1234' }
const ZONE = { 'accept-language': 'en' }

describe('rights over HTTP', () => {
  let platform: Platform
  let number = 0
  before(async () => {
    platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_ADMIN_TOKEN: ADMIN.authorization.slice(7) })
    await addDataset(platform.service, 'luft', air(3, 48), { access: 'internal' })
    await addDataset(platform.service, 'wasser', air(1, 2).map(elsewhere), { access: 'internal' })
  })
  after(() => platform.end())

  const asAdmin = (call: string, body?: unknown) => platform.ask(call, { headers: ADMIN, body })
  /** A person with these grants, and how they ask. */
  const person = async (...grants: readonly object[]) => {
    const made = await asAdmin('POST /api/v1/accounts', { name: 'P', email: `p${++number}@stadt.example`, password: PASSWORD, grants })
    assert.equal(made.status, 201, made.text)
    const { session } = await platform.people.sessions.open(made.json.id, { agent: 'test' })
    const headers = { cookie: `allmende=${session}`, 'x-allmende': '1', ...ZONE }
    return { id: made.json.id as number, ask: (call: string, body?: unknown) => platform.ask(call, { headers, body }) }
  }
  type Person = Awaited<ReturnType<typeof person>>
  const things = async ({ ask }: Person) =>
    (await ask('GET /sta/v1.1/Things?$orderby=name')).json.value.map(({ name }: { name: string }) => name)
  const count = async ({ ask }: Person, path: string) => (await ask(`GET /sta/v1.1/${path}?$count=true&$top=0`)).json['@iot.count']

  test('a role on one dataset, and one for all of them', async () => {
    const consumer = await person({ dataset: 'luft', role: 'consumer' })
    assert.deepEqual(await things(consumer), ['Station 1', 'Station 2', 'Station 3'])
    assert.equal((await consumer.ask('PATCH /api/v1/datasets/luft', { title: 'x' })).status, 403)
    assert.equal((await consumer.ask('GET /api/v1/datasets/wasser')).status, 404)
    const everywhere = await person({ dataset: null, role: 'consumer' })
    assert.equal((await everywhere.ask('GET /api/v1/datasets/wasser')).status, 200)
    const architect = await person({ dataset: null, role: 'architect' })
    assert.equal((await architect.ask('POST /api/v1/datasets', { title: 'Neu' })).status, 201)
    const someone = { name: 'x', email: 'x@y.example', password: PASSWORD }
    assert.equal((await architect.ask('POST /api/v1/accounts', someone)).status, 403)
    assert.equal((await consumer.ask('POST /api/v1/datasets', { title: 'Neu' })).status, 403)
    const refused = await asAdmin('POST /api/v1/accounts', { ...someone, grants: [{ dataset: 'luft', role: 'architect' }] })
    assert.deepEqual([refused.status, refused.json.at.pointer], [400, '/grants/0/role'])
  })

  test('what a unit was granted holds for those below it, and ends with their leaving', async () => {
    const member = await person()
    const upper = await asAdmin('POST /api/v1/teams', {
      name: 'Baudezernat',
      kind: 'unit',
      grants: [{ dataset: 'luft', role: 'steward', purpose: 'Pflege der Messnetze' }],
    })
    assert.equal(upper.status, 201, upper.text)
    const lower = await asAdmin('POST /api/v1/teams', { name: 'Tiefbauamt', kind: 'unit', parent: upper.json.id, members: [member.id] })
    assert.deepEqual([lower.json.parent, lower.json.members], [upper.json.id, [member.id]])
    assert.equal((await things(member)).length, 3)
    const why = await member.ask('GET /api/v1/datasets/luft/why?verb=change')
    assert.deepEqual(
      [why.json.answer, why.json.rules[0].grant.team, why.json.rules[0].grant.purpose],
      ['all', 'Baudezernat', 'Pflege der Messnetze'],
    )
    const circle = await asAdmin(`PATCH /api/v1/teams/${upper.json.id}`, { parent: lower.json.id })
    assert.deepEqual([circle.status, circle.json.at.pointer], [400, '/parent'])
    assert.equal((await asAdmin('POST /api/v1/teams', { name: 'Tiefbauamt' })).status, 409)
    await asAdmin(`PATCH /api/v1/teams/${lower.json.id}`, { members: [] })
    assert.equal((await things(member)).length, 0)
    assert.equal((await asAdmin(`DELETE /api/v1/teams/${upper.json.id}`)).status, 204)
  })

  test('a grant ends when it was said to, and the reason is that it ended', async () => {
    const guest = await person({ dataset: 'luft', verbs: ['read'], expires: '2999-01-01T00:00:00Z' })
    assert.equal((await things(guest)).length, 3)
    await platform.database.query(
      (await import('../../src/store/sql.ts')).sql`update permission set expires = now() - interval '1 second' where account = ${guest.id}`,
    )
    platform.people.principals.forget()
    assert.equal((await things(guest)).length, 0)
    const why = await asAdmin(`GET /api/v1/datasets/luft/why?verb=read&who=user:${guest.id}`)
    assert.equal(why.json.answer, 'none')
    assert.ok(why.json.rules.some(({ because }: { because: string }) => because === 'expired'))
  })

  test('whoever sees the card alone is told so at the doors of the data', async () => {
    const curious = await person({ dataset: 'luft', verbs: ['read-metadata'] })
    assert.equal((await curious.ask('GET /api/v1/datasets/luft')).status, 200)
    assert.deepEqual(await things(curious), [])
    for (const door of ['/datasets/luft.csv', '/datasets/luft/sta/v1.1/Things', '/datasets/luft.geojson'])
      assert.equal((await curious.ask(`GET ${door}`)).status, 403, door)
    assert.equal((await curious.ask('GET /sta/v1.1/Datastreams')).json.value.length, 0)
    assert.equal((await curious.ask('GET /ngsi-ld/v1/entities?type=Station')).json.length, 0)
  })

  test('a card that all may find, of data that are for some', async () => {
    await asAdmin('PATCH /api/v1/datasets/wasser', { properties: { listed: true } })
    await platform.service.amend(keeper(1, 'test'), 'dataset', await idOf('wasser'), (old) => ({
      ...old,
      properties: { ...old.properties, listed: true },
    }))
    const listed = await platform.ask('GET /api/v1/datasets/wasser')
    assert.equal(listed.status, 200)
    assert.equal((await platform.ask('GET /datasets/wasser.csv')).status, 401)
    assert.equal((await platform.ask('GET /datasets/wasser/sta/v1.1/Observations')).status, 401)
    assert.equal((await platform.ask('GET /sta/v1.1/Things')).json.value.length, 0)
  })

  test('of some things, all that is measured, and what is needed to understand it', async () => {
    const north = await person({ dataset: 'luft', role: 'consumer', portion: { within: [8.05, 49, 8.15, 49.4] } })
    assert.deepEqual(await things(north), ['Station 1'])
    assert.equal(await count(north, 'Observations'), 48)
    assert.equal(await count(north, 'Sensors'), 1)
    const [stream] = (await north.ask('GET /sta/v1.1/Datastreams?$expand=Thing,ObservedProperty')).json.value
    assert.deepEqual([stream.Thing.name, stream.ObservedProperty.name], ['Station 1', 'pm10'])
    const csv = await north.ask('GET /datasets/luft.csv')
    assert.ok(csv.text.includes('Station 1') && !csv.text.includes('Station 2'), csv.text.slice(0, 200))
    const features = await north.ask('GET /ogc/collections/luft/items')
    assert.deepEqual(features.json.features.map(({ properties }: { properties: { name: string } }) => properties.name), ['Station 1']) // prettier-ignore
    const entities = await north.ask('GET /ngsi-ld/v1/entities?type=Station')
    assert.deepEqual(entities.json.map(({ id }: { id: string }) => id), ['urn:x:station:1']) // prettier-ignore
    const why = await north.ask('GET /api/v1/datasets/luft/why?verb=read')
    assert.deepEqual([why.json.answer, why.json.rules[0].extent], ['portion', 'portion'])
  })

  test('along a link of one’s own nobody comes to what they may not see, or learns of a link that was not granted', async () => {
    const [hidden] = (await asAdmin("GET /sta/v1.1/Things?$filter=name eq 'Pegel 1'")).json.value
    const [shown, other] = (await asAdmin("GET /sta/v1.1/Things?$filter=startswith(name,'Station')&$orderby=name")).json.value
    await asAdmin(`PATCH /sta/v1.1/Things(${shown['@iot.id']})`, { properties: { ...shown.properties, 'up.Thing@iot.id': hidden['@iot.id'], 'near.Thing@iot.id': other['@iot.id'] } }) // prettier-ignore
    const found = async ({ ask }: Person, link: string) => (await ask(`GET /sta/v1.1/Things?$filter=properties/${link}.Thing/name ge ''&$count=true`)).json['@iot.count'] // prettier-ignore
    const [whole, part] = [await person({ dataset: 'luft', role: 'consumer' }), await person({ dataset: 'luft', role: 'consumer', portion: { attributes: ['pm10'] } })] // prettier-ignore
    assert.deepEqual([await found(whole, 'near'), await found(whole, 'up')], [1, 0])
    assert.deepEqual([await found(part, 'near'), await found(part, 'up')], [0, 0])
    const expand =
      '$expand=properties/near.Thing($select=name),properties/up.Thing($select=name)&$filter=startswith(name,%27Station%27)&$orderby=name&$top=1'
    const properties = async ({ ask }: Person) => (await ask(`GET /sta/v1.1/Things?${expand}`)).json.value[0].properties
    assert.deepEqual([(await properties(whole))['near.Thing'], 'up.Thing' in (await properties(whole))], [{ name: other.name }, false])
    assert.deepEqual(await properties(part), {})
    assert.ok((await asAdmin(`GET /sta/v1.1/Things?${expand}`)).json.value[0].properties['up.Thing'].name)
    await asAdmin(`PATCH /sta/v1.1/Things(${shown['@iot.id']})`, { properties: shown.properties })
  })

  test('of old values nothing is learnt about the new ones', async () => {
    // the last values are of 2 January 2026, 23:00
    const since = Math.ceil((Date.now() - Date.parse('2026-01-02T11:30:00Z')) / 1000)
    const late = await person({ dataset: 'luft', role: 'consumer', portion: { olderThan: since } })
    assert.equal(await count(late, 'Observations'), 3 * 36)
    const { value } = (
      await late.ask("GET /sta/v1.1/Datastreams?$filter=name eq 'Feinstaub 1'&$expand=Observations($orderby=phenomenonTime desc;$top=1)")
    ).json
    assert.match(value[0].Observations[0].phenomenonTime, /^2026-01-02T11:00/)
    assert.equal(value[0].phenomenonTime, undefined)
    const series = (await late.ask('GET /api/v1/datasets/luft/series')).json.items
    assert.ok(
      series.every((one: { latest?: unknown }) => one.latest === undefined || one.latest === null),
      JSON.stringify(series[0]),
    )
    const guess = await late.ask('GET /ngsi-ld/v1/entities?type=Station&q=pm10>1')
    assert.deepEqual(guess.json, [])
    const chart = await late.ask(
      `GET /api/v1/series/${series[0].id}/summary?from=2026-01-01T00:00:00Z&until=2026-01-04T00:00:00Z&bucket=day`,
    )
    assert.equal(chart.status, 200, chart.text)
    // days begin in Germany: from 23:00 UTC to 11:00
    assert.equal(chart.json.items.at(-1).count, 13)
  })

  test('of means single values cannot be cut out', async () => {
    const mean = await person({ dataset: 'luft', role: 'consumer', portion: { means: 'day' } })
    assert.equal(await count(mean, 'Observations'), 0)
    const [{ id }] = (await mean.ask('GET /api/v1/datasets/luft/series')).json.items
    const summary = (bucket: string, from: string, until: string) =>
      mean.ask(`GET /api/v1/series/${id}/summary?from=${from}&until=${until}&bucket=${bucket}`)
    assert.deepEqual((await summary('hour', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).json.items, [])
    const cut = (await summary('day', '2026-01-01T10:00:00Z', '2026-01-01T10:30:00Z')).json.items
    assert.equal(cut.length, 1)
    assert.ok(cut[0].count > 20 && cut[0].min === undefined && cut[0].max === undefined, JSON.stringify(cut))
    assert.ok(Math.abs(cut[0].avg - 11.6) < 1.5, String(cut[0].avg))
  })

  test('of some attributes the others are not there, and cannot be asked about', async () => {
    const some = await person({ dataset: 'luft', role: 'consumer', portion: { attributes: ['height'] } })
    const [thing] = (await some.ask('GET /sta/v1.1/Things?$orderby=name')).json.value
    assert.deepEqual(thing.properties, { height: 1 })
    assert.equal(await count(some, 'Datastreams'), 0)
    assert.equal((await some.ask("GET /sta/v1.1/Things?$filter=properties/street eq 'Weg 2'")).json.value.length, 0)
    assert.equal((await some.ask('GET /sta/v1.1/Things?$filter=properties/height eq 2')).json.value.length, 1)
    const [entity] = (await some.ask('GET /ngsi-ld/v1/entities?type=Station')).json
    assert.equal(entity.street, undefined)
    assert.equal(entity.height.value, 1)
    const names = async ({ ask }: Person) => (await ask('GET /ngsi-ld/v1/attributes')).json.attributeList as readonly string[]
    const [part, whole] = [await names(some), await names(await person({ dataset: 'luft', role: 'consumer' }))]
    assert.ok(whole.includes('street') && whole.includes('pm10'), whole.join())
    assert.deepEqual([part.includes('height'), part.includes('street'), part.includes('pm10')], [true, false, false])
    assert.equal((await some.ask('GET /ngsi-ld/v1/types/Station')).json.entityCount, 3)
    assert.equal((await some.ask('GET /ngsi-ld/v1/attributes/street')).status, 404)
  })

  test('a portion is written within, and not beyond', async () => {
    const sensor = await person(
      { dataset: 'luft', verbs: ['read', 'append'], portion: { within: [8.05, 49, 8.15, 49.4] } },
      { dataset: 'luft', verbs: ['read'] },
    )
    const streams = (await sensor.ask('GET /sta/v1.1/Datastreams?$orderby=name')).json.value
    const post = (stream: { '@iot.id': number }) =>
      sensor.ask(`POST /sta/v1.1/Datastreams(${stream['@iot.id']})/Observations`, { result: 7, phenomenonTime: '2026-03-01T00:00:00Z' })
    assert.deepEqual([(await post(streams[0])).status, (await post(streams[1])).status], [201, 403])
    const thing = {
      name: 'Neu',
      description: 'x',
      Locations: [
        { name: 'x', description: 'x', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [9, 49.2] } },
      ],
    }
    const before = (await asAdmin('GET /sta/v1.1/Things?$count=true&$top=0')).json['@iot.count']
    assert.equal((await sensor.ask('POST /datasets/luft/sta/v1.1/Things', thing)).status, 403)
    assert.equal((await asAdmin('GET /sta/v1.1/Things?$count=true&$top=0')).json['@iot.count'], before)
  })

  test('an owner grants on their dataset what they have, and nothing beyond', async () => {
    const owner = await person({ dataset: 'luft', role: 'owner' })
    const other = await person()
    const to = { account: other.id }
    const given = await owner.ask('POST /api/v1/grants', {
      to,
      dataset: 'luft',
      role: 'consumer',
      purpose: 'Masterarbeit',
      expires: '2999-01-01T00:00:00Z',
    })
    assert.equal(given.status, 201, given.text)
    assert.equal((await things(other)).length, 3)
    assert.equal((await owner.ask('POST /api/v1/grants', { to, dataset: 'luft', role: 'gatekeeper' })).status, 403)
    assert.equal((await owner.ask('POST /api/v1/grants', { to, dataset: 'wasser', role: 'consumer' })).status, 403)
    assert.equal((await other.ask('POST /api/v1/grants', { to, dataset: 'luft', role: 'consumer' })).status, 403)
    const mine = await other.ask('GET /api/v1/grants')
    assert.deepEqual(mine.json.items.map(({ purpose }: { purpose: string }) => purpose), ['Masterarbeit']) // prettier-ignore
    const listed = (await owner.ask('GET /api/v1/datasets/luft/rights')).json.items
    const found = listed.find(({ id }: { id: string }) => id === `user:${other.id}`)
    assert.deepEqual(found.may.map(({ verb }: { verb: string }) => verb), ['read', 'read-metadata']) // prettier-ignore
    assert.equal((await other.ask('GET /api/v1/datasets/luft/rights')).status, 403)
    assert.equal((await owner.ask(`DELETE /api/v1/grants/${given.json.id}`)).status, 204)
    assert.equal((await things(other)).length, 0)
  })

  test('who may do what asks the database as often for many people and keys as for few', async () => {
    const database = platform.database as { query: (typeof platform.database)['query'] }
    const { query } = database
    let asked = 0
    database.query = (statement) => {
      asked++
      return query(statement)
    }
    const count = async () => {
      await asAdmin('GET /api/v1/datasets/luft/rights')
      asked = 0
      const { json } = await asAdmin('GET /api/v1/datasets/luft/rights')
      return { asked, people: json.items.length as number }
    }
    const few = await count()
    for (let i = 0; i < 4; i++) {
      const one = await person({ dataset: 'luft', role: 'consumer' }, { dataset: 'wasser', role: 'steward' })
      assert.equal((await one.ask('POST /api/v1/tokens', { name: 'Schlüssel', verbs: ['read'] })).status, 201)
    }
    const many = await count()
    database.query = query
    assert.ok(few.asked > 3)
    assert.deepEqual([many.asked, many.people], [few.asked, few.people + 8])
  })

  test('bad grants are refused by their place', async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{ dataset: 'luft', verbs: ['fly'] }, '/verbs/0'],
      [{ dataset: 'luft', role: 'king' }, '/role'],
      [{ dataset: 'nirgends', role: 'consumer' }, ''],
      [{ dataset: 'luft', role: 'consumer', portion: {} }, '/portion'],
      [{ dataset: 'luft', role: 'consumer', portion: { colour: 'red' } }, '/portion/colour'],
      [{ dataset: 'luft', role: 'consumer', portion: { olderThan: -1 } }, '/portion/olderThan'],
      [{ dataset: 'luft', role: 'consumer', portion: { means: 'minute' } }, '/portion/means'],
      [{ dataset: 'luft', role: 'consumer', portion: { within: [9, 49, 8, 50] } }, '/portion/within'],
      [
        {
          dataset: 'luft',
          role: 'consumer',
          portion: {
            within: {
              type: 'Polygon',
              coordinates: [
                [
                  [8, 49],
                  [8, 49],
                ],
              ],
            },
          },
        },
        '/portion/within',
      ],
      [{ dataset: 'luft', role: 'consumer', portion: { scopes: ['Nord'] } }, '/portion/scopes/0'],
      [{ dataset: 'luft', role: 'consumer', portion: { types: [] } }, '/portion/types'],
      [{ dataset: 'luft', role: 'consumer', expires: '2001-01-01T00:00:00Z' }, '/expires'],
      [{ dataset: 'luft', role: 'consumer', to: { account: 1, team: 1 } }, '/to'],
      [{ dataset: 'luft', role: 'consumer', to: { account: 99_999 } }, '/to'],
    ]
    for (const [grant, pointer] of cases) {
      const { status, json } = await asAdmin('POST /api/v1/grants', { to: { team: 99_999 }, ...grant })
      assert.ok(status === 400 || status === 404, JSON.stringify(grant))
      if (status === 400) assert.equal(json.at?.pointer ?? '', pointer, JSON.stringify(grant))
    }
  })

  async function idOf(slug: string): Promise<number> {
    return (await platform.service.dataset(keeper(1, 'test'), slug)).id
  }
})

/** The same under other names, for another dataset. */
function elsewhere<D extends { readonly draft: string }>(draft: D): D {
  return JSON.parse(JSON.stringify(draft).replaceAll('urn:x:station', 'urn:x:pegel').replaceAll('Station ', 'Pegel ')) as D
}
