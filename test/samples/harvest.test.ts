/** Real catalogues of Länder and towns, harvested: each record becomes a card, and reading it again changes nothing. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
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
