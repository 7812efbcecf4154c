/** The catalogue through CKAN's Action API, as its harvesters, libraries and the plugin for QGIS call it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { ACTIONS } from '../../src/protocols/ckan/actions.ts'
import { addDataset, air, trees } from '../support/datasets.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const ROOT = 'https://stadt.example'
let platform: Platform

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: ROOT })
  await addDataset(platform.service, 'luft', air(2, 3), { modified: '2026-03-01T00:00:00Z' })
  await addDataset(platform.service, 'baeume', trees(3), {
    title: { de: 'Baumkataster', en: 'Tree register' },
    description: { de: 'Alle Bäume an Straßen und in Parks' },
    keywords: ['Baum', 'Grün'],
    themes: ['ENVI', 'REGI'],
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    publisher: { name: 'Grünflächenamt Köln' },
    properties: { contributorID: 'openNRW', geocoding: '053150000000' },
  })
  await addDataset(platform.service, 'intern', [], { access: 'internal' })
  await addDataset(platform.service, 'entwurf', [], { state: 'draft' })
})

after(() => platform.end())

interface Answer {
  readonly success: boolean
  readonly help?: string
  readonly result: any // eslint-disable-line
  readonly error?: Readonly<Record<string, unknown>>
}

async function act(
  name: string,
  parameters: Readonly<Record<string, string>> = {},
  base = '/api/3/action',
): Promise<Answer & { readonly status: number }> {
  const { status, json } = await platform.ask(`GET ${base}/${name}?${new URLSearchParams(parameters).toString()}`)
  return { status, ...(json as Answer) }
}

async function post(name: string, body: unknown, type = 'application/json', base = '/api/action') {
  const { status, json } = await platform.ask(`POST ${base}/${name}`, {
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status, ...(json as Answer) }
}

const found = async (parameters: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  ((await act('package_search', { sort: 'name asc', ...parameters })).result.results as { name: string }[]).map(({ name }) => name)

test('a library that posts JSON and one that gets are told the same, in the envelope', async () => {
  const [got, posted, form] = [
    await act('package_list'),
    await post('package_list', {}),
    await post('package_list', 'limit=10', 'application/x-www-form-urlencoded'),
  ]
  assert.deepEqual(got.result, ['baeume', 'luft'])
  assert.equal(got.success, true)
  assert.equal(got.help, `${ROOT}/api/3/action/help_show?name=package_list`)
  assert.deepEqual(posted.result, got.result)
  assert.deepEqual(form.result, got.result)
  assert.equal((await act('site_read')).result, true)
  assert.match((await act('status_show')).result.ckan_version, /^\d+\.\d+/)
})

test('a package says what harvesters of German portals read, and every resource can be fetched', async () => {
  const { result } = await act('package_show', { id: 'baeume' })
  assert.deepEqual(
    [result.name, result.title, result.license_id, result.isopen, result.private, result.state, result.type],
    ['baeume', 'Baumkataster', 'cc-zero', true, false, 'active', 'dataset'],
  )
  assert.deepEqual([result.organization.name, result.organization.title], ['gruenflaechenamt-koeln', 'Grünflächenamt Köln'])
  assert.equal(result.owner_org, result.organization.id)
  assert.match(result.metadata_modified, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
  assert.deepEqual(result.groups.map(({ name }: { name: string }) => name), ['envi', 'regi'])
  assert.deepEqual(result.tags.map(({ name }: { name: string }) => name), ['Baum', 'Grün'])
  const extras = Object.fromEntries(result.extras.map(({ key, value }: { key: string; value: string }) => [key, value]))
  assert.equal(extras['contributorID'], '["openNRW"]')
  assert.equal(extras['politicalGeocodingURI'], '["053150000000"]')
  assert.equal(JSON.parse(extras['spatial'] ?? '').type, 'Polygon')
  assert.equal(result.num_resources, result.resources.length)
  for (const { url, format, package_id } of result.resources) {
    assert.equal(package_id, result.id)
    if (['CSV', 'GeoJSON', 'XLSX', 'Parquet'].includes(format)) assert.equal((await platform.ask(`GET ${url.slice(ROOT.length)}`)).status, 200, url)
  }
  const byId = await act('package_show', { id: result.id })
  assert.deepEqual(byId.result, result)
  const [resource] = result.resources
  assert.deepEqual((await act('resource_show', { id: resource.id })).result, resource)
}) // prettier-ignore

test('search narrows by words, fields, groups and times, counts, and pages', async () => {
  const table: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
    [{}, ['baeume', 'luft']],
    [{ q: '*:*' }, ['baeume', 'luft']],
    [{ q: 'Bäume' }, ['baeume']],
    [{ q: 'Kataster' }, ['baeume']],
    [{ q: 'Baumkatastr' }, ['baeume']],
    [{ q: 'baumkat*' }, ['baeume']],
    [{ q: 'title:luft' }, ['luft']],
    [{ fq: 'tags:Feinstaub' }, ['luft']],
    [{ fq: '(groups:regi OR groups:tran)' }, ['baeume']],
    [{ fq: 'organization:gruenflaechenamt-koeln' }, ['baeume']],
    [{ fq: '-organization:gruenflaechenamt-koeln' }, ['luft']],
    [{ fq: 'license_id:cc-zero' }, ['baeume']],
    [{ fq: 'license_id:dl-by-de/2.0' }, ['luft']],
    [{ fq: 'isopen:true' }, ['baeume', 'luft']],
    [{ fq: 'res_format:CSV' }, ['baeume', 'luft']],
    [{ fq: 'res_format:SHP' }, []],
    [{ fq: 'metadata_modified:[2020-01-01T00:00:00Z TO *]' }, ['baeume', 'luft']],
    [{ fq: 'metadata_modified:[* TO 2020-01-01T00:00:00Z]' }, []],
    [{ fq: 'metadata_modified:[NOW-1YEAR TO NOW]', q: 'luft' }, ['luft']],
    [{ fq: 'extras_geocoding:053150000000' }, ['baeume']],
    [{ fq: 'state:active +capacity:public' }, ['baeume', 'luft']],
    [{ fq: 'private:true' }, []],
    [{ fq_list: '["tags:Baum", "groups:envi"]' }, ['baeume']],
    [{ rows: '1', start: '1' }, ['luft']],
    [{ sort: 'title_string desc' }, ['luft', 'baeume']],
  ]
  for (const [parameters, names] of table) assert.deepEqual(await found(parameters), names, JSON.stringify(parameters))
  const { result } = await act('package_search', { rows: '0', 'facet.field': '["tags", "organization", "res_format"]' })
  assert.equal(result.count, 2)
  assert.deepEqual(result.results, [])
  assert.equal(result.facets.organization['gruenflaechenamt-koeln'], 1)
  assert.deepEqual(result.search_facets.organization.items[0], {
    name: 'gruenflaechenamt-koeln',
    display_name: 'Grünflächenamt Köln',
    count: 1,
  })
  assert.equal(result.facets.res_format.CSV, 2)
})

test('organisations, groups, tags, licences and formats are listed and shown', async () => {
  assert.deepEqual((await act('organization_list')).result, ['gruenflaechenamt-koeln', 'stadt-musterstadt'])
  const { result: organization } = await act('organization_show', { id: 'gruenflaechenamt-koeln', include_datasets: 'true' })
  assert.equal(organization.package_count, 1)
  assert.deepEqual(organization.packages.map(({ name }: { name: string }) => name), ['baeume'])
  const { result: groups } = await act('group_list', { all_fields: 'true' })
  assert.deepEqual(groups.map(({ name, title, package_count }: Record<string, unknown>) => [name, title, package_count]), [['regi', 'Regionen und Städte', 1], ['envi', 'Umwelt', 2]])
  assert.deepEqual((await act('group_package_show', { id: 'regi' })).result.map(({ name }: { name: string }) => name), ['baeume'])
  assert.deepEqual((await act('tag_list')).result, ['Baum', 'Feinstaub', 'Grün', 'Luft', 'Umwelt'])
  assert.equal((await act('tag_search', { query: 'fein' })).result.count, 1)
  assert.equal((await act('tag_show', { id: 'Baum', include_datasets: 'true' })).result.packages.length, 1)
  assert.ok((await act('license_list')).result.some(({ id }: { id: string }) => id === 'dl-by-de/2.0'))
  assert.deepEqual((await act('format_autocomplete', { q: 'cs' })).result, ['csv'])
  assert.deepEqual((await act('package_autocomplete', { q: 'baum' })).result.map(({ name }: { name: string }) => name), ['baeume'])
  assert.equal((await act('current_package_list_with_resources', { limit: '1' })).result.length, 1)
  assert.equal((await act('recently_changed_packages_activity_list')).result.length, 2)
  assert.ok((await act('resource_search', { query: 'format:csv' })).result.count >= 2)
}) // prettier-ignore

test('what may not be seen is not there, and what is asked wrongly is said in the words of CKAN', async () => {
  for (const id of ['intern', 'entwurf', 'nirgends']) {
    const answer = await act('package_show', { id })
    assert.deepEqual([answer.status, answer.success, answer.error?.['__type']], [404, false, 'Not Found Error'], id)
  }
  for (const [name, parameters, status, type] of [
    ['package_search', { fq: 'nichtda:1' }, 400, 'Search Query Error'],
    ['package_search', { q: '(offen' }, 400, 'Search Query Error'],
    ['package_search', { sort: 'laune asc' }, 400, 'Search Query Error'],
    ['package_search', { rows: 'viele' }, 409, 'Validation Error'],
    ['package_search', { fq: 'metadata_modified:[gestern TO *]' }, 400, 'Search Query Error'],
    ['package_show', {}, 409, 'Validation Error'],
    ['datastore_search', { resource_id: 'x' }, 404, 'Not Found Error'],
    ['datastore_search_sql', { sql: 'select 1' }, 403, 'Authorization Error'],
    ['organization_show', { id: 'nirgends' }, 404, 'Not Found Error'],
  ] as const) {
    const answer = await act(name, parameters)
    assert.deepEqual(
      [answer.status, answer.success, answer.error?.['__type']],
      [status, false, type],
      `${name} ${JSON.stringify(parameters)}`,
    )
    assert.equal(typeof answer.error?.['message'], 'string')
  }
  const unknown = await platform.ask('GET /api/3/action/nichtda')
  assert.deepEqual([unknown.status, unknown.json], [400, 'Bad request - Action name not known: nichtda'])
  for (const odd of ['toString', '__proto__']) assert.equal((await platform.ask(`GET /api/3/action/${odd}`)).status, 400)
  assert.equal((await post('package_search', '{"q":')).status, 400)
  assert.equal((await post('package_search', '[1]')).status, 400)
})

test('every call stands in the documentation', () => {
  const documented = readFileSync('docs/standards/ckan.md', 'utf8')
  assert.deepEqual(
    Object.keys(ACTIONS).filter((name) => !documented.includes(`\`${name}\``)),
    [],
  )
})
