/** Break-in over HTTP: every route of the platform, for every caller who may not use it, at every place. A route without a row fails. */
import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openLedger } from '../../src/govern/ledger.ts'
import { ASPECTS } from '../../src/model/release.ts'
import { anonymous, keeper, VERBS } from '../../src/rights/principal.ts'
import { keepCase } from '../../src/store/release.ts'
import { name as called, sql } from '../../src/store/sql.ts'
import { insertRecord } from '../../src/store/records.ts'
import { startPlatform, type Answer, type Platform } from '../support/platform.ts'
import { ROWS, SOURCE, type Row, type Spot } from './routes.ts'
import { HOME_TENANT, markOf, settleAll, type Place, type Places } from './world.ts'

const ADMIN_TOKEN = 'break-in-test-administrators-token'
const PAGE = { 'x-allmende': '1' }
const PASSWORD = 'korrekt pferd batterie'
const PLACES = ['open', 'hidden', 'unreleased', 'mine', 'foreign'] as const
type Where = (typeof PLACES)[number]
type Headers = Readonly<Record<string, string>>

/** What each may where, in letters as in service.test.ts. What is not named is nothing. */
const MAY: Readonly<Record<string, Partial<Record<Where, string>>>> = {
  stranger: { open: 'r' },
  'person without a grant': { open: 'r' },
  'person granted another dataset': { open: 'r', mine: 'racdm' },
  'token that may only append': { open: 'r', mine: 'a' },
  'token for reading, of an administrator': { open: 'r', hidden: 'r', unreleased: 'r', mine: 'r' },
  'person of the other tenant': { open: 'r' },
}
const WITHOUT_CREDENTIALS = ['stranger', 'person of the other tenant']
const PEOPLE = ['person without a grant', 'person granted another dataset']
const BAD = [
  'altered token',
  'expired token',
  'revoked token',
  'token of the other tenant',
  'token of somebody who is blocked',
  'unknown scheme',
]

