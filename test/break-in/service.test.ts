/** Break-in at the one door: for every caller, dataset, noun and verb, what they may not do they cannot, and nothing has changed afterwards. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Noun } from '../../src/model/noun.ts'
import { Problem } from '../../src/problem.ts'
import { equals, everything, type Filter } from '../../src/query/filter.ts'
import { ask } from '../../src/query/query.ts'
import { anonymous, keeper, VERBS, type Principal } from '../../src/rights/principal.ts'
import { name as called, sql } from '../../src/store/sql.ts'
import { idIn, itself, WRITES } from './attempts.ts'
import { datasetOf, entityOf, HOME_TENANT, openWorld, seriesOf, type Place, type World } from './world.ts'

type Where = 'open' | 'hidden' | 'unreleased' | 'mine' | 'foreign'
const PLACES: readonly Where[] = ['open', 'hidden', 'unreleased', 'mine', 'foreign']
const NOUNS: readonly Noun[] = ['dataset', 'entity', 'series', 'observation']

/** r read, a append, c change, d delete, m manage: what each may where. The table is the claim; the code under test does not make it. */
const MAY: Readonly<Record<string, Readonly<Record<Where, string>>>> = {
  stranger: { open: 'r', hidden: '', unreleased: '', mine: '', foreign: '' },
  'reader without a grant': { open: 'r', hidden: '', unreleased: '', mine: '', foreign: '' },
  'member granted everything on another dataset': { open: 'r', hidden: '', unreleased: '', mine: 'racdm', foreign: '' },
  'member granted reading': { open: 'r', hidden: '', unreleased: '', mine: 'r', foreign: '' },
  'device that may only append': { open: 'r', hidden: '', unreleased: '', mine: 'a', foreign: '' },
  'administrator with a token for reading': { open: 'r', hidden: 'r', unreleased: 'r', mine: 'r', foreign: '' },
  'administrator of the other tenant': { open: '', hidden: '', unreleased: '', mine: '', foreign: 'racdm' },
  'member of the other tenant with our dataset’s number': { open: '', hidden: '', unreleased: '', mine: '', foreign: 'r' },
  administrator: { open: 'racdm', hidden: 'racdm', unreleased: 'racdm', mine: 'racdm', foreign: '' },
}

function callers({ mine, foreign }: World): Readonly<Record<string, Principal>> {
  const user = (id: number, grants: Principal['grants'], tenant = HOME_TENANT): Principal => ({
    id: `user:${id}`,
    name: '',
    tenant,
    admin: false,
    grants,
  })
  return {
    stranger: anonymous(HOME_TENANT),
    'reader without a grant': user(1, []),
    'member granted everything on another dataset': user(2, [{ dataset: mine.dataset, verbs: VERBS }]),
    'member granted reading': user(3, [{ dataset: mine.dataset, verbs: ['read'] }]),
    'device that may only append': { ...user(4, [{ dataset: mine.dataset, verbs: ['append'] }]), only: ['append'] },
    'administrator with a token for reading': { ...keeper(HOME_TENANT, 'token:5'), only: ['read'] },
    'administrator of the other tenant': keeper(foreign.tenant, 'user:6'),
    'member of the other tenant with our dataset’s number': user(7, [{ dataset: mine.dataset, verbs: VERBS }], foreign.tenant),
    administrator: keeper(HOME_TENANT, 'user:8'),
  }
}

/** How often each attempt is made, with the kind of problem it ends in; "done" when it was carried out. */
async function outcome(attempt: () => Promise<unknown>): Promise<string> {
  try {
    const answer = await attempt()
    const problem = Array.isArray(answer) ? answer.find((one) => one instanceof Problem) : undefined
    return problem instanceof Problem ? problem.kind : 'done'
  } catch (error) {
    if (error instanceof Problem) return error.kind
    throw error
  }
}

