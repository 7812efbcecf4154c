/** Real catalogues of Länder and towns, harvested: each record becomes a card, and reading it again changes nothing. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { connect, platformWithDataset, run, serve } from '../support/source.ts'

const FOLDER = '../shared/samples/dcat'
const skip = existsSync(FOLDER) ? false : 'the samples are not here'

/** With how many datasets stand in it. */
const CATALOGUES = [
  ['brandenburg-catalog-original-input.rdf', 112],
  ['brandenburg-catalog-original-input.ttl', 112],
  ['bremen-catalog-original-input.rdf', 153],
  ['destatis-catalog-original-input.rdf', 135],
  ['rostock-catalog-original-input.rdf', 100],
] as const

/** Its other pages are not here. */
const alone = (file: string): string => readFileSync(file, 'utf8').replaceAll('hydra:nextPage', 'hydra:wasNext')

test('samples: real catalogues are harvested without loss', { skip }, async (t) => {
  const platform = await platformWithDataset(t)
  const url = await serve(t, (request, response) => response.end(alone(`${FOLDER}${request.url}`)))
  for (const [file, count] of CATALOGUES) {
    const slug = file.replaceAll('.', '-')
    await platform.ask('POST /api/v1/datasets', { body: { slug, title: { de: file }, access: 'public' } })
    const source = await connect(platform, { name: file, connector: 'dcat', dataset: slug, options: { url: `${url}/${file}` } })
    const first = await run(platform, source.id)
    assert.equal(first.state, 'succeeded', JSON.stringify(first))
    const { new: fresh = 0, elsewhere = 0 } = first.made.records
    assert.equal(fresh + elsewhere, count, file)
    const again = await run(platform, source.id)
    assert.deepEqual(again.made.records, { ...(fresh > 0 && { same: fresh }), ...(elsewhere > 0 && { elsewhere }) }, file)
    const { json } = await platform.ask(`GET /api/v1/runs/${again.id}/records?limit=1000`)
    t.diagnostic(`${file}: ${fresh} new, ${elsewhere} elsewhere, ${json.items.length} with something to say`)
  }
})

const CKAN = '../shared/samples/ckan'

test(
  'samples: packages of CKAN and DKAN are harvested without loss',
  { skip: existsSync(CKAN) ? false : 'the samples are not here' },
  async (t) => {
    const platform = await platformWithDataset(t)
    const parse = (file: string) =>
      JSON.parse(readFileSync(`${CKAN}/${file}`, 'utf8')) as { result?: { results?: unknown[]; count?: number } }
    const birmingham = parse('birmingham_package_search.json')
    const koeln = readdirSync(`${CKAN}/koeln-dkan`).map((file) => parse(`koeln-dkan/${file}`))
    const examples = [parse('ckan_full_dataset_dcat_ap.json')]
    const answers: Record<string, unknown> = {
      '/birmingham': { success: true, result: { count: birmingham.result?.results?.length, results: birmingham.result?.results } },
      '/koeln': { success: true, result: [koeln] },
      '/examples': { success: true, result: { count: 1, results: examples } },
    }
    const url = await serve(t, (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
      const first = Number(searchParams.get('start') ?? searchParams.get('offset')) === 0
      response.end(JSON.stringify(first ? answers[pathname.replace(/\/api\/.*/, '')] : { success: true, result: [] }))
    })
    for (const [name, count, dialect] of [
      ['birmingham', birmingham.result?.results?.length, 'ckan'],
      ['koeln', koeln.length, 'dkan'],
      ['examples', 1, 'ckan'],
    ] as const) {
      // prettier-ignore
      await platform.ask('POST /api/v1/datasets', { body: { slug: name, title: { de: name }, access: 'public' } })
      const source = await connect(platform, { name, connector: 'ckan', dataset: name, options: { url: `${url}/${name}`, dialect } })
      const first = await run(platform, source.id)
      assert.equal(first.state, 'succeeded', JSON.stringify(first))
      assert.equal(first.made.records.new, count, name)
      assert.deepEqual((await run(platform, source.id)).made.records, { same: count }, name)
      const { json } = await platform.ask(`GET /api/v1/runs/${first.id}/records?limit=1000`)
      const repaired = json.items.flatMap(({ findings }: { findings: { field: string; what: string }[] }) => findings.map(({ field, what }) => `${field} ${what}`)) // prettier-ignore
      t.diagnostic(`${name}: ${count} new; ${[...new Set(repaired)].join(', ')}`)
    }
  },
)
