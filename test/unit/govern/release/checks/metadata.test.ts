/** What a card lacks, by field and weight. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMetadata } from '../../../../../src/govern/release/checks/metadata.ts'
import type { Dataset } from '../../../../../src/model/dataset.ts'
import { datasetOf } from '../../../../break-in/world.ts'

const full: Dataset = {
  ...datasetOf(1, 1, 'luft', { access: 'public', state: 'draft' }),
  description: { de: 'Luft an drei Stellen.' },
  licence: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0',
  publisher: { name: 'Stadt' },
  contact: { name: 'Amt', email: 'amt@stadt.example' },
  themes: ['ENVI'],
  keywords: ['Luft'],
}
const { licence: _licence, publisher: _publisher, contact: _contact, ...bare } = full

const CASES: readonly (readonly [name: string, card: Dataset, found: readonly string[]])[] = [
  ['all there', full, []],
  ['blank texts are none', { ...full, title: { de: ' ' }, description: {} }, ['blocks title', 'blocks description']],
  ['without licence, publisher and contact', bare, ['blocks publisher', 'blocks licence', 'warns contact']],
  ['a contact without any address', { ...full, contact: { name: 'Amt' } }, ['warns contact']],
  ['no theme, no keyword', { ...full, themes: [], keywords: [] }, ['warns themes', 'warns keywords']],
  ['for few people nothing blocks', { ...bare, access: 'internal' }, ['warns publisher', 'warns licence', 'warns contact']],
]
for (const [name, card, found] of CASES)
  test(`metadata: ${name}`, () =>
    assert.deepEqual(
      checkMetadata(card).map(({ weight, where }) => `${weight} ${where}`),
      found,
    ))
