/** Release over HTTP: alone at once, in two by two pairs of eyes, with another card beside the released one, out of sight at once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { keeper } from '../../src/rights/principal.ts'
import { sql } from '../../src/store/sql.ts'
import { startPlatform, type Answer, type Platform } from '../support/platform.ts'

const PASSWORD = 'korrekt pferd batterie'
const CARD = {
  title: 'Luftgüte',
  description: 'Feinstaub an drei Stellen. Gemessen von der Stadt.',
  licence: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0',
  publisher: { name: 'Stadt' },
  access: 'public',
}

let platform: Platform
const people = new Map<string, Record<string, string>>()
before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0' })
  await arrive('kim', true)
})
after(() => platform.end())

async function arrive(name: string, admin = false): Promise<number> {
  const account = await platform.people.accounts.add(keeper(1, 'test'), { name, email: `${name}@stadt.example`, password: PASSWORD, admin })
  const { session } = await platform.people.sessions.open(account.id, { agent: 'test' })
  people.set(name, { 'x-allmende': '1', cookie: `allmende=${session}` })
  return account.id
}

const as = (name: string, call: string, body?: unknown): Promise<Answer> =>
  platform.ask(call, { headers: people.get(name) ?? {}, ...(body !== undefined && { body }) })
const strangerSees = async (slug: string): Promise<boolean> => (await platform.ask(`GET /api/v1/datasets/${slug}`)).status === 200
const stateOf = async (slug: string): Promise<string> => (await as('kim', `GET /api/v1/datasets/${slug}`)).json.state

test('alone in a small town, one click releases, and what is missing is named by field', async () => {
  await as('kim', 'POST /api/v1/datasets', { ...CARD, licence: null })
  const lacking = await as('kim', 'POST /api/v1/datasets/luftguete/release')
  assert.deepEqual([lacking.status, lacking.json.state, lacking.json.release.state], [200, 'draft', 'blocked'])
  assert.deepEqual(
    lacking.json.release.findings
      .filter(({ weight }: { weight: string }) => weight === 'blocks')
      .map(({ where }: { where: string }) => where),
    ['licence'],
  )
  await as('kim', 'PATCH /api/v1/datasets/luftguete', { licence: CARD.licence })
  const released = await as('kim', 'POST /api/v1/datasets/luftguete/release')
  assert.deepEqual([released.status, released.json.state, released.json.release.state], [200, 'released', 'granted'])
  assert.equal(await strangerSees('luftguete'), true)
})

test('state is no field of a card, and what is released does not become wider known by a mere change', async () => {
  const { json: card } = await as('kim', 'GET /api/v1/datasets/luftguete')
  assert.equal((await as('kim', 'PATCH /api/v1/datasets/luftguete', { state: 'archived' })).json.state, 'released')
  const before = await platform.service.get(keeper(1, 'test'), 'dataset', card.id)
  await assert.rejects(
    platform.service.amend(keeper(1, 'test'), 'dataset', before.id, (old) => ({ ...old, state: 'draft' })),
    { kind: 'conflict' },
  )
})

test('with a second account that could, somebody else looks; and never the author', async () => {
  await arrive('alex', true)
  await as('kim', 'POST /api/v1/datasets', { ...CARD, title: 'Pegel' })
  const asked = await as('kim', 'POST /api/v1/datasets/pegel/release', { reason: 'Für die Feuerwehr' })
  assert.deepEqual([asked.status, asked.json.state, asked.json.release.state], [202, 'review', 'reviewing'])
  const { id } = asked.json.release
  assert.equal(await strangerSees('pegel'), false)
  assert.deepEqual((await as('kim', 'GET /api/v1/releases?mine=1')).json.items, [])
  const own = await as('kim', `POST /api/v1/releases/${id}/decide`, { aspects: ['legal'], verdict: 'approved' })
  assert.equal(own.status, 403)
  assert.equal((await as('kim', 'PATCH /api/v1/datasets/pegel', { title: 'Anders' })).status, 409)

  const waiting = await as('alex', 'GET /api/v1/releases?mine=1&state=open')
  assert.deepEqual(waiting.json.items.map((one: { id: number; mine: string[] }) => [one.id, one.mine.length]), [[id, 4]]) // prettier-ignore
  const unfounded = await as('alex', `POST /api/v1/releases/${id}/decide`, { aspects: ['legal'], verdict: 'refused' })
  assert.deepEqual([unfounded.status, unfounded.json.at.pointer], [400, '/reason'])
  const some = await as('alex', `POST /api/v1/releases/${id}/decide`, { aspects: ['legal', 'privacy'], verdict: 'approved' })
  assert.deepEqual([some.json.state, some.json.mine], ['reviewing', ['subject', 'quality']])
  await as('alex', `POST /api/v1/releases/${id}/decide`, { aspects: ['subject', 'quality'], verdict: 'approved', reason: 'Geprüft' })
  assert.equal(await stateOf('pegel'), 'released')
  assert.equal(await strangerSees('pegel'), true)

  const { json } = await as('kim', 'GET /api/v1/datasets/pegel/history')
  const line = ({ step, who, aspect }: { step: string; who: { name: string }; aspect?: string }) =>
    [who.name, step, aspect].filter(Boolean).join(' ')
  assert.deepEqual(json.items.map(line).toReversed(), [
    'kim submitted', 'Allmende checked', 'alex approved privacy', 'alex approved legal', 'alex approved subject', 'alex approved quality', 'alex released',
  ]) // prettier-ignore
})

test('another card waits beside the released one, is refused with its reason, and granted the second time', async () => {
  const changed = await as('kim', 'PATCH /api/v1/datasets/pegel', { title: 'Pegelstände' })
  assert.deepEqual([changed.json.title.de, changed.json.release.card.title.de], ['Pegel', 'Pegelstände'])
  const { id } = changed.json.release
  const no = await as('alex', `POST /api/v1/releases/${id}/decide`, { aspects: ['subject'], verdict: 'refused', reason: 'Kürzer' })
  assert.deepEqual([no.json.state, await stateOf('pegel')], ['refused', 'released'])
  const again = await as('kim', 'PATCH /api/v1/datasets/pegel', { title: 'Wasserstand' })
  const all = ['subject', 'privacy', 'quality', 'legal']
  await as('alex', `POST /api/v1/releases/${again.json.release.id}/decide`, { aspects: all, verdict: 'approved' })
  assert.equal((await platform.ask('GET /api/v1/datasets/pegel')).json.title.de, 'Wasserstand')
})

test('in line each waits for the one before, and an aspect can be kept for somebody', async () => {
  const chris = await arrive('chris', true)
  const bad = await as('kim', 'PATCH /api/v1/release-settings', { days: 0 })
  assert.deepEqual([bad.status, bad.json.at.pointer], [400, '/days'])
  const wish = { order: 'line', aspects: ['privacy', 'legal'], reviewers: { privacy: [chris] } }
  assert.deepEqual((await as('kim', 'PATCH /api/v1/release-settings', wish)).json, { fourEyes: 'auto', days: 14, ...wish })
  await as('kim', 'POST /api/v1/datasets', { ...CARD, title: 'Bäume' })
  const { id } = (await as('kim', 'POST /api/v1/datasets/baeume/release')).json.release
  const early = await as('alex', `POST /api/v1/releases/${id}/decide`, { aspects: ['legal'], verdict: 'approved' })
  assert.equal(early.status, 403)
  await as('chris', `POST /api/v1/releases/${id}/decide`, { aspects: ['privacy'], verdict: 'approved' })
  assert.deepEqual((await as('alex', `GET /api/v1/releases/${id}`)).json.mine, ['legal'])
  const back = await as('kim', `POST /api/v1/releases/${id}/recall`, { reason: 'Noch nicht fertig' })
  assert.deepEqual([back.json.state, await stateOf('baeume')], ['recalled', 'draft'])
})

test('withdrawn it is out of sight at every door at once', async () => {
  const doors = [
    '/api/v1/datasets/pegel',
    '/datasets/pegel.ttl',
    '/datasets/pegel.csv',
    '/ogc/collections/pegel',
    '/datasets/pegel/sta/v1.1/Things',
  ]
  for (const door of doors) assert.equal((await platform.ask(`GET ${door}`)).status, 200, door)
  const withdrawn = await as('alex', 'POST /api/v1/datasets/pegel/withdraw', { reason: 'Beschwerde' })
  assert.equal(withdrawn.json.state, 'withdrawn')
  for (const door of doors) assert.equal((await platform.ask(`GET ${door}`)).status, 404, door)
  assert.ok(!(await platform.ask('GET /catalog.ttl')).text.includes('pegel'))
})

test('who was only granted to read does not read on what was withdrawn', async () => {
  const { json } = await as('kim', 'GET /api/v1/datasets/pegel')
  const robin = await arrive('robin')
  const grants = (verbs: readonly string[]) => as('kim', `PATCH /api/v1/accounts/${robin}`, { grants: [{ dataset: json.slug, verbs }] })
  await grants(['read'])
  assert.equal((await as('robin', 'GET /api/v1/datasets/pegel')).status, 404)
  await grants(['read', 'change'])
  assert.equal((await as('robin', 'GET /api/v1/datasets/pegel')).status, 200)
})

test('reviewers are reminded before a review is due, once', async () => {
  const { json } = await as('kim', 'POST /api/v1/datasets/baeume/release')
  assert.equal(json.release.state, 'reviewing')
  assert.equal(await platform.release.remind(), 0)
  await as('kim', `POST /api/v1/releases/${json.release.id}/recall`)
  await as('kim', 'PATCH /api/v1/release-settings', { days: 2 })
  await as('kim', 'POST /api/v1/datasets/baeume/release')
  assert.equal(await platform.release.remind(), 1)
  assert.equal(await platform.release.remind(), 0)
  const { json: history } = await as('kim', 'GET /api/v1/datasets/baeume/history')
  assert.equal(history.items[0].step, 'reminded')
})

test('a check that ended in the middle is done again', async () => {
  const { json: made } = await as('kim', 'POST /api/v1/datasets', { ...CARD, title: 'Hydranten' })
  const { json } = await as('kim', 'POST /api/v1/datasets/hydranten/release')
  const leave = (began: string) => platform.database.query(sql`
    update release_case set state = 'checking', reviews = '[]', began = ${began} where id = ${json.release.id}`) // prettier-ignore
  const state = async () => (await as('kim', `GET /api/v1/releases/${json.release.id}`)).json.state
  await leave(new Date().toISOString())
  await platform.release.resume()
  assert.equal(await state(), 'checking', `${made.slug} may be under way elsewhere`)
  await leave('2026-01-01T00:00:00Z')
  await platform.release.resume()
  assert.equal(await state(), 'reviewing')
})

test('columns that look like people hold a release up until somebody says why they are all right', async () => {
  const { id } = (await as('kim', 'POST /api/v1/datasets', { ...CARD, title: 'Vereine' })).json
  const attributes = { Vorsitz: 'erika.mustermann@verein.example', Sport: 'Rudern' }
  await platform.service.keep(keeper(1, 'test'), id, [
    { draft: 'entity', iri: 'urn:x:verein', type: 'Club', name: 'Ruderverein', attributes },
  ])
  const held = await as('kim', 'POST /api/v1/datasets/vereine/release')
  const asks = (held.json.release.findings as { key: string; weight: string; said: { de: string } }[]).filter(
    ({ weight }) => weight === 'asks',
  )
  assert.deepEqual([held.json.release.state, asks.map(({ key }) => key)], ['blocked', ['personal.mail:Vorsitz']])
  assert.equal(JSON.stringify(held.json.release).includes('mustermann'), false)
  const explained = { 'personal.mail:Vorsitz': 'Von den Vereinen selbst veröffentlicht' }
  const again = await as('kim', 'POST /api/v1/datasets/vereine/release', { explained })
  assert.deepEqual([again.status, again.json.release.state, again.json.release.explained], [202, 'reviewing', explained])
})