describe('break-in: the service', () => {
  let world: World
  let who: Readonly<Record<string, Principal>>

  before(async () => {
    world = await openWorld()
    who = callers(world)
  })
  after(() => world.close())

  const caller = (name: string): Principal => who[name] ?? assert.fail(name)
  const place = (where: Where): Place => world[where]

  /** Everything that could have been changed, as text. */
  const picture = async (): Promise<string> => {
    const tables = ['dataset', 'entity', 'series', 'link', 'observation']
    const rows = await Promise.all(
      tables.map((table) =>
        world.database.query<{ text: string }>(sql`select string_agg(t::text, '\n' order by t::text) as text from ${called(table)} t`),
      ),
    )
    return rows.map(([row]) => row?.text ?? '').join('\n---\n')
  }

  test('every caller stands in the table', () => assert.deepEqual(Object.keys(who).toSorted(), Object.keys(MAY).toSorted()))

  for (const name of Object.keys(MAY)) {
    for (const where of PLACES) {
      const may = MAY[name]?.[where] ?? ''
      const sees = may.includes('r')

      for (const noun of NOUNS) {
        test(`${name} ${sees ? 'reads' : 'does not find'} ${noun} in ${where}`, async () => {
          const { service } = world
          const id = idIn(place(where), noun)
          const all = await service.find(caller(name), { ...ask(noun, everything, 1000), count: true })
          assert.equal(
            all.items.some((item) => item.id === id),
            sees,
          )
          assert.equal(all.total, all.items.length, 'the count counts what is seen, no more')
          assert.equal((await service.find(caller(name), { ...ask(noun, itself(place(where), noun), 1), count: true })).total, sees ? 1 : 0)
          assert.equal(await outcome(() => service.get(caller(name), noun, id)), sees ? 'done' : 'not-found')
          const streamed: number[] = []
          for await (const item of service.stream(caller(name), ask(noun, everything, 1000))) streamed.push(item.id)
          assert.equal(streamed.includes(id), sees)
        })
      }

      test(`${name} ${sees ? 'reads' : 'does not find'} the card and the summary of ${where}`, async () => {
        const { slug, tenant, series } = place(where)
        const card = await outcome(() => world.service.card(caller(name), slug, 'http://x'))
        assert.equal(card, sees && caller(name).tenant === tenant ? 'done' : 'not-found')
        const summary = {
          from: '2026-01-01T00:00:00Z',
          until: '2027-01-01T00:00:00Z',
          bucket: 'year',
          zone: 'UTC',
          series: [series],
        } as const
        assert.equal((await world.service.summarise(caller(name), summary)).length, sees ? 1 : 0)
      })

      test(`${name} ${sees ? 'counts' : 'does not count'} the observations of ${where} in groups, nor by what is related`, async () => {
        const id = place(where).series
        const counted = await world.service.group(caller(name), {
          noun: 'observation',
          where: everything,
          by: [{ of: { path: ['series'] } }, { of: { through: 'series', of: { path: ['name'] } } }],
          measures: [{ how: 'count' }],
          limit: 1000,
        })
        assert.equal(
          counted.some(([series]) => Number(series) === id),
          sees,
        )
      })

      for (const [verb, attempts] of Object.entries(WRITES)) {
        const letter = verb[0] ?? ''
        if (may.includes(letter)) continue
        test(`${name} cannot ${verb} in ${where}`, async () => {
          const before = await picture()
          for (const [what, attempt] of Object.entries(attempts)) {
            const found = await outcome(() => attempt(world, caller(name), place(where)))
            const expected = !sees ? ['not-found', 'nothing there'] : name === 'stranger' ? ['unauthenticated'] : ['forbidden']
            // To somebody without credentials, to sign in is as good an answer, as long as it tells nothing (see below).
            const also = name === 'stranger' && !sees ? ['unauthenticated'] : []
            assert.ok([...expected, ...also].includes(found), `${what}: ${found}`)
          }
          assert.equal(await picture(), before)
        })
      }
    }
  }

  for (const name of Object.keys(MAY)) {
    test(`${name} is told the same of what is hidden and of what is not there`, async () => {
      for (const where of PLACES) {
        if ((MAY[name]?.[where] ?? '') !== '') continue
        const there = place(where)
        const nowhere: Place = {
          ...there,
          dataset: 99_999,
          thing: 999_999_999,
          series: 99_999_999,
          observation: 9_999_999_999,
          slug: 'nirgends',
        }
        for (const attempts of Object.values(WRITES))
          for (const [what, attempt] of Object.entries(attempts))
            for (const language of ['de', 'en'] as const)
              assert.equal(
                await said(() => attempt(world, caller(name), there), there, language),
                await said(() => attempt(world, caller(name), nowhere), nowhere, language),
                `${what} in ${where}`,
              )
      }
    })
  }

  test('whoever was granted it can: the refusals above are not refusals of everybody', async () => {
    const member = caller('member granted everything on another dataset')
    for (const [what, attempt] of Object.entries(WRITES.append))
      assert.equal(await outcome(() => attempt(world, member, world.mine)), 'done', what)
    for (const [what, attempt] of Object.entries(WRITES.change))
      assert.equal(await outcome(() => attempt(world, member, world.mine)), 'done', what)
    const device = caller('device that may only append')
    assert.equal(
      await outcome(() => world.service.append(device, [{ series: world.mine.series, time: '2026-04-02T00:00:00Z', result: 1 }])),
      'done',
    )
  })

  test('only administrators make datasets, and only in their own tenant', async () => {
    const before = await picture()
    for (const [name, principal] of Object.entries(who)) {
      for (const tenant of [HOME_TENANT, world.foreign.tenant]) {
        if (principal.admin && principal.only === undefined && principal.tenant === tenant) continue
        const [id = 0] = await world.service.ids('dataset', 1)
        const dataset = datasetOf(id, tenant, `neu-${id}`, { access: 'public', state: 'released' })
        const found = await outcome(() => world.service.record(principal, { datasets: [dataset] }))
        assert.equal(found, name === 'stranger' ? 'unauthenticated' : 'forbidden', `${name} in tenant ${tenant}`)
      }
    }
    assert.equal(await picture(), before)
  })

  test('nothing is tied to what one may not change: links, and series about another’s thing', async () => {
    const member = caller('member granted everything on another dataset')
    const before = await picture()
    for (const where of ['open', 'hidden', 'foreign'] as const) {
      const { thing } = place(where)
      const [own = 0] = await world.service.ids('entity', 1)
      const [series = 0] = await world.service.ids('series', 1)
      const location = entityOf(own, world.mine.dataset, 'location', 'mine')
      const tied = await outcome(() =>
        world.service.record(member, { entities: [location], links: [{ source: thing, name: 'location', target: own }] }),
      )
      assert.ok(['forbidden', 'not-found'].includes(tied), `a link from a thing in ${where}: ${tied}`)
      const about = await outcome(() => world.service.record(member, { series: [seriesOf(series, world.mine.dataset, thing)] }))
      assert.equal(about, where === 'open' ? 'forbidden' : 'not-found', `a series about a thing in ${where}`)
      const stray = {
        id: await world.service.observationId(world.mine.time),
        series: place(where).series,
        time: world.mine.time,
        result: 1,
      }
      const slipped = await outcome(() => world.service.record(member, { observations: [{ ...stray, dataset: world.mine.dataset }] }))
      assert.equal(slipped, 'invalid-body', `an observation of a series in ${where}, said to be in another dataset`)
      const shifted = await outcome(() =>
        world.service.amend(member, 'observation', world.mine.observation, (old) => ({ ...old, series: place(where).series })),
      )
      assert.equal(shifted, 'invalid-body', `an observation moved to a series in ${where}`)
      if (where === 'open') continue
      const pointed = await outcome(() => world.service.append(member, [{ ...stray, series: world.mine.series, feature: thing }]))
      assert.equal(pointed, 'not-found', `an observation of a feature in ${where}`)
      const used = await outcome(() =>
        world.service.record(member, { series: [seriesOf(series, world.mine.dataset, world.mine.thing, { sensor: place(where).sensor })] }),
      )
      assert.equal(used, 'not-found', `a series with a sensor in ${where}`)
    }
    assert.equal(await picture(), before)
  })

  test('nothing is moved into a dataset that one may not write to, nor into another tenant', async () => {
    const member = caller('member granted everything on another dataset')
    for (const where of ['open', 'hidden', 'foreign'] as const) {
      const moved = await outcome(() =>
        world.service.amend(member, 'entity', world.mine.thing, (old) => ({ ...old, dataset: place(where).dataset })),
      )
      assert.notEqual(moved, 'done', where)
    }
    await outcome(() =>
      world.service.amend(caller('administrator'), 'dataset', world.mine.dataset, (old) => ({ ...old, tenant: world.foreign.tenant })),
    )
    const there = async (tenant: number) =>
      (await world.service.find(keeper(tenant, 'test'), ask('dataset', everything, 100))).items.some(({ id }) => id === world.mine.dataset)
    assert.deepEqual([await there(HOME_TENANT), await there(world.foreign.tenant)], [true, false])
    const thing = await world.service.get(caller('administrator'), 'entity', world.mine.thing)
    assert.equal(thing.dataset, world.mine.dataset)
  })

  test('what is included, and what is asked about relatives, stays within what may be read', async () => {
    const { open, hidden } = world
    const root = keeper(HOME_TENANT, 'test')
    const [series = 0] = await world.service.ids('series', 1)
    await world.service.record(root, { series: [seriesOf(series, hidden.dataset, open.thing)] })
    const include = { through: 'series', where: everything, order: [], page: { limit: 10 }, include: [], count: true }
    const seen = async (principal: Principal) => {
      const { items } = await world.service.find(principal, { ...ask('entity', equals(['id'], open.thing), 1), include: [include] })
      return items[0]?.with?.['series']
    }
    assert.equal((await seen(root))?.total, 2)
    assert.equal((await seen(anonymous(HOME_TENANT)))?.total, 1)
    assert.deepEqual(
      (await seen(anonymous(HOME_TENANT)))?.items.map(({ id }) => id),
      [open.series],
    )
    const oracle: Filter = { is: 'some', through: 'series', where: equals(['id'], series) }
    assert.equal((await world.service.find(root, ask('entity', oracle, 10))).items.length, 1)
    assert.equal((await world.service.find(anonymous(HOME_TENANT), ask('entity', oracle, 10))).items.length, 0)
    await world.service.remove(root, 'series', equals(['id'], series))
  })
})

/** What the refusal says, with the numbers of the place taken out. */
async function said(attempt: () => Promise<unknown>, place: Place, language: 'de' | 'en'): Promise<string> {
  const problem = await attempt().then(
    (answer) => (Array.isArray(answer) ? answer.find((one) => one instanceof Problem) : answer),
    (error: unknown) => error,
  )
  if (!(problem instanceof Problem)) return JSON.stringify(problem)
  return `${problem.kind} ${problem.in(language)}`.replaceAll(place.slug, '#').replaceAll(/\d+/g, '#')
}
