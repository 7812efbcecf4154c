/** coverage: every requirement that the service claims has tests that name it; docs/standards/sensorthings.md says so. WRITE_DOCS=1 writes its table anew. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { CONFORMANCE } from '../../../src/protocols/sensorthings/v1/conformance.ts'
import { REQUIREMENTS } from '../../../src/protocols/sensorthings/v2/conformance.ts'
import { filesBelow } from '../../support/files.ts'

const DOC = 'docs/standards/sensorthings.md'
const PREFIX = /^http:\/\/www\.opengis\.net\/spec\/(?:iot_(?:sensing\/1\.1|tasking\/1\.0)|sensorthings\/2\.0)\//
const CLOSE = '<!-- end -->'

/** What is claimed by a version, and what is not spoken (yet), or not whole. */
const VERSIONS = [
  { open: '<!-- written by test/conformance/sensorthings/coverage.test.ts -->', claimed: CONFORMANCE, missing: [] },
  {
    open: '<!-- 2.0, written by test/conformance/sensorthings/coverage.test.ts -->',
    claimed: REQUIREMENTS,
    missing: [
      'req/datamodel/core/datastream',
      'req/api/read/options/filter',
      'req/api/read/options/select_distinct',
      'req/binding/mqtt/pub_sub',
      'req/binding/http/websub',
    ],
  },
] as const

/** Names of requirements in the names of tests, with how many tests name them; a test in a table counts once. */
function testedIn(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const file of files)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^\s*test\(\s*(['"`].*)$/gm))
      for (const [requirement] of name.matchAll(/req\/[a-z_-]+(?:\/[a-z_-]+)*/g))
        counts.set(requirement, (counts.get(requirement) ?? 0) + 1)
  return counts
}

const tested = testedIn(filesBelow('test/conformance/sensorthings', '.test.ts'))

for (const { open, claimed, missing } of VERSIONS) {
  test(`every requirement that is claimed is tested (${claimed[0]})`, () => {
    const untested = claimed.map((uri) => uri.replace(PREFIX, '')).filter((name) => !tested.has(name))
    assert.deepEqual(untested, [])
  })

  test(`the table in the documentation says the same (${claimed[0]})`, () => {
    const rows = [
      ...claimed.map((uri) => [uri.replace(PREFIX, ''), 'yes'] as const),
      ...missing.map((name) => [name, tested.has(name) ? 'in part' : 'not yet'] as const),
    ].map(([name, state]) => `| ${name} | ${state} | ${tested.get(name) ?? 0} |`)
    const table = `${open}\n\n<!-- prettier-ignore-start -->\n\n| Requirement | Fulfilled | Tests or tables of tests |\n| --- | --- | --- |\n${rows.join('\n')}\n\n<!-- prettier-ignore-end -->\n\n${CLOSE}`
    const doc = readFileSync(DOC, 'utf8')
    const from = doc.indexOf(open)
    assert.ok(from >= 0, open)
    const written = `${doc.slice(0, from)}${table}${doc.slice(doc.indexOf(CLOSE, from) + CLOSE.length)}`
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(DOC, written)
    else assert.equal(doc, written, 'run it with WRITE_DOCS=1')
  })
}
