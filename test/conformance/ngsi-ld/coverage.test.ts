/** coverage: what of GS CIM 009 is spoken, clause by clause, as the names of the tests say; docs/standards/ngsi-ld.md shows it. WRITE_DOCS=1 writes its table anew. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { filesBelow } from '../../support/files.ts'

const DOC = 'docs/standards/ngsi-ld.md'
const [OPEN, CLOSE] = ['<!-- written by test/conformance/ngsi-ld/coverage.test.ts -->', '<!-- end -->']

/** Each clause with its name; a note says what of it is missing. Without a test, a clause is not spoken. */
const CLAUSES: readonly (readonly [clause: string, name: string, note?: string])[] = [
  ['4.3.6', 'Distributed operations'],
  ['4.4', 'Contexts, core protected'],
  ['4.5.1', 'Entities'],
  ['4.5.2', 'Attributes of every kind, normalized'],
  ['4.5.3', 'Concise attributes'],
  ['4.5.4', 'Simplified representation'],
  ['4.5.5', 'Several instances by datasetId, concise entities'],
  ['4.5.6', 'Temporal representation', 'instances of observed attributes do not tell createdAt and modifiedAt'],
  ['4.5.8', 'Temporal representation as pairs'],
  ['4.5.19', 'Aggregation, eight methods', 'of observed attributes; lists have totalCount and distinctCount only'],
  ['4.5.23', 'Linked entities (join)'],
  ['4.8', 'System attributes'],
  ['4.9', 'Query language q', 'no linked entities'],
  ['4.10', 'Geo-queries', 'of location'],
  ['4.11', 'Temporal queries', 'createdAt, modifiedAt and deletedAt of what is not observed'],
  ['4.15', 'Languages'],
  ['4.16', 'GeoJSON'],
  ['4.17', 'Entity type selection'],
  ['4.19', 'Scopes'],
  ['4.21', 'Projection of attributes', 'not nested'],
  ['4.23', 'Ordering of entities', 'by id, times, name and description'],
  ['4.24', 'Transient entities', 'entities, not attributes'],
  ['5.5.5', 'Remote contexts'],
  ['5.5.7', 'Expansion and compaction'],
  ['5.5.9', 'Pages'],
  ['5.6.1', 'Create entity'],
  ['5.6.2', 'Update attributes'],
  ['5.6.3', 'Append attributes'],
  ['5.6.4', 'Partial attribute update'],
  ['5.6.5', 'Delete attribute', 'tombstones are told of what is not observed'],
  ['5.6.6', 'Delete entity', 'with its history'],
  ['5.6.7', 'Batch create'],
  ['5.6.8', 'Batch upsert'],
  ['5.6.9', 'Batch update'],
  ['5.6.10', 'Batch delete'],
  ['5.6.11', 'Create temporal entity'],
  ['5.6.12', 'Add attributes to temporal entity'],
  ['5.6.13', 'Delete attribute of temporal entity'],
  ['5.6.14', 'Update attribute instance'],
  ['5.6.15', 'Delete attribute instance'],
  ['5.6.16', 'Delete temporal entity', 'it is the entity itself'],
  ['5.6.17', 'Merge entity'],
  ['5.6.18', 'Replace entity'],
  ['5.6.19', 'Replace attribute'],
  ['5.6.20', 'Batch merge'],
  ['5.6.21', 'Purge entities'],
  ['5.7.1', 'Retrieve entity'],
  ['5.7.2', 'Query entities', 'no linked entities, no orderBy of attributes'],
  ['5.7.3', 'Retrieve temporal entity'],
  ['5.7.4', 'Query temporal entities', 'q asks for the present value'],
  ['5.7.5', 'List of types'],
  ['5.7.6', 'Types with details'],
  ['5.7.7', 'Information on a type'],
  ['5.7.8', 'List of attributes'],
  ['5.7.9', 'Attributes with details'],
  ['5.7.10', 'Information on an attribute'],
  ['5.2.12', 'Triggers and what is watched', 'not entityDeleted, showChanges, notifierInfo, jsonldContext'],
  ['5.8.1', 'Create subscription'],
  ['5.8.2', 'Update subscription'],
  ['5.8.3', 'Retrieve subscription'],
  ['5.8.4', 'Query subscriptions'],
  ['5.8.5', 'Delete subscription'],
  ['5.8.6', 'Notification', 'to HTTP endpoints'],
  ['5.9', 'Context source registrations'],
  ['5.10', 'Context source discovery'],
  ['5.11', 'Registration subscriptions'],
  ['5.13.1', 'Implicit contexts'],
  ['5.13.2', 'Add context'],
  ['5.13.3', 'List contexts'],
  ['5.13.4', 'Serve context'],
  ['5.13.5', 'Delete and reload context'],
  ['5.14', 'Entity maps'],
  ['5.15', 'Source identity'],
  ['5.16', 'Snapshots'],
  ['6.3.2', 'Errors and methods'],
  ['6.3.3', 'Problem details, German and English'],
  ['6.3.4', 'Media types'],
  ['6.3.5', 'Where the context comes from'],
  ['6.3.6', 'Where the context is told'],
  ['6.3.10', 'Paging, of histories by Content-Range'],
  ['6.3.14', 'Tenants'],
  ['6.3.18', 'Older versions on request (Prefer)'],
  ['7', 'MQTT notifications'],
]

/** Clauses in the names of tests, with how many tests name them. */
function testedIn(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const file of files)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:^|\))\s*test\(\s*(['"`].*)$/gm))
      for (const [clause] of name.matchAll(/\b\d(?:\.\d+)+\b/g)) counts.set(clause, (counts.get(clause) ?? 0) + 1)
  return counts
}

const tested = testedIn(filesBelow('test/conformance/ngsi-ld', '.test.ts'))

test('every clause that a test names is in the table', () => {
  const known = new Set(CLAUSES.map(([clause]) => clause))
  assert.deepEqual(
    [...tested.keys()].filter((clause) => !known.has(clause)),
    [],
  )
})

test('the table in the documentation says the same', () => {
  const rows = CLAUSES.map(([clause, name, note]) => {
    const count = tested.get(clause) ?? 0
    const state = count === 0 ? 'not yet' : note === undefined ? 'yes' : `in part: ${note}`
    return `| ${clause} | ${name} | ${state} | ${count} |`
  })
  const table = `${OPEN}\n\n<!-- prettier-ignore-start -->\n\n| Clause | | Spoken | Tests |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\n<!-- prettier-ignore-end -->\n\n${CLOSE}`
  const doc = readFileSync(DOC, 'utf8')
  const written = `${doc.slice(0, doc.indexOf(OPEN))}${table}${doc.slice(doc.indexOf(CLOSE) + CLOSE.length)}`
  if (process.env['WRITE_DOCS'] === '1') writeFileSync(DOC, written)
  else assert.equal(doc, written, 'run it with WRITE_DOCS=1')
})
