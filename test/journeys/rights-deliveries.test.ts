/** Rights are those of the moment at which something is delivered: to a watch, over MQTT, by subscription, in a download that goes on. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { connectAsync } from 'mqtt'
import { polygonOf } from '../../src/model/geometry.ts'
import { pagesOf } from '../../src/protocols/downloads/pages.ts'
import { equals, everything } from '../../src/query/filter.ts'
import { ask } from '../../src/query/query.ts'
import { keeper, type Principal } from '../../src/rights/principal.ts'
import { addDataset, air } from '../support/datasets.ts'
import { openEndpoint, type Endpoint } from '../support/endpoint.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const root = keeper(1, 'test')
const FIRST = { within: polygonOf([8.05, 49, 8.15, 49.4]) }

describe('rights at each delivery', () => {
  let platform: Platform
  let endpoint: Endpoint
  let dataset: number
  let series: readonly number[]
  let number = 0
  before(async () => {
    endpoint = await openEndpoint()
    platform = await startPlatform({ ALLMENDE_MQTT_PORT: '0', ALLMENDE_PORT: '0' })
    await platform.listen()
    dataset = await addDataset(platform.service, 'luft', air(2, 1), { access: 'internal' })
    const found = await platform.service.find(root, {
      ...ask('series', everything),
      order: [{ by: { path: ['name'] }, descending: false }],
    })
    series = found.items.filter(({ kind }) => kind === 'value').map(({ id }) => id)
  })
  after(async () => {
    await platform.end()
    await endpoint.close()
  })

  const person = async (portion?: object) => {
    const grant = { dataset, verbs: ['read'], portion }
    const { people } = platform
    const account = await people.accounts.add(root, { name: 'P', email: `p${++number}@stadt.example`, password: 'korrekt pferd batterie', grants: [grant] }) // prettier-ignore
    const { session, who } = await people.sessions.open(account.id, { agent: 'test' })
    const { token } = await people.tokens.make(who, { name: 't', verbs: ['read'] })
    return {
      who,
      token,
      leave: () => people.accounts.change(root, account.id, { grants: [] }),
      signOut: () => people.sessions.signOut(session),
    }
  }
  const measure = async (which: number, minute: number) => {
    const time = `2026-05-01T12:${String(minute).padStart(2, '0')}:00Z`
    const [answer] = await platform.service.append(root, [{ series: series[which] ?? 0, time, result: minute }])
    assert.equal(typeof answer, 'number')
    return answer as number
  }

  const listen = async (who: Principal) => {
    const stop = new AbortController()
    const { promise: begun, resolve } = Promise.withResolvers<void>()
    const heard: number[] = []
    const ended = (async () => {
      for await (const changes of platform.service.watch(who, everything, stop.signal, resolve))
        heard.push(...changes.flatMap(({ items }) => items))
    })()
    await begun
    return { heard, ended, stop }
  }

  test('a watch that is running tells nothing any more once the grant is gone, and ends with the session', async () => {
    const [guest, keeping] = [await person(), await listen(root)]
    const watching = await listen(guest.who)
    const first = await measure(0, 1)
    await until(() => watching.heard.includes(first))
    await guest.leave()
    const second = await measure(0, 2)
    await until(() => keeping.heard.includes(second))
    assert.ok(!watching.heard.includes(second))
    await guest.signOut()
    await measure(0, 3)
    await assert.rejects(watching.ended, { kind: 'unauthenticated' })
    keeping.stop.abort()
    await keeping.ended
  })

  test('rule 13, access: over MQTT each hears the portion that is theirs, for as long as it is', async () => {
    const guest = await person(FIRST)
    const heard = await hearing(guest.token)
    const all = await hearing((await person()).token)
    await measure(1, 11)
    await measure(0, 12)
    await until(() => all.results.includes(12))
    await until(() => heard.results.length > 0)
    assert.deepEqual(heard.results, [12])
    await guest.leave()
    await measure(0, 13)
    await until(() => all.results.includes(13))
    assert.deepEqual(heard.results, [12])
    await Promise.all([heard.end(), all.end()])
  })

  test('rule 13, access: subscriptions of NGSI-LD tell of the portion, and fire on nothing that is kept back', async () => {
    const [north, late] = [await person(FIRST), await person({ olderThan: 3600 * 24 * 365 * 50 })]
    await subscribe(north.token, '/north')
    await subscribe(late.token, '/late')
    await subscribe((await person()).token, '/all')
    await measure(1, 21)
    await measure(0, 22)
    const all = await endpoint.wait(2, '/all')
    assert.deepEqual(
      all.map(valueIn).toSorted((a, b) => a - b),
      [21, 22],
    )
    const told = await endpoint.wait(1, '/north')
    assert.deepEqual(told.map(valueIn), [22])
    assert.equal(endpoint.taken.filter(({ path }) => path === '/late').length, 0)
  })

  test('a download that is under way goes on for as long as the rights do', async () => {
    const guest = await person()
    const where = equals(['dataset'], dataset)
    const pages = pagesOf({ service: platform.service, who: guest.who }, ask('observation', where, 2))
    assert.equal((await pages.next()).value?.length, 2)
    await guest.leave()
    assert.equal((await pages.next()).done, true)
    const again = await person()
    const more = pagesOf({ service: platform.service, who: again.who }, ask('observation', where, 2))
    await more.next()
    await again.signOut()
    await assert.rejects(more.next(), { kind: 'unauthenticated' })
  })

  async function hearing(token: string) {
    const client = await connectAsync(`mqtt://127.0.0.1:${platform.mqttPorts().plain}`, {
      username: 'token',
      password: token,
      reconnectPeriod: 0,
    })
    const results: number[] = []
    client.on('message', (_topic, payload) => results.push(JSON.parse(payload.toString()).result))
    await client.subscribeAsync('v1.1/Observations', { qos: 1 })
    return { results, end: () => client.endAsync(true) }
  }

  async function subscribe(token: string, path: string): Promise<void> {
    const body = {
      type: 'Subscription',
      entities: [{ type: 'Station' }],
      q: 'pm10>20',
      notification: { endpoint: { uri: endpoint.url + path } },
    }
    const made = await platform.ask('POST /ngsi-ld/v1/subscriptions', { body, headers: { authorization: `Bearer ${token}` } })
    assert.equal(made.status, 201, made.text)
  }
})

const valueIn = ({ body }: Endpoint['taken'][number]): number => body.data[0].pm10.value

async function until(holds: () => boolean): Promise<void> {
  for (let left = 200; left > 0 && !holds(); left--) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(holds())
}
