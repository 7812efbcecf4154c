/** Accounts, sessions, tokens and the first administrator, over a real database. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openPeople, type People } from '../../../src/govern/people.ts'
import { digest } from '../../../src/govern/secret.ts'
import { Problem, type Kind } from '../../../src/problem.ts'
import { keeper, VERBS, type Principal } from '../../../src/rights/principal.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { openDatabase, type Database } from '../../../src/store/pool.ts'
import { sql } from '../../../src/store/sql.ts'
import { throwawaySchema, type ThrowawaySchema } from '../../support/database.ts'

const ADMIN_TOKEN = 'a-token-of-at-least-32-characters!'
const PASSWORD = 'korrekt pferd batterie'
const AGENT = { agent: 'test' }
const root = keeper(1, 'test')

let schema: ThrowawaySchema
let store: Database
let people: People

const is = (kind: Kind) => (error: unknown) => error instanceof Problem && error.kind === kind
let counter = 0
const fresh = () => `person${++counter}@stadt.example`

async function makeDataset(slug: string, tenant = 1): Promise<number> {
  const [row] = await store.query<{ id: number }>(
    sql`insert into dataset (id, tenant, slug, access, state) values (nextval('dataset_id'), ${tenant}, ${slug}, 'internal', 'released') returning id`,
  )
  return row?.id ?? 0
}

async function signedIn(email: string, address = `10.0.0.${++counter}`): Promise<{ session: string; who: Principal }> {
  return people.sessions.signIn({ tenant: 1, email, password: PASSWORD, address }, AGENT)
}

describe('people', () => {
  before(async () => {
    schema = await throwawaySchema()
    store = await openDatabase(schema.url, 4)
    await migrate(store)
    people = openPeople(store)
  })

  after(async () => {
    await store.close()
    await schema.drop()
  })

  test('people: there is nobody at first, and no password that works', async () => {
    const [row] = await store.query<{ count: number }>(sql`select count(*)::int as count from account`)
    assert.equal(row?.count, 0)
    for (const [email, password] of [
      ['admin', 'admin'],
      ['admin@localhost', 'password'],
      ['', ''],
    ] as const)
      await assert.rejects(people.sessions.signIn({ tenant: 1, email, password, address: '10.1.1.1' }, AGENT), is('unauthenticated'))
  })

  test('first run: the link works once, a newer one replaces it, and none is given when there is an administrator', async () => {
    const wish = { name: 'Erste', email: 'erste@stadt.example', password: PASSWORD }
    assert.equal(await people.firstRun.pending(1), true)
    const old = (await people.firstRun.invite(1)) ?? ''
    const secret = (await people.firstRun.invite(1)) ?? ''
    assert.notEqual(old, secret)
    const [kept] = await store.query<{ hash: string }>(sql`select hash from first_run`)
    assert.equal(kept?.hash, digest(secret))
    await assert.rejects(people.firstRun.accept(1, old, wish), is('forbidden'))
    await assert.rejects(people.firstRun.accept(1, secret, { ...wish, password: 'short' }), is('invalid-body'))
    const both = await Promise.allSettled([
      people.firstRun.accept(1, secret, wish),
      people.firstRun.accept(1, secret, { ...wish, email: fresh() }),
    ])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    await assert.rejects(people.firstRun.accept(1, secret, { ...wish, email: fresh() }), is('forbidden'))
    assert.equal(await people.firstRun.pending(1), false)
    assert.equal(await people.firstRun.invite(1), undefined)
  })

  test('first run: an expired link opens nothing', async () => {
    const tenant = await people.tenants.make('spaet', 'Spät')
    const secret = (await people.firstRun.invite(tenant.id)) ?? ''
    await store.query(sql`update first_run set expires = now() - interval '1 second' where tenant = ${tenant.id}`)
    await assert.rejects(people.firstRun.accept(tenant.id, secret, { name: 'X', email: fresh(), password: PASSWORD }), is('forbidden'))
  })

  test('first run: is not waited for with a configured token or in open mode', async () => {
    const tenant = await people.tenants.make('offen', 'Offen')
    assert.equal(await people.firstRun.pending(tenant.id), true)
    assert.equal(await openPeople(store, { adminToken: ADMIN_TOKEN }).firstRun.pending(tenant.id), false)
    assert.equal(await openPeople(store, { open: true }).firstRun.invite(tenant.id), undefined)
  })

  test('accounts: are kept by administrators; the password is kept as a hash and never answered', async () => {
    const email = fresh()
    const account = await people.accounts.add(root, { name: ' Anna ', email: email.toUpperCase(), password: PASSWORD })
    assert.equal(account.name, 'Anna')
    assert.equal(account.email, email)
    assert.doesNotMatch(JSON.stringify(account), /argon2|korrekt/)
    const [row] = await store.query<{ password: string }>(sql`select password from account where id = ${account.id}`)
    assert.match(row?.password ?? '', /^\$argon2id\$/)
    await assert.rejects(people.accounts.add(root, { name: 'Noch eine', email, password: PASSWORD }), is('conflict'))
    const { who } = await signedIn(email)
    await assert.rejects(people.accounts.of(who), is('forbidden'))
    await assert.rejects(people.accounts.add(who, { name: 'X', email: fresh(), password: PASSWORD }), is('forbidden'))
    await assert.rejects(people.accounts.change(who, account.id, { admin: true }), is('forbidden'))
    await assert.rejects(people.accounts.change(who, account.id, { grants: [{ dataset: 1, verbs: ['read'] }] }), is('forbidden'))
  })

  test('accounts: one’s own password needs the one before, and a new one ends every session', async () => {
    const email = fresh()
    const { id } = await people.accounts.add(root, { name: 'Berta', email, password: PASSWORD })
    const { who, session } = await signedIn(email)
    const password = 'ganz anders als vorher'
    await assert.rejects(people.accounts.change(who, id, { password }), is('invalid-body'))
    await assert.rejects(people.accounts.change(who, id, { password, current: 'falsch geraten hier' }), is('invalid-body'))
    await people.accounts.change(who, id, { password, current: PASSWORD })
    assert.equal(await people.principals.ofSession(1, session), undefined)
    await assert.rejects(signedIn(email), is('unauthenticated'))
  })

  test('accounts: the last administrator stays one', async () => {
    const tenant = await people.tenants.make('zwei', 'Zwei')
    const keeping = keeper(tenant.id, 'test')
    const one = await people.accounts.add(keeping, { name: 'Eins', email: fresh(), password: PASSWORD, admin: true })
    const two = await people.accounts.add(keeping, { name: 'Zwei', email: fresh(), password: PASSWORD, admin: true })
    const both = await Promise.allSettled([
      people.accounts.change(keeping, one.id, { admin: false }),
      people.accounts.change(keeping, two.id, { disabled: true }),
    ])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const left = (await people.accounts.of(keeping)).find(({ admin, disabled }) => admin && !disabled)
    await assert.rejects(people.accounts.remove(keeping, left?.id ?? 0), is('conflict'))
    assert.equal((await people.accounts.get(keeping, left?.id ?? 0)).admin, true)
  })

  test('accounts: another tenant’s are not there', async () => {
    const tenant = await people.tenants.make('drei', 'Drei')
    const { id } = await people.accounts.add(root, { name: 'Cäsar', email: fresh(), password: PASSWORD })
    await assert.rejects(people.accounts.get(keeper(tenant.id, 'test'), id), is('not-found'))
    await assert.rejects(people.accounts.change(keeper(tenant.id, 'test'), id, { admin: true }), is('not-found'))
    await assert.rejects(people.accounts.remove(keeper(tenant.id, 'test'), id), is('not-found'))
  })

  test('sessions: the cookie is new at each sign-in, kept as a hash, and the one before ends', async () => {
    const email = fresh()
    await people.accounts.add(root, { name: 'Dora', email, password: PASSWORD })
    const one = await signedIn(email)
    const two = await people.sessions.signIn(
      { tenant: 1, email, password: PASSWORD, address: '10.2.0.1' },
      { agent: 'test', before: one.session },
    )
    assert.notEqual(one.session, two.session)
    assert.ok(Buffer.from(two.session, 'base64url').length >= 32)
    assert.equal(await people.principals.ofSession(1, one.session), undefined)
    assert.equal((await people.principals.ofSession(1, two.session))?.id, two.who.id)
    const rows = await store.query(sql`select * from session`)
    assert.equal(JSON.stringify(rows).includes(two.session), false)
  })

  test('sessions: end by signing out, one by one, all the others, when idle, and when their time is over', async () => {
    const email = fresh()
    const { id } = await people.accounts.add(root, { name: 'Emil', email, password: PASSWORD })
    const [a, b, c] = [await signedIn(email), await signedIn(email), await signedIn(email)]
    const listed = await people.sessions.of(a.who, a.session)
    assert.equal(listed.length, 3)
    assert.equal(listed.filter(({ current }) => current).length, 1)
    await people.sessions.end(a.who, listed.find(({ current }) => !current)?.id ?? 0)
    assert.equal((await people.sessions.of(a.who, a.session)).length, 2)
    await people.sessions.endOthers(a.who, a.session)
    assert.equal(await people.principals.ofSession(1, b.session), undefined)
    assert.equal(await people.principals.ofSession(1, c.session), undefined)
    await people.sessions.signOut(a.session)
    assert.equal(await people.principals.ofSession(1, a.session), undefined)

    for (const past of [sql`seen = now() - interval '3 hours'`, sql`expires = now() - interval '1 second'`]) {
      const { session } = await signedIn(email)
      await store.query(sql`update session set ${past} where account = ${id}`)
      people.principals.forget()
      assert.equal(await people.principals.ofSession(1, session), undefined)
    }
  })

  test('sessions: another’s cannot be ended, and none is good in another tenant', async () => {
    const [mail, other] = [fresh(), fresh()]
    await people.accounts.add(root, { name: 'Frida', email: mail, password: PASSWORD })
    await people.accounts.add(root, { name: 'Gustav', email: other, password: PASSWORD })
    const [mine, theirs] = [await signedIn(mail), await signedIn(other)]
    const [listed] = await people.sessions.of(theirs.who, theirs.session)
    await assert.rejects(people.sessions.end(mine.who, listed?.id ?? 0), is('not-found'))
    const tenant = await people.tenants.make('vier', 'Vier')
    assert.equal(await people.principals.ofSession(tenant.id, mine.session), undefined)
    assert.equal((await people.principals.ofSession(1, mine.session))?.id, mine.who.id)
  })

  test('sessions: a disabled account is out at once', async () => {
    const email = fresh()
    const { id } = await people.accounts.add(root, { name: 'Heinz', email, password: PASSWORD })
    const { session, who } = await signedIn(email)
    const { token } = await people.tokens.make(who, { name: 't', verbs: ['read'] })
    await people.principals.ofToken(1, token)
    await people.accounts.change(root, id, { disabled: true })
    assert.equal(await people.principals.ofSession(1, session), undefined)
    await assert.rejects(async () => people.principals.ofToken(1, token), is('unauthenticated'))
    await assert.rejects(signedIn(email), is('unauthenticated'))
  })

  test('sign-in: guessing gets slower, for accounts that exist and for those that do not, with the same answers', async () => {
    const email = fresh()
    await people.accounts.add(root, { name: 'Ida', email, password: PASSWORD })
    const guess = (address: string, mail: string, password = 'falsch geraten hier') =>
      people.sessions.signIn({ tenant: 1, email: mail, password, address }, AGENT).then(
        () => 'in',
        (error: Problem) => `${error.kind}: ${error.in('de')}`,
      )
    const answers = async (mail: string, address: string) => {
      const list: string[] = []
      for (let i = 0; i < 6; i++) list.push(await guess(address, mail))
      return list
    }
    const known = await answers(email, '10.3.0.1')
    assert.deepEqual(known, await answers('niemand@stadt.example', '10.3.0.2'))
    assert.equal(known.filter((answer) => answer.startsWith('unauthenticated')).length, 5)
    assert.match(known[5] ?? '', /^busy: .*Sekunde/)
    assert.match(await guess('10.3.0.1', email, PASSWORD), /^busy/)
    assert.equal(await guess('10.3.0.9', email, PASSWORD), 'in', 'its owner, elsewhere, is not kept out')
  })

  test('sign-in: guesses sent at once are counted one by one', async () => {
    const attempts = Array.from({ length: 20 }, () =>
      people.sessions.signIn({ tenant: 1, email: 'parallel@stadt.example', password: 'falsch geraten', address: '10.4.0.1' }, AGENT),
    )
    const kinds = (await Promise.allSettled(attempts)).map((result) =>
      result.status === 'rejected' ? (result.reason as Problem).kind : 'in',
    )
    assert.equal(kinds.filter((kind) => kind === 'unauthenticated').length, 5)
    assert.equal(kinds.filter((kind) => kind === 'busy').length, 15)
  })

  test('sign-in: the right password forgets the wrong ones', async () => {
    const email = fresh()
    await people.accounts.add(root, { name: 'Jan', email, password: PASSWORD })
    const wrong = () => people.sessions.signIn({ tenant: 1, email, password: 'falsch geraten', address: '10.5.0.1' }, AGENT)
    for (let i = 0; i < 3; i++) {
      await assert.rejects(wrong(), is('unauthenticated'))
      await assert.rejects(wrong(), is('unauthenticated'))
      await signedIn(email, '10.5.0.1')
    }
  })

  test('tokens: are shown once and kept as prefix and hash', async () => {
    const made = await people.tokens.make(root, { name: 'Sensornetz', verbs: ['read', 'append'] })
    assert.match(made.token, /^allm_[a-z0-9]{8}_[\w-]{43}$/)
    assert.equal(made.token.split('_')[1], made.prefix)
    const rows = await store.query(sql`select * from token`)
    assert.equal(JSON.stringify(rows).includes(made.token.slice(14)), false)
    const who = await people.principals.ofToken(1, made.token)
    assert.deepEqual(
      { ...who, id: '', at: undefined },
      {
        id: '',
        name: 'Sensornetz',
        tenant: 1,
        admin: true,
        grants: [],
        only: ['read', 'append'],
        at: undefined,
      },
    )
    assert.notEqual((await people.tokens.of(root)).find(({ id }) => id === made.id)?.used, null)
  })

  test('tokens: wrong, altered, expired, revoked, or of another tenant are refused, remembered or not', async () => {
    const tenant = await people.tenants.make('fuenf', 'Fünf')
    const refused = (token: string, at = 1) => assert.rejects(async () => people.principals.ofToken(at, token), is('unauthenticated'))
    const { id, token } = await people.tokens.make(root, { name: 't', verbs: ['read'] })
    await refused('')
    await refused('allm_abcdefgh_' + 'A'.repeat(43))
    await refused(token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'))
    await refused(token, tenant.id)
    await people.principals.ofToken(1, token)
    await refused(token, tenant.id)
    await people.tokens.revoke(root, id)
    await refused(token)
    const late = await people.tokens.make(root, { name: 't', verbs: ['read'], expires: new Date(Date.now() + 60_000).toISOString() })
    await people.principals.ofToken(1, late.token)
    await store.query(sql`update token set expires = now() - interval '1 second' where id = ${late.id}`)
    people.principals.forget()
    await refused(late.token)
  })

  test('tokens: carry the rights of their owner, cut to their own, and follow when these change', async () => {
    const [luft, wasser] = [await makeDataset('luft'), await makeDataset('wasser')]
    const email = fresh()
    const { id } = await people.accounts.add(root, {
      name: 'Karl',
      email,
      password: PASSWORD,
      grants: [{ dataset: luft, verbs: ['read', 'append'] }],
    })
    const { who } = await signedIn(email)
    const granted = [{ id: who.grants[0]?.id, dataset: luft, verbs: ['read', 'append'] }]
    assert.deepEqual(who.grants, granted)
    const { token } = await people.tokens.make(who, { name: 't', verbs: VERBS, datasets: [luft, wasser] })
    const holder = await people.principals.ofToken(1, token)
    assert.equal(holder.admin, false)
    assert.deepEqual(holder.grants, granted)
    await people.accounts.change(root, id, { grants: [] })
    assert.deepEqual((await people.principals.ofToken(1, token)).grants, [])
  })

  test('tokens: bounded to a dataset that is deleted, good for nothing rather than for everything', async () => {
    const dataset = await makeDataset('vergangen')
    const { token } = await people.tokens.make(root, { name: 't', verbs: VERBS, datasets: [dataset], home: dataset })
    const holder = await people.principals.ofToken(1, token)
    assert.equal(holder.admin, false)
    assert.deepEqual(holder.grants, [{ dataset, verbs: VERBS }])
    assert.equal(holder.home, dataset)
    await store.query(sql`delete from dataset where id = ${dataset}`)
    people.principals.forget()
    const after = await people.principals.ofToken(1, token)
    assert.equal(after.admin, false)
    assert.deepEqual(after.grants, [])
  })

  test('tokens: another tenant’s dataset is not granted', async () => {
    const tenant = await people.tenants.make('sechs', 'Sechs')
    const theirs = await makeDataset('geheim', tenant.id)
    const { token } = await people.tokens.make(root, { name: 't', verbs: VERBS, datasets: [theirs] })
    assert.deepEqual((await people.principals.ofToken(1, token)).grants, [])
  })

  test('tokens: do not make tokens that may more, nor see or revoke others’', async () => {
    const email = fresh()
    await people.accounts.add(root, { name: 'Lena', email, password: PASSWORD })
    const { who } = await signedIn(email)
    const mine = await people.tokens.make(who, { name: 't', verbs: ['read'] })
    const holder = await people.principals.ofToken(1, mine.token)
    await assert.rejects(people.tokens.make(holder, { name: 'more', verbs: VERBS }), is('forbidden'))
    await assert.rejects(people.tokens.of(holder), is('forbidden'))
    const rooted = await people.tokens.make(root, { name: 'root', verbs: VERBS })
    assert.deepEqual(
      (await people.tokens.of(who)).map(({ id }) => id),
      [mine.id],
    )
    await assert.rejects(people.tokens.revoke(who, rooted.id), is('not-found'))
    const reader = await people.principals.ofToken(1, (await people.tokens.make(root, { name: 'r', verbs: ['read'] })).token)
    await assert.rejects(people.tokens.make(reader, { name: 'more', verbs: VERBS }), is('unauthenticated'))
    await assert.rejects(people.accounts.of(reader), is('forbidden'))
  })

  test('tokens: the configured one administers, whatever the database holds', async () => {
    const unattended = openPeople(store, { adminToken: ADMIN_TOKEN })
    const who = await unattended.principals.ofToken(1, ADMIN_TOKEN)
    assert.equal(who.admin, true)
    assert.equal(who.only, undefined)
    await assert.rejects(async () => unattended.principals.ofToken(1, `${ADMIN_TOKEN}x`), is('unauthenticated'))
    await assert.rejects(async () => people.principals.ofToken(1, ADMIN_TOKEN), is('unauthenticated'))
  })

  test('principals: a second look within moments asks nothing of the database', async () => {
    const { token } = await people.tokens.make(root, { name: 't', verbs: ['read'] })
    assert.ok(people.principals.ofToken(1, token) instanceof Promise)
    await people.principals.ofToken(1, token)
    assert.ok(!(people.principals.ofToken(1, token) instanceof Promise))
  })

  test('tenants: found by slug, made once, and only under a slug', async () => {
    const made = await people.tenants.make('nord', 'Nord')
    assert.deepEqual(await people.tenants.bySlug('nord'), made)
    assert.equal(await people.tenants.bySlug('sued'), undefined)
    assert.equal(await people.tenants.bySlug("x' or true --"), undefined)
    await assert.rejects(people.tenants.make('nord', 'Noch einer'), is('conflict'))
    await assert.rejects(people.tenants.make('../x', 'X'), is('invalid-body'))
  })
})