const routes: string[] = []
const note = (message: unknown): void => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`)
  })
}

describe('break-in: over HTTP', () => {
  let platform: Platform
  let places: Places
  let callers: Readonly<Record<string, Headers>>
  const spots = new Map<Where, Spot>()

  before(async () => {
    subscribe('fastify.initialization', note)
    platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_ADMIN_TOKEN: ADMIN_TOKEN })
    unsubscribe('fastify.initialization', note)
    await platform.server.app.ready()
    places = await settleAll(platform.service, platform.people)
    // Made for whoever is signed in and may write something; not a change that anybody gains from.
    await platform.service.home(keeper(HOME_TENANT, 'test'))
    callers = await arrive(platform, places)
    for (const where of PLACES) spots.set(where, await connect(platform, places, where))
  })
  after(() => platform.end())

  const spot = (where: Where): Spot => spots.get(where) ?? assert.fail(where)
  const send = async (route: string, probe: Row['probes'][number], where: Where, headers: Headers): Promise<Answer> => {
    const { path, body, headers: own } = probe(spot(where))
    const method = route.split(' ')[0] ?? ''
    return platform.ask(`${method} ${path}`, { headers: { ...own, ...headers }, ...(body === undefined ? {} : { body }) })
  }

  /** Everything that could have been changed, as text. */
  const picture = async (): Promise<string> => {
    const tables = [
      'dataset',
      'entity',
      'series',
      'link',
      'observation',
      'account',
      'permission',
      'team',
      'member',
      'source',
      'run',
      'release_case',
      'release_event',
    ]
    const rows = await Promise.all(
      tables.map((table) =>
        platform.database.query<{ text: string }>(sql`select string_agg(t::text, '\n' order by t::text) as text from ${called(table)} t`),
      ),
    )
    return rows.map(([row]) => row?.text ?? '').join('\n---\n')
  }

  test('every route has a row', () => {
    assert.ok(routes.length > 20, 'routes were seen')
    const known = (route: string) => route in ROWS || (route.startsWith('HEAD ') && route.replace('HEAD', 'GET') in ROWS)
    assert.deepEqual(
      [...new Set(routes)].filter((route) => !known(route)),
      [],
    )
  })

  test('what strangers write at the root makes nothing, not even the dataset it would go to', async () => {
    const fresh = await platform.people.tenants.make('leer', 'Leer')
    const before = await picture()
    assert.equal((await platform.ask('POST /t/leer/sta/v1.1/Things', { body: { name: 'x', description: 'x' } })).status, 401)
    assert.equal((await platform.ask('GET /t/leer/api/v1/session')).json.empty, true)
    await assert.rejects(platform.service.home(anonymous(fresh.id)))
    assert.equal(await picture(), before)
  })

  test('bad credentials are refused everywhere, never passed over', async () => {
    for (const [route, { probes, takes }] of existing()) {
      // whoever pushes is known by the secret of the source; what else they send as credentials is theirs
      if (takes === 'secret') continue
      for (const bad of BAD) {
        const [probe] = probes
        if (probe === undefined) continue
        const { status } = await send(route, probe, 'open', callers[bad] ?? {})
        assert.equal(status, 401, `${bad} at ${route}`)
      }
    }
  })

  for (const name of Object.keys(MAY)) {
    test(`${name} is refused what is not theirs, at every route`, async () => {
      const before = await picture()
      for (const [route, row] of existing()) {
        for (const where of placesOf(row)) {
          const expected = refusalOf(row, name, where)
          for (const probe of expected === undefined ? [] : row.probes) {
            const answer = await send(route, probe, where, callers[name] ?? {})
            assert.ok(
              row.quiet === true || expected?.includes(answer.status),
              `${route} in ${where}: ${answer.status}, not ${expected?.join(' or ')}: ${answer.text.slice(0, 200)}`,
            )
          }
        }
      }
      assert.equal(await picture(), before)
    })

    test(`${name} sees what is theirs to see, and nothing of the rest`, async () => {
      for (const [route, row] of existing().filter(([route]) => /^(GET|HEAD) /.test(route))) {
        for (const where of placesOf(row)) {
          for (const probe of row.probes) {
            const { status, text } = await send(route, probe, where, callers[name] ?? {})
            assert.ok(status < 500, `${route} in ${where}: ${probe(spot(where)).path}: ${status} ${text.slice(0, 300)}`)
            const sees = lettersOf(name, where).includes('r')
            if (row.takes === 'read' && sees)
              assert.ok(status < 400, `${route} in ${where}: ${probe(spot(where)).path}: ${status} ${text.slice(0, 300)}`)
            for (const other of PLACES)
              if (!lettersOf(name, other).includes('r')) assert.ok(!text.includes(markOf(places[other])), `${route} tells of ${other}`)
          }
        }
      }
    })
  }

  test('in the other tenant, our people are strangers and our tokens are not good', async () => {
    for (const [, row] of existing().filter(([route]) => route.startsWith('GET ') && !/health|metrics/.test(route))) {
      for (const name of ['person granted another dataset', 'token for reading, of an administrator']) {
        const headers = callers[name] ?? {}
        for (const probe of row.probes) {
          const { path } = probe(spot('foreign'))
          const there = await platform.ask(`GET /t/nachbar${path}`, { headers })
          if (headers['authorization'] !== undefined) assert.equal(there.status, 401, `${name} at ${path}`)
          for (const where of ['open', 'hidden', 'unreleased', 'mine'] as const)
            assert.ok(!there.text.includes(markOf(places[where])), `${path} tells ${name} of ${where}`)
        }
      }
    }
  })

  test('a token that may only append does append, though it reads nothing there', async () => {
    const headers = callers['token that may only append'] ?? {}
    const { series } = spot('mine')
    const body = { result: 7, phenomenonTime: '2026-05-01T00:00:00Z' }
    const named = await platform.ask('POST /sta/v1.1/Observations', { headers, body: { ...body, Datastream: { '@iot.id': series } } })
    assert.equal(named.status, 201, named.text)
    const below = await platform.ask(`POST /sta/v1.1/Datastreams(${series})/Observations`, { headers, body })
    assert.equal(below.status, 201, below.text)
    assert.equal((await platform.ask(`GET /sta/v1.1/Datastreams(${series})`, { headers })).status, 404)
  })

  test('the administrator can: the refusals above are not refusals of everybody', async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    for (const [route, row] of existing().filter(([route]) => route.startsWith('GET ')))
      for (const probe of row.takes === 'person' || row.takes === 'holder' ? [] : row.probes) {
        const { status, text } = await send(route, probe, 'hidden', headers)
        assert.ok(status < 400, `${probe(spot('hidden')).path}: ${status} ${text.slice(0, 200)}`)
      }
  })

  function existing(): [string, Row][] {
    return Object.entries(ROWS).flatMap(([route, rows]) =>
      routes.includes(route) ? [rows].flat().map((row): [string, Row] => [route, row as Row]) : [],
    )
  }
})

/** What belongs to no place is the same at all of them. */
function placesOf({ takes }: Row): readonly Where[] {
  return ['anyone', 'person', 'holder', 'administrator', 'manager', 'home'].includes(takes) ? ['open'] : PLACES
}

function lettersOf(name: string, where: Where): string {
  return MAY[name]?.[where] ?? ''
}

/** The statuses one of which it must be; undefined where the caller may. */
function refusalOf({ takes }: Row, name: string, where: Where): readonly number[] | undefined {
  const letters = lettersOf(name, where)
  const stranger = WITHOUT_CREDENTIALS.includes(name)
  const may = {
    anyone: true,
    person: PEOPLE.includes(name),
    holder: !stranger,
    manager: name === 'person granted another dataset',
    keeper: letters.includes('m'),
    attach: letters.includes('a'),
    home: false,
    administrator: false,
    secret: false,
  }
  if (takes in may ? may[takes as keyof typeof may] : letters.includes(takes[0] ?? '')) return undefined
  const answers = {
    anyone: [],
    read: [404],
    person: [401, 403],
    holder: [401],
    manager: stranger ? [401] : [403],
    administrator: stranger ? [401] : [403],
    keeper: stranger ? [401, 404] : [404],
    attach: [401, 403, 404, 400],
    home: stranger ? [401] : [403, 404],
    secret: [401, 403, 404],
  }
  return takes in answers ? answers[takes as keyof typeof answers] : refusedWrite(stranger, letters.includes('r'))
}

/** Where a body names what is hidden, it is a body that names nothing. */
function refusedWrite(stranger: boolean, sees: boolean): readonly number[] {
  if (sees) return stranger ? [401] : [403]
  return stranger ? [401, 404, 400] : [404, 400]
}

async function arrive({ people, database }: Platform, { mine, foreign }: Places): Promise<Readonly<Record<string, Headers>>> {
  const root = keeper(HOME_TENANT, 'test')
  const person = async (who: typeof root, cookie: string, grants: readonly number[]) => {
    const account = await people.accounts.add(who, {
      name: 'Person',
      email: `p${crypto.randomUUID()}@stadt.example`,
      password: PASSWORD,
      grants: grants.map((dataset) => ({ dataset, verbs: VERBS })),
    })
    const { session, who: signed } = await people.sessions.open(account.id, { agent: 'test' })
    return { id: account.id, who: signed, headers: { ...PAGE, cookie: `${cookie}=${session}` } }
  }
  const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
  const token = async (who: typeof root, wish: object) => people.tokens.make(who, { name: 't', verbs: VERBS, ...wish })

  // Number 1, which the routes about accounts are tried on, is nobody of those who try.
  const [, reader, member, neighbour, blocked] = [
    await person(root, 'allmende', []),
    await person(root, 'allmende', []),
    await person(root, 'allmende', [mine.dataset]),
    await person(keeper(foreign.tenant, 'test'), 'allmende', []),
    await person(root, 'allmende', [mine.dataset]),
  ]
  const [expired, revoked, theirs] = [await token(root, {}), await token(root, {}), await token(blocked.who, {})]
  await database.query(sql`update token set expires = now() - interval '1 second' where id = ${expired.id}`)
  await people.tokens.revoke(root, revoked.id)
  await people.accounts.change(root, blocked.id, { disabled: true })
  return {
    stranger: {},
    'person without a grant': reader.headers,
    'person granted another dataset': member.headers,
    'token that may only append': bearer((await token(member.who, { verbs: ['append'], datasets: [mine.dataset] })).token),
    'token for reading, of an administrator': bearer((await token(root, { verbs: ['read'] })).token),
    'person of the other tenant': neighbour.headers,
    'altered token': bearer(`${expired.token.slice(0, -2)}xx`),
    'expired token': bearer(expired.token),
    'revoked token': bearer(revoked.token),
    'token of the other tenant': bearer((await token(keeper(foreign.tenant, 'test'), {})).token),
    'token of somebody who is blocked': bearer(theirs.token),
    'unknown scheme': { authorization: 'Negotiate abcdef' },
  }
}

/** Gives the place a source and a run of it, so that there is something to be taken over. */
async function connect(platform: Platform, places: Places, where: Where): Promise<Spot> {
  const place = places[where]
  const prefix = where === 'foreign' ? '/t/nachbar' : ''
  const { status, json, text } = await platform.ask(`POST ${prefix}/api/v1/sources`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    body: { ...SOURCE, name: markOf(place), dataset: place.slug },
  })
  assert.equal(status, 201, text)
  const wish = { tenant: place.tenant, source: json.id, kind: 'pull', dry: false, replays: undefined, rows: null } as const
  return {
    ...place,
    source: json.id,
    run: await openLedger(platform.database).runs.insertRun(wish),
    request: await submit(platform, place),
    grant: await grantOn(platform, place),
    record: await insertRecord(platform.database, place.tenant, 'indicator', 'test', INDICATOR),
  }
}

const INDICATOR = { title: 'Indikator', fields: { definition: 'x', source: 'manual' }, shown: [], review: null }

/** To a machine that nobody here is. */
async function grantOn({ people }: Platform, { tenant, dataset }: Place): Promise<number> {
  const grants = [{ dataset, verbs: ['read'] }]
  const made = await people.accounts.add(keeper(tenant, 'test'), { name: 'Gerät', email: `g${crypto.randomUUID()}@stadt.example`, grants })
  return made.grants[0]?.id ?? assert.fail()
}

/** Somebody has asked for the place to be released, and nobody has looked at it yet. */
async function submit({ database }: Platform, { tenant, dataset }: Place): Promise<number> {
  const began = new Date().toISOString()
  return keepCase(database, {
    id: 0,
    tenant,
    dataset,
    state: 'reviewing',
    author: { id: 'user:0', name: 'Niemand' },
    order: 'parallel',
    began,
    reviews: ASPECTS.map((aspect) => ({ aspect })),
    findings: [],
    explained: {},
  })
}
