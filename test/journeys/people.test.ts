/** people: the first administrator, signing in and out, tokens, accounts, what other sites cannot do, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startPlatform, type Answer, type Platform } from '../support/platform.ts'

const PASSWORD = 'korrekt pferd batterie'
const FIRST = { name: 'Erste Person', email: 'erste@stadt.example', password: PASSWORD }
const OWN = { 'x-allmende': '1', origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0] ?? ''

describe('people over HTTP', () => {
  let platform: Platform
  let cookie: string
  before(async () => {
    platform = await startPlatform({ ALLMENDE_OPEN: '0' })
  })
  after(() => platform.end())

  const signIn = (email: string, password: string, headers = {}) =>
    platform.ask('POST /api/v1/session', { body: { email, password }, headers })

  test('at first there is nobody, nothing, and the page is told so', async () => {
    const { status, json } = await platform.ask('GET /api/v1/session')
    assert.equal(status, 200)
    assert.deepEqual(json, { account: null, tenant: { slug: 'default', name: 'Allmende' }, firstRun: true, empty: true })
    for (const [email, password] of [
      ['admin', 'admin'],
      ['admin@example.org', 'password'],
      ['root', 'root'],
    ] as const)
      assert.equal((await signIn(email, password)).status, 401)
  })

  test('the link makes the first administrator, once, and signs them in', async () => {
    const token = (await platform.people.firstRun.invite(1)) ?? ''
    const weak = await platform.ask('POST /api/v1/first-run', { body: { ...FIRST, token, password: 'Passwort2026!' } })
    assert.deepEqual([weak.status, weak.json.at.pointer], [400, '/password'])
    assert.equal((await platform.ask('POST /api/v1/first-run', { body: { ...FIRST, token: 'guessed' } })).status, 403)
    const made = await platform.ask('POST /api/v1/first-run', { body: { ...FIRST, token } })
    assert.equal(made.status, 200)
    assert.deepEqual([made.json.account.email, made.json.account.admin, made.json.firstRun], [FIRST.email, true, false])
    assert.match(String(made.headers['set-cookie']), /^allmende=[\w-]{43}; .*HttpOnly/)
    assert.match(String(made.headers['set-cookie']), /SameSite=Lax/)
    const again = await platform.ask('POST /api/v1/first-run', { body: { ...FIRST, email: 'zweite@stadt.example', token } })
    assert.equal(again.status, 403)
    cookie = cookieOf(made)
    assert.equal((await platform.ask('GET /api/v1/session', { headers: { cookie } })).json.account.name, FIRST.name)
  })

  test('over https the cookie is Secure and bound to the host', async () => {
    const secure = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: 'https://daten.stadt.example' })
    try {
      const token = (await secure.people.firstRun.invite(1)) ?? ''
      const made = await secure.ask('POST /api/v1/first-run', {
        body: { ...FIRST, token },
        headers: { origin: 'https://daten.stadt.example' },
      })
      assert.match(String(made.headers['set-cookie']), /^__Host-allmende=.*Path=\/;.*Secure/)
      assert.match(String(made.headers['strict-transport-security']), /max-age=\d{8}/)
      assert.equal((await secure.ask('GET /api/v1/session', { headers: { cookie: cookieOf(made) } })).json.account.email, FIRST.email)
      const plain = cookieOf(made).replace('__Host-', '')
      assert.equal((await secure.ask('GET /api/v1/session', { headers: { cookie: plain } })).json.account, null)
    } finally {
      await secure.end()
    }
  })

  test('what another site sends with the cookie is not carried out', async () => {
    const body = { name: 't', verbs: ['read'] }
    const send = (headers: Record<string, string>) => platform.ask('POST /api/v1/tokens', { body, headers: { cookie, ...headers } })
    assert.equal((await send({})).status, 403)
    assert.equal((await send({ ...OWN, origin: 'https://evil.example' })).status, 403)
    assert.equal((await send({ ...OWN, origin: 'null' })).status, 403)
    assert.equal((await send({ ...OWN, 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await send({ ...OWN, 'sec-fetch-site': 'same-site' })).status, 403)
    assert.equal((await platform.ask('DELETE /api/v1/session', { headers: { cookie } })).status, 403)
    assert.equal((await send(OWN)).status, 201)
    assert.equal((await send({ 'x-allmende': '1' })).status, 201)
    const foreign = await signIn(FIRST.email, PASSWORD, { origin: 'https://evil.example' })
    assert.equal(foreign.status, 403, 'nobody is signed in by another site')
  })

  test('a wrong password and an unknown address are answered alike', async () => {
    const [wrong, unknown] = [await signIn(FIRST.email, 'falsch geraten hier'), await signIn('wer@stadt.example', 'falsch geraten hier')]
    assert.deepEqual([wrong.status, wrong.json], [unknown.status, unknown.json])
    assert.equal(wrong.status, 401)
    assert.equal(wrong.headers['set-cookie'], undefined)
  })

  test('signing in again changes the cookie and ends the session before; signing out ends it on the server', async () => {
    const old = cookie
    const again = await signIn(FIRST.email, PASSWORD, { cookie: old, ...OWN })
    cookie = cookieOf(again)
    assert.notEqual(cookie, old)
    assert.equal((await platform.ask('GET /api/v1/session', { headers: { cookie: old } })).json.account, null)
    const other = cookieOf(await signIn(FIRST.email, PASSWORD, { 'user-agent': 'Amtsrechner' }))
    const { json } = await platform.ask('GET /api/v1/sessions', { headers: { cookie } })
    assert.deepEqual(json.items.map(({ agent, current }: { agent: string; current: boolean }) => [agent, current]).toSorted(), [
      ['Amtsrechner', false],
      ['lightMyRequest', true],
    ])
    const id = json.items.find(({ current }: { current: boolean }) => !current).id
    assert.equal((await platform.ask(`DELETE /api/v1/sessions/${id}`, { headers: { cookie, ...OWN } })).status, 204)
    assert.equal((await platform.ask('GET /api/v1/sessions', { headers: { cookie: other } })).status, 401)
    const third = cookieOf(await signIn(FIRST.email, PASSWORD))
    const out = await platform.ask('DELETE /api/v1/session', { headers: { cookie: third, ...OWN } })
    assert.equal(out.status, 204)
    assert.match(String(out.headers['set-cookie']), /^allmende=; .*Max-Age=0/)
    assert.equal((await platform.ask('GET /api/v1/session', { headers: { cookie: third } })).json.account, null)
  })

  test('an administrator names the town; nobody else does, and not by nothing', async () => {
    const signed = { cookie, ...OWN }
    const rename = (name: unknown, headers: Record<string, string>) => platform.ask('PATCH /api/v1/tenant', { body: { name }, headers })
    assert.equal((await rename('Anderswo', {})).status, 401)
    for (const bad of ['  ', 7, 'x'.repeat(101)]) assert.deepEqual((await rename(bad, signed)).json.at, { pointer: '/name' })
    assert.deepEqual((await rename(' Wiesenbrück ', signed)).json, { slug: 'default', name: 'Wiesenbrück' })
    assert.equal((await platform.ask('GET /api/v1/session')).json.tenant.name, 'Wiesenbrück')
  })

  test('a token does what its verbs say, in the datasets it names, until it is revoked', async () => {
    const as = (headers: Record<string, string>) => ({ headers })
    const signed = { cookie, ...OWN }
    for (const title of ['Luft', 'Wasser']) await platform.ask('POST /api/v1/datasets', { body: { title }, headers: signed })
    assert.equal((await platform.ask('GET /api/v1/session', as(signed))).json.empty, false)
    const body = { name: 'Messnetz', verbs: ['read'], datasets: ['luft'], home: 'luft', expires: '2999-01-01T00:00:00Z' }
    const made = await platform.ask('POST /api/v1/tokens', { body, headers: signed })
    assert.equal(made.status, 201)
    const { id, token, prefix } = made.json
    assert.ok(token.startsWith(`allm_${prefix}_`))
    const bearer = { authorization: `Bearer ${token}` }
    const seen = async (headers: Record<string, string>) =>
      (await platform.ask('GET /api/v1/datasets', as(headers))).json.items.map(({ slug }: { slug: string }) => slug).toSorted()
    assert.deepEqual(await seen(bearer), ['luft'])
    assert.deepEqual(await seen({ authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` }), ['luft'])
    assert.deepEqual(await seen({ authorization: token }), ['luft'])
    assert.deepEqual(await seen({}), [])
    assert.equal((await platform.ask('PATCH /api/v1/datasets/luft', { body: { title: 'x' }, headers: bearer })).status, 403)
    assert.equal((await platform.ask('GET /api/v1/datasets/wasser', as(bearer))).status, 404)
    assert.equal((await platform.ask('GET /api/v1/tokens', as(bearer))).status, 403)
    const listed = (await platform.ask('GET /api/v1/tokens', as(signed))).json.items.find((one: { id: number }) => one.id === id)
    assert.deepEqual([listed.datasets, listed.home, listed.verbs, listed.owner], [['luft'], 'luft', ['read'], FIRST.name])
    assert.equal(JSON.stringify(listed).includes(token), false)
    assert.equal((await platform.ask(`DELETE /api/v1/tokens/${id}`, as(signed))).status, 204)
    const revoked = await platform.ask('GET /api/v1/datasets', as(bearer))
    assert.deepEqual([revoked.status, revoked.headers['www-authenticate']], [401, 'Bearer'])
  })

  test('faults in a token’s body are named', async () => {
    const headers = { cookie, ...OWN }
    const cases: [unknown, string][] = [
      [{ verbs: ['read'] }, '/name'],
      [{ name: 't', verbs: [] }, '/verbs'],
      [{ name: 't', verbs: ['read', 'fly'] }, '/verbs/1'],
      [{ name: 't', verbs: ['read'], datasets: ['nirgends'] }, '/datasets'],
      [{ name: 't', verbs: ['read'], expires: '2001-01-01' }, '/expires'],
      [[], ''],
    ]
    for (const [body, pointer] of cases) {
      const { status, json } = await platform.ask('POST /api/v1/tokens', { body, headers })
      assert.deepEqual([status, json.at?.pointer ?? ''], [400, pointer], JSON.stringify(body))
    }
  })

  test('an administrator makes accounts with grants; others change only themselves', async () => {
    const headers = { cookie, ...OWN }
    const body = {
      name: 'Zweite',
      email: 'Zweite@Stadt.example',
      password: PASSWORD,
      grants: [{ dataset: 'luft', verbs: ['read', 'append'] }],
    }
    const made = await platform.ask('POST /api/v1/accounts', { body, headers })
    assert.equal(made.status, 201)
    const [{ id: _id, ...granted }] = made.json.grants
    assert.deepEqual([made.json.email, made.json.admin, granted], ['zweite@stadt.example', false, body.grants[0]])
    assert.equal((await platform.ask('POST /api/v1/accounts', { body, headers })).status, 409)
    const own = { cookie: cookieOf(await signIn('zweite@stadt.example', PASSWORD)), ...OWN }
    assert.equal((await platform.ask('GET /api/v1/accounts', { headers: own })).status, 403)
    assert.equal((await platform.ask('GET /api/v1/datasets/luft', { headers: own })).status, 200)
    assert.equal((await platform.ask('GET /api/v1/datasets/wasser', { headers: own })).status, 404)
    const patch = (change: object, as: Record<string, string>) =>
      platform.ask(`PATCH /api/v1/accounts/${made.json.id}`, { body: change, headers: as })
    assert.equal((await patch({ admin: true }, own)).status, 403)
    assert.equal((await patch({ name: 'Zwei' }, own)).json.name, 'Zwei')
    assert.equal((await patch({ grants: [] }, headers)).status, 200)
    assert.equal((await platform.ask('GET /api/v1/datasets/luft', { headers: own })).status, 404)
    assert.equal((await patch({ disabled: true }, headers)).json.disabled, true)
    assert.equal((await platform.ask('GET /api/v1/session', { headers: own })).json.account, null)
    assert.equal((await platform.ask(`DELETE /api/v1/accounts/${made.json.id}`, { headers })).status, 204)
  })

  test('the last administrator cannot be taken away', async () => {
    const headers = { cookie, ...OWN }
    const { json } = await platform.ask('GET /api/v1/session', { headers })
    const demoted = await platform.ask(`PATCH /api/v1/accounts/${json.account.id}`, { body: { admin: false }, headers })
    assert.equal(demoted.status, 409)
    assert.equal((await platform.ask('GET /api/v1/accounts', { headers })).status, 200)
  })

  test('a cookie is good in its own tenant only', async () => {
    await platform.people.tenants.make('nord', 'Nord')
    assert.equal((await platform.ask('GET /t/nord/api/v1/session', { headers: { cookie } })).json.account, null)
    const forged = cookie.replace('allmende=', 'allmende-nord=')
    assert.equal((await platform.ask('GET /t/nord/api/v1/session', { headers: { cookie: forged } })).json.account, null)
    assert.deepEqual((await platform.ask('GET /t/nord/api/v1/session')).json.tenant, { slug: 'nord', name: 'Nord' })
  })

  test('every answer forbids foreign scripts, guessing of types and framing; the doors may be read by other pages', async () => {
    for (const path of ['/', '/ogc', '/api/v1/session', '/nirgends']) {
      const { headers } = await platform.ask(`GET ${path}`)
      assert.match(String(headers['content-security-policy']), /script-src 'self';/)
      assert.match(String(headers['content-security-policy']), /worker-src 'self' blob:/)
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'self'/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['server'] ?? headers['x-powered-by'], undefined)
    }
    const door = await platform.ask('GET /ogc', { headers: { origin: 'https://karte.example' } })
    assert.equal(door.headers['access-control-allow-origin'], '*')
    assert.equal(door.headers['access-control-allow-credentials'], undefined)
    const asked = await platform.ask('OPTIONS /ogc/collections', {
      headers: { origin: 'https://karte.example', 'access-control-request-method': 'GET' },
    })
    assert.deepEqual([asked.status, asked.headers['access-control-allow-methods']], [204, 'GET, HEAD'])
    const api = await platform.ask('GET /api/v1/session', { headers: { origin: 'https://evil.example' } })
    assert.equal(api.headers['access-control-allow-origin'], undefined)
    assert.equal(api.headers['cache-control'], 'no-store')
  })
})

describe('people in other modes', () => {
  test('with a configured token nobody is waited for, and it administers', async () => {
    const token = 'ein-schluessel-von-mindestens-32-zeichen'
    const platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_ADMIN_TOKEN: token })
    try {
      const headers = { authorization: `Bearer ${token}` }
      assert.equal(await platform.people.firstRun.invite(1), undefined)
      assert.equal((await platform.ask('GET /api/v1/session')).json.firstRun, false)
      assert.equal((await platform.ask('GET /api/v1/session', { headers })).json.account.admin, true)
      assert.equal((await platform.ask('POST /api/v1/datasets', { body: { title: 'Luft' }, headers })).status, 201)
      assert.equal((await platform.ask('POST /api/v1/accounts', { body: FIRST, headers })).status, 201)
      assert.equal((await platform.ask('GET /api/v1/accounts', { headers: { authorization: `Bearer ${token}x` } })).status, 401)
      assert.equal((await platform.ask('GET /api/v1/accounts')).status, 401)
    } finally {
      await platform.end()
    }
  })

  test('in open mode whoever comes without credentials administers, but not with a bad token, and not from another site', async () => {
    const platform = await startPlatform()
    try {
      assert.equal((await platform.ask('GET /api/v1/session')).json.account.admin, true)
      assert.equal((await platform.ask('POST /api/v1/datasets', { body: { title: 'Luft' } })).status, 201)
      assert.equal((await platform.ask('GET /api/v1/session', { headers: { authorization: 'Bearer wrong' } })).status, 401)
      const evil = await platform.ask('POST /api/v1/datasets', { body: { title: 'x' }, headers: { origin: 'https://evil.example' } })
      assert.equal(evil.status, 403)
    } finally {
      await platform.end()
    }
  })
})
