/**
 * Search over 3,506 real municipal records that people have labelled with what they are about: each label is asked for as a person would
 * type it, and what carries it should be found, and stand at the top.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { Dataset } from '../../src/model/dataset.ts'
import { ask } from '../../src/query/query.ts'
import { anonymous, keeper } from '../../src/rights/principal.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const FILE = '../shared/vocabularies/musterdatenkatalog-training.csv'
const there = existsSync(FILE)
const skip = there ? false : 'the labelled records are not here'

interface Labelled {
  readonly title: string
  readonly description: string
  readonly label: string
}

let platform: Platform
const byLabel = new Map<string, Set<string>>()

before(async () => {
  if (!there) return
  platform = await startPlatform()
  const rows: readonly Record<string, string>[] = parse(readFileSync(FILE), { columns: true, relax_column_count: true })
  const records = rows.map((row): Labelled => ({
    title: row['dct:title'] ?? '',
    description: row['dct:description'] ?? '',
    label: row['BEZEICHNUNG'] ?? '',
  }))
  const ids = await platform.service.ids('dataset', records.length)
  const datasets = records.map((record, i) => datasetOf(record, ids[i] ?? 0))
  for (let at = 0; at < datasets.length; at += 500)
    await platform.service.record(keeper(1, 'test'), { datasets: datasets.slice(at, at + 500) })
  for (const [i, { label }] of records.entries()) {
    const slugs = byLabel.get(label) ?? new Set()
    byLabel.set(label, slugs.add(datasets[i]?.slug ?? ''))
  }
})
after(() => platform?.end())

function datasetOf({ title, description }: Labelled, id: number): Dataset {
  const card = { tenant: 1, keywords: [], themes: [], properties: {}, created: '', modified: '', duplicates: 'keep' } as const
  return { ...card, id, slug: `satz-${id}`, title: { de: title }, description: { de: description }, access: 'public', state: 'released' }
}

/** Best first. */
async function found(words: string): Promise<readonly Dataset[]> {
  const query = { ...ask('dataset', { is: 'search', words }, 1000), order: [{ by: { relevance: words }, descending: true }] }
  return (await platform.service.find(anonymous(1), query)).items
}

const search = async (words: string): Promise<readonly string[]> => (await found(words)).map(({ slug }) => slug)
const titlesOf = async (words: string): Promise<readonly string[]> =>
  (await found(words)).map(({ title, description }) => `${title['de']} ${description['de']}`)

test('labels as they are: most of what carries them is found, and stands at the top', { skip }, async () => {
  let [recall, reciprocal, ten, asked, empty] = [0, 0, 0, 0, 0]
  for (const [label, wanted] of byLabel) {
    if (wanted.size < 3 || /Sonstige|^$/.test(label)) continue
    const found = await search(label)
    asked++
    if (found.length === 0) empty++
    recall += found.filter((slug) => wanted.has(slug)).length / wanted.size
    const first = found.findIndex((slug) => wanted.has(slug))
    reciprocal += first === -1 ? 0 : 1 / (first + 1)
    ten += found.slice(0, 10).filter((slug) => wanted.has(slug)).length / Math.min(10, wanted.size)
  }
  const figures = { empty, recall: recall / asked, reciprocal: reciprocal / asked, ten: ten / asked }
  console.log(`${asked} labels: ${JSON.stringify(figures)}`)
  assert.ok(figures.recall > 0.65 && figures.reciprocal > 0.75 && figures.ten > 0.55 && empty < 8, JSON.stringify(figures))
})

test('people type otherwise than clerks write', { skip }, async () => {
  for (const [words, held] of [
    ['Rad', /radverkehr|fahrrad|radweg/i],
    ['spielplaetze', /spielpl[aä]tz/i],
    ['Luftqualitt', /luft/i],
    ['Strassenbäume', /b[aä]um/i],
    ['Müllabfuhr', /abfall|müll/i],
    ['Kindergarten', /kita|kinder/i],
    ['Wo sind Spielplätze?', /spielpl/i],
    ['"Offene Ganztagsschule"', /ganztag/i],
  ] as const) {
    const titles = await titlesOf(words)
    assert.ok(titles.length > 0, words)
    assert.ok(
      titles.slice(0, 3).every((title) => held.test(title)),
      `${words}: ${titles.slice(0, 3).join(' · ')}`,
    )
  }
  assert.equal(
    (await titlesOf('Spielplätze -Köln')).some((title) => /köln/i.test(title)),
    false,
  )
})
