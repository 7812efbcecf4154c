/** context: terms expanded and compacted, the core protected; our term tables against the published contexts, where these are at hand. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Problem } from '../../../../src/problem.ts'
import { Context, CORE, termsOf } from '../../../../src/protocols/ngsi-ld/context.ts'
import { CORE_TERMS, isCoreAddress } from '../../../../src/protocols/ngsi-ld/core-terms.ts'
import { municipalTerms, SUBJECT_NAMES } from '../../../../src/protocols/ngsi-ld/municipal-terms.ts'
import { iriOf, lastPart, nameOf } from '../../../../src/protocols/ngsi-ld/names.ts'

const DEFAULT = 'https://uri.etsi.org/ngsi-ld/default-context/'
const context = new Context(
  'x',
  termsOf({ ex: 'http://example.org/', speed: 'ex:speed', location: 'http://evil/location', near: { '@id': 'ex:near', '@type': '@id' } }),
)

test('a term is what the context says, the core first, and the default vocabulary last', () => {
  const cases = [
    ['speed', 'http://example.org/speed'],
    ['near', 'http://example.org/near'],
    ['ex:other', 'http://example.org/other'],
    ['location', 'https://uri.etsi.org/ngsi-ld/location'],
    ['colour', `${DEFAULT}colour`],
    ['http://a/b', 'http://a/b'],
    ['urn:x:y', 'urn:x:y'],
    ['ngsi-ld:observedAt', 'https://uri.etsi.org/ngsi-ld/observedAt'],
  ] as const
  for (const [term, iri] of cases) assert.equal(context.expand(term), iri)
})

test('an IRI is compacted by the reader’s context, and stays whole where it has no word for it', () => {
  const cases = [
    ['http://example.org/speed', 'speed'],
    ['http://example.org/other', 'ex:other'],
    ['https://uri.etsi.org/ngsi-ld/location', 'location'],
    [`${DEFAULT}colour`, 'colour'],
    // "speed" means something else here
    [`${DEFAULT}speed`, 'ngsi-ld:default-context/speed'],
    ['http://elsewhere/x', 'http://elsewhere/x'],
  ] as const
  for (const [iri, term] of cases) assert.equal(context.compact(iri), term)
  assert.equal(CORE.compact('http://example.org/speed'), 'http://example.org/speed')
})

test('names are kept short where that is safe, and every IRI comes back', () => {
  for (const iri of [
    `${DEFAULT}pm10`,
    'https://uri.etsi.org/ngsi-ld/location',
    'http://purl.org/dc/terms/title',
    'https://smartdatamodels.org/dataModel.Weather/temperature',
    `${DEFAULT}location`,
    `${DEFAULT}a:b`,
  ])
    // prettier-ignore
    assert.equal(iriOf(nameOf(iri)), iri)
  assert.equal(nameOf(`${DEFAULT}pm10`), 'pm10')
  assert.equal(nameOf('https://uri.etsi.org/ngsi-ld/location'), 'location')
  assert.equal(lastPart('https://smartdatamodels.org/dataModel.Weather/temperature'), 'temperature')
})

test('a context that NGSI-LD rules out, or that goes in circles, is refused', () => {
  for (const document of [{ a: { '@id': 'x:y', '@context': {} } }, { a: 'b:x', b: 'a:y' }, { a: 7 }, { a: { '@id': 7 } }])
    assert.throws(() => termsOf(document as never), Problem, JSON.stringify(document))
})

test('every address of the core, of whatever version, is the core', () => {
  for (const version of ['', '-v1.3', '-v1.6', '-v1.9'])
    assert.ok(isCoreAddress(`https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context${version}.jsonld`))
  assert.ok(!isCoreAddress('https://uri.etsi.org/ngsi-ld/v1/other.jsonld'))
})

const FOLDER = '../shared/contexts'
const published = (file: string): Readonly<Record<string, string | { '@id'?: string }>> =>
  (JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as { '@context': Record<string, string> })['@context']
const skip = existsSync(FOLDER) ? false : 'the published contexts are not at hand'
const resolved = (definition: string | { '@id'?: string }): string => {
  const id = typeof definition === 'string' ? definition : (definition['@id'] ?? '')
  return id.replace(/^ngsi-ld:/, 'https://uri.etsi.org/ngsi-ld/').replace(/^geojson:/, 'https://purl.org/geojson/vocab#')
}

test('our core terms are those of the published core context 1.9', { skip }, () => {
  const theirs = Object.entries(published('ngsi-ld-core-context-v1.9.jsonld')).map(([term, value]) => [term, resolved(value)] as const)
  const terms = theirs.filter(([term, iri]) => !term.startsWith('@') && !iri.startsWith('@'))
  assert.deepEqual(Object.fromEntries(CORE_TERMS), Object.fromEntries(terms))
})

test('older core contexts mean the same by each term that stayed', { skip }, () => {
  for (const version of ['1.6', '1.7', '1.8'])
    for (const [term, value] of Object.entries(published(`ngsi-ld-core-context-v${version}.jsonld`))) {
      const ours = CORE_TERMS.get(term)
      // two relative IRIs in 1.6 and 1.8 are slips that 1.9 mended
      if (ours !== undefined && !['attributeCount', 'attributeDetails'].includes(term)) assert.equal(ours, resolved(value), `${version} ${term}`) // prettier-ignore
    }
})

test('our municipal terms are those of the published Smart Data Models', { skip }, () => {
  const files = readdirSync(FOLDER).filter((file) => file.startsWith('smart-data-models-'))
  assert.equal(files.length, SUBJECT_NAMES.length)
  for (const file of files) {
    const subject = file.slice('smart-data-models-'.length, -'.jsonld'.length)
    const terms = municipalTerms(`https://raw.githubusercontent.com/smart-data-models/dataModel.${subject}/master/context.jsonld`)
    const ours = new Context(subject, terms ?? new Map())
    for (const [term, value] of Object.entries(published(file)))
      if (!resolved(value).startsWith('@')) assert.equal(ours.expand(term), resolved(value), `${subject} ${term}`)
  }
})
