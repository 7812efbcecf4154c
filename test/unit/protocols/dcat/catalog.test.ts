/** catalog: whatever the official SHACL shapes of DCAT-AP.de 3.0 and HVD call mandatory is there, once where they say once. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DataFactory, Parser, Store, type Quad_Subject, type Term } from 'n3'
import { catalogGraph } from '../../../../src/protocols/dcat/catalog.ts'
import { turtle } from '../../../../src/protocols/dcat/turtle.ts'
import { fullCard } from '../../../support/card.ts'

const FOLDER = '../shared/shapes'
const FILES = ['dcat-ap-3.0.0-SHACL.ttl', 'de-3.0-dcat-ap-SHACL-DE.ttl', 'de-3.0-dcat-ap-spec-german-additions.ttl', 'hvd-3.0.0-base.ttl']
const SH = 'http://www.w3.org/ns/shacl#'
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

const skip = existsSync(FOLDER) ? false : 'the shapes are not here'

const isOff = (shapes: Store, shape: Term): boolean =>
  shapes.getObjects(shape as Quad_Subject, `${SH}deactivated`, null)[0]?.value === 'true'
const isWarning = (shapes: Store, shape: Term): boolean =>
  shapes.getObjects(shape as Quad_Subject, `${SH}severity`, null).some(({ value }) => value !== `${SH}Violation`)

test('what the shapes call mandatory is there', { skip }, () => {
  const shapes = new Store(FILES.flatMap((file) => new Parser().parse(readFileSync(join(FOLDER, file), 'utf8'))))
  const data = new Store(
    new Parser().parse(turtle(catalogGraph({ cards: [fullCard], page: 1, size: 100, total: 1 }, 'https://stadt.example', String))),
  )
  const number = (shape: Term, name: string) => Number(shapes.getObjects(shape as Quad_Subject, `${SH}${name}`, null)[0]?.value ?? NaN)
  const missing: string[] = []
  let checked = 0
  for (const { subject: node, object: target } of shapes.match(null, DataFactory.namedNode(`${SH}targetClass`), null))
    for (const property of shapes.getObjects(node as Quad_Subject, `${SH}property`, null)) {
      const path = shapes.getObjects(property as Quad_Subject, `${SH}path`, null)[0]
      if (path?.termType !== 'NamedNode' || isOff(shapes, property) || isWarning(shapes, property)) continue
      for (const focus of data.getSubjects(TYPE, target, null)) {
        const count = data.getObjects(focus, path, null).length
        checked++
        if (count < number(property, 'minCount') || count > number(property, 'maxCount'))
          missing.push(`${focus.value} ${path.value}: ${count}`)
      }
    }
  assert.ok(checked > 100, `only ${checked} rules were looked at`)
  assert.deepEqual([...new Set(missing)], [])
})
