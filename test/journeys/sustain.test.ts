/** Sustain: what the platform is for, what it costs and who keeps it: records with history and ties, figures that measure themselves, the cockpit. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Answer, type Platform } from '../support/platform.ts'
import { everything } from '../../src/query/filter.ts'
import { ask } from '../../src/query/query.ts'
import type { Problem } from '../../src/problem.ts'
import { anonymous, type Principal } from '../../src/rights/principal.ts'
import { openIndicators } from '../../src/sustain/indicators.ts'
import { openRecords } from '../../src/sustain/records.ts'
import { wordIn } from '../../src/sustain/kind.ts'
import { cockpitOf } from '../../src/sustain/cockpit.ts'
import { loadOrganisation } from '../../src/demo/organisation.ts'
import { TOPICS } from '../../src/demo/topics.ts'

let platform: Platform
before(async () => {
  platform = await startPlatform()
  await platform.ask('POST /api/v1/datasets', { body: { slug: 'rad', title: { de: 'Radverkehr' }, access: 'public' } })
})
after(() => platform.end())

async function status(call: string, expected: number, body?: unknown): Promise<Answer['json']> {
  const answer = await platform.ask(call.replace(' ', ' /api/v1'), body === undefined ? {} : { body })
  assert.equal(answer.status, expected, `${call}: ${answer.text}`)
  return answer.json
}
const add = (kind: string, title: string, fields: object, more: object = {}) =>
  status('POST /sustain/records', 201, { kind, title, fields, ...more })

const WHY = { reason: 'Pendelnde wissen nicht, welche Strecke frei ist.', audience: ['Pendelnde'] }
const PILOT = { ...WHY, stage: 'pilot', datasets: ['rad'], purpose: 'Sie wählen den Weg nach der Lage.', responsible: 'Kim Beispiel', until: '2027-06-30', outcome: 'Weniger Stau' } // prettier-ignore

test('sustain: every kind draws a form in both languages, and names only what there is', async () => {
  const { items } = await status('GET /sustain/kinds', 200)
  const names = items.map(({ name }: { name: string }) => name)
  assert.ok(names.includes('use-case') && names.includes('funding') && names.length >= 8)
  for (const { name, schema, title, lead } of items) {
    assert.ok(title.de && title.en && lead.de && lead.en, name)
    for (const [field, part] of Object.entries(
      schema.properties as Record<string, { title: { de: string; en: string }; refers?: string }>,
    )) {
      assert.ok(part.title.de && part.title.en, `${name}.${field}`)
      if (part.refers !== undefined) assert.ok(part.refers === 'dataset' || names.includes(part.refers), `${name}.${field}`)
    }
  }
})

test('sustain: a use case says what is missing, and goes on to a stage only with what that asks for', async () => {
  const made = await add('use-case', 'Verkehrsdashboard', { what: 'Wir möchten ein Dashboard' })
  const fields = made.findings.map(({ field }: { field: string }) => field)
  assert.deepEqual(fields.toSorted(), ['audience', 'purpose', 'reason'])
  assert.match(made.findings.at(-1).said, /Werkzeug ist noch kein Nutzen/)
  const at = `/sustain/records/${made.id}`
  const refused = await status(`PATCH ${at}`, 409, { fields: { stage: 'pilot', ...WHY } })
  assert.match(refused.detail, /Mit welchen Daten\?.*Verantwortlich/)
  const pilot = await status(`PATCH ${at}`, 200, { fields: PILOT })
  assert.equal(pilot.version, 2)
  await status(`PATCH ${at}`, 409, { title: 'Anders', version: 1 })
  const { items } = await status(`GET ${at}/history`, 200)
  assert.deepEqual(items.map(({ version, fields: old }: { version: number; fields: { what: string } }) => [version, old.what]), [[1, 'Wir möchten ein Dashboard']]) // prettier-ignore
  assert.deepEqual((await status('GET /datasets/rad/purpose', 200)).items, [{ id: made.id, kind: 'use-case', title: 'Verkehrsdashboard', field: 'datasets' }]) // prettier-ignore
})

test('sustain: bad input is named with its place, and stores nothing', async () => {
  const cases = [
    [{ kind: 'wunsch', title: 'x', fields: {} }, '/kind'],
    [{ kind: 'cost', title: '', fields: { amount: 1, from: '2027-01-01' } }, '/title'],
    [{ kind: 'cost', title: 'x', fields: { amount: 10.5, from: '2027-01-01' } }, '/fields/amount'],
    [{ kind: 'cost', title: 'x', fields: { amount: -1, from: '2027-01-01' } }, '/fields/amount'],
    [{ kind: 'cost', title: 'x', fields: { amount: 1, from: '2027-02-30' } }, '/fields/from'],
    [{ kind: 'cost', title: 'x', fields: { amount: 1 } }, '/fields/from'],
    [{ kind: 'cost', title: 'x', fields: { amount: 1, from: '2027-01-01', farbe: 'rot' } }, '/fields/farbe'],
    [{ kind: 'role', title: 'x', fields: { task: 'strategy', share: 120 } }, '/fields/share'],
    [{ kind: 'use-case', title: 'x', fields: { indicators: [999_999] } }, '/fields/indicators'],
    [{ kind: 'use-case', title: 'x', fields: {}, shown: ['geheim'] }, '/shown'],
    [{ kind: 'use-case', title: 'x', fields: {}, review: 'bald' }, '/review'],
  ] as const
  for (const [body, pointer] of cases) {
    const answer = await platform.ask('POST /api/v1/sustain/records', { body })
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.json.at?.pointer ?? answer.json.pointer, pointer, answer.text)
  }
  assert.deepEqual((await status('GET /sustain/records?kind=cost', 200)).items, [])
})

test('sustain: an indicator measures itself, every day once; what has vanished is said, and no zero is written', async () => {
  const { json: thing } = await platform.ask('GET /api/v1/datasets/rad')
  assert.ok(thing.id)
  const place = `/datasets/rad/sta/v1.1`
  const made = await platform.ask(`POST ${place}/Things`, {
    body: {
      name: 'Brücke', description: '', Datastreams: [{
        name: 'Rad', description: '', observationType: 'x', unitOfMeasurement: { name: null, symbol: null, definition: null },
        Sensor: { name: 's', description: '', encodingType: 'x', metadata: 'x' }, ObservedProperty: { name: 'radfahrende', definition: 'http://x/r', description: '' },
        Observations: [10, 20, 60].map((result, i) => ({ result, phenomenonTime: new Date(Date.now() - (i + 1) * 3_600_000).toISOString() })),
      }],
    },
  }) // prettier-ignore
  assert.equal(made.status, 201, made.text)
  const base = { definition: 'Radfahrende im Mittel', source: 'data', dataset: 'rad', attribute: 'radfahrende', figure: 'average', days: 7, baseline: 20, target: 40 } // prettier-ignore
  const mean = await add('indicator', 'Radverkehr', base, { shown: ['definition'] })
  await status('POST /sustain/records', 400, { kind: 'indicator', title: 'x', fields: { ...base, dataset: 'gab-es-nie' } })
  await status('POST /datasets', 201, { slug: 'weg', title: { de: 'Weg' } })
  const lost = await add('indicator', 'Verschwunden', { ...base, dataset: 'weg' })
  await status('DELETE /datasets/weg', 204)
  const hand = await add('indicator', 'Zufriedenheit', { definition: 'Umfrage', source: 'manual' })
  const indicators = openIndicators(platform.database, platform.service)
  await indicators.measureDue()
  await indicators.measureDue()
  const course = await status(`GET /sustain/records/${mean.id}/values`, 200)
  assert.deepEqual([course.values.length, course.latest, course.reached, course.problem], [1, 30, 50, undefined])
  const gone = await status(`GET /sustain/records/${lost.id}/values`, 200)
  assert.deepEqual([gone.values, gone.latest], [[], undefined])
  assert.match(gone.problem, /„weg“ gibt es nicht mehr/)
  await status(`PATCH /sustain/records/${lost.id}`, 200, { title: 'Immer noch verschwunden' })
  await status(`POST /sustain/records/${mean.id}/values`, 409, { day: '2026-01-01', value: 1, note: 'x' })
  await status(`POST /sustain/records/${hand.id}/values`, 400, { day: '2026-01-01', value: 1 })
  await status(`POST /sustain/records/${hand.id}/values`, 400, { day: '2126-01-01', value: 1, note: 'x' })
  await status(`POST /sustain/records/${hand.id}/values`, 201, { day: '2026-01-01', value: 3.5, note: 'Umfrage vom Januar' })
  const clicks = await add('indicator', 'Abrufe', { definition: 'Anzahl der Abrufe', source: 'platform', platform: 'observations', level: 'impact' }) // prettier-ignore
  assert.ok(
    clicks.findings.some(({ field }: { field: string }) => field === 'level'),
    'clicks are no impact',
  )

  const [useCase] = (await status('GET /sustain/records?kind=use-case', 200)).items
  await status(`PATCH /sustain/records/${useCase.id}`, 200, { fields: { ...useCase.fields, indicators: [mean.id] }, shown: ['reason', 'indicators'] }) // prettier-ignore
  await status(`DELETE /sustain/records/${mean.id}`, 409)
  const stranger = await platform.ask('GET /api/v1/impact', { headers: { authorization: '' } })
  const [shown] = stranger.json.items
  assert.deepEqual(Object.keys(shown.fields).toSorted(), ['indicators', 'reason'])
  assert.deepEqual([shown.indicators[0].title, shown.indicators[0].fields, shown.indicators[0].values[0].value], ['Radverkehr', { definition: 'Radfahrende im Mittel' }, 30]) // prettier-ignore
})

test('sustain: the cockpit says what the day after the grant costs, who is missing, and what comes next', async () => {
  const year = new Date().getUTCFullYear()
  await add('cost', 'Betrieb', { amount: 12_000_00, recurring: true, from: `${year - 1}-01-01` })
  await add('cost', 'Server', { amount: 5_000_00, from: `${year + 1}-03-01` })
  await add('funding', 'Förderung', { yearly: 20_000_00, type: 'grant', from: `${year - 1}-01-01`, until: `${year + 1}-06-30` })
  await add('role', 'Strategie', { task: 'strategy', person: 'Kim', deputy: 'Alex' })
  await add('operation', 'Eigenbetrieb', { form: 'own', operator: 'IT' })
  await add('milestone', 'Zweiter Anwendungsfall', { due: `${year + 1}-01-31` })
  const { tiles, plan, ends, stages } = await status('GET /sustain/cockpit', 200)
  const money = plan.map(({ costs, funded, gap }: { costs: number; funded: number; gap: number }) => [costs, funded, gap])
  assert.deepEqual(money.slice(0, 3), [[12_000_00, 20_000_00, 0], [17_000_00, 10_000_00, 7_000_00], [12_000_00, 0, 12_000_00]]) // prettier-ignore
  assert.deepEqual([ends.title, ends.until], ['Förderung', `${year + 1}-06-30`])
  const score = Object.fromEntries(tiles.map((tile: { name: string; score: number }) => [tile.name, tile.score]))
  assert.deepEqual(score, { operation: 50, funding: 34, roles: 17, roadmap: 33 })
  assert.match(tiles[2].reasons[0].de, /Verstetigung: niemand/)
  assert.deepEqual(stages, { pilot: 1 })
})

test('sustain: coordinators keep it and see no data for it; others see nothing of it', async () => {
  const records = openRecords(platform.database, platform.service)
  const someone = (roles: Principal['roles']): Principal => ({ id: 'user:9', name: 'Ko', tenant: 1, admin: false, grants: [], ...(roles && { roles }) }) // prettier-ignore
  const coordinator = someone(['coordinator'])
  assert.ok((await records.list(coordinator)).length > 8)
  await platform.ask('PATCH /api/v1/datasets/rad', { body: { access: 'restricted' } })
  assert.deepEqual((await platform.service.find(coordinator, ask('series', everything, 10))).items, [])
  const spying = { kind: 'indicator', title: 'Neugier', fields: { definition: 'x', source: 'data', dataset: 'rad', attribute: 'radfahrende', figure: 'max', days: 1 } } // prettier-ignore
  await assert.rejects(records.add(coordinator, spying), (problem: Problem) => ['forbidden', 'invalid-body'].includes(problem.kind))
  await assert.rejects(records.list(someone(['steward'])), { kind: 'forbidden' })
  await assert.rejects(records.add(anonymous(1), { kind: 'cost' }), { kind: 'unauthenticated' })
  assert.deepEqual(await records.list({ ...coordinator, tenant: 2 }), [], 'of another tenant nothing')
})

test('sustain: the example town has written down what its platform is for, gaps and all; done again, it adds nothing', async (t) => {
  const town = await startPlatform()
  t.after(() => town.end())
  const records = openRecords(town.database, town.service)
  const who: Principal = { id: 'user:1', name: 'Demo', tenant: 1, admin: true, grants: [] }
  for (const { card: { slug, title } } of TOPICS) await town.ask('POST /api/v1/datasets', { body: { slug, title } }) // prettier-ignore
  for (let turn = 0; turn < 2; turn++) await loadOrganisation(records, who, new Date('2026-11-25'))
  const all = await records.list(who)
  assert.deepEqual(all.filter(({ kind }) => kind === 'use-case').length, 5)
  const { tiles, plan, ends } = cockpitOf(all, '2026-11-25')
  assert.deepEqual(plan.map(({ gap }) => gap), [0, 24_660_00, 34_460_00, 34_460_00, 34_460_00]) // prettier-ignore
  assert.equal(ends?.until, '2027-06-30')
  const gaps = tiles.flatMap(({ reasons }) => reasons.map(({ de }) => de))
  assert.ok(
    gaps.some((said) => /Systemarchitektur: niemand/.test(said)) && gaps.some((said) => /keine Vertretung/.test(said)),
    gaps.join('; '),
  )
  const attributes = new Set(TOPICS.flatMap(({ card: { slug }, things }) => things.flatMap(({ measures }) => measures.map(({ attribute }) => `${slug} ${attribute}`)))) // prettier-ignore
  for (const { kind, title, fields } of all)
    if (kind === 'indicator' && fields['source'] === 'data')
      assert.ok(attributes.has(`${wordIn(fields, 'dataset')} ${wordIn(fields, 'attribute')}`), title)
})

test('sustain: of two who change the same at once one is told so, and nothing is lost', async () => {
  const made = await add('role', 'Entwicklung', { task: 'development' })
  const answers = await Promise.all(['A', 'B', 'C'].map((person) => platform.ask(`PATCH /api/v1/sustain/records/${made.id}`, { body: { fields: { task: 'development', person }, version: 1 } }))) // prettier-ignore
  assert.deepEqual(
    answers.map((answer) => answer.status).toSorted((a, b) => a - b),
    [200, 409, 409],
  )
  assert.equal((await status(`GET /sustain/records/${made.id}/history`, 200)).items.length, 1)
})
