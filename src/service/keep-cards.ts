/** keep-cards: cards of another catalogue made, changed, left or withdrawn, by their identifier there. What people did to others' cards is not touched. */
import { createHash } from 'node:crypto'
import type { Dataset } from '../model/dataset.ts'
import type { Json } from '../model/json.ts'
import { slugOf } from '../model/slug.ts'
import type { CardDraft, EndDraft, RecordNote } from '../model/record.ts'
import { textIn } from '../model/text.ts'
import { isLater, now } from '../model/time.ts'
import { Problem } from '../problem.ts'
import { serves } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { harvestedOf, keepHarvested, missingIn, slugsLike, withdrawGone, type Harvested, type HarvestedWrite } from '../store/harvested.ts'
import { insertDatasets, note } from '../store/insert.ts'
import { update } from '../store/update.ts'
import type { Batching } from './batching.ts'

interface Numbered<D> {
  readonly position: number
  readonly draft: D
}

/** Throws for whoever may not add datasets. */
export function allowHarvest(who: Principal): void {
  if (serves(who, 'datasets')) return
  throw new Problem('forbidden', {
    de: 'Kataloge anderer übernehmen nur die Administration und die Datenarchitektur.',
    en: 'Only administrators and data architects harvest catalogues of others.',
  })
}

export async function keepCards(batch: Batching, drafts: readonly Numbered<CardDraft>[]): Promise<readonly RecordNote[]> {
  if (drafts.length === 0) return []
  const { store, dataset: home } = batch
  const known = await harvestedOf(store, home.tenant, drafts.map(({ draft }) => draft.origin)) // prettier-ignore
  const done = new Map<string, RecordNote>()
  const seen: HarvestedWrite[] = []
  for (const { position, draft } of drafts) {
    if (done.has(draft.origin)) {
      batch.failed.set(position, saidTwice(draft))
      continue
    }
    const became = await keepCard(batch, draft, known.get(draft.origin))
    done.set(draft.origin, became.note)
    if (became.write !== undefined) seen.push(became.write)
  }
  await keepHarvested(store, seen)
  return [...done.values()]
}

interface Became {
  readonly note: RecordNote
  readonly write?: HarvestedWrite
}

async function keepCard(batch: Batching, draft: CardDraft, known: Harvested | undefined): Promise<Became> {
  const hash = createHash('sha256').update(JSON.stringify(draft.card)).digest('hex')
  if (known === undefined) return written(batch, draft, hash, await make(batch, draft), 'new')
  if (isOthers(known, draft, batch.dataset.id)) return { note: noteOf(draft, known.dataset, 'elsewhere') }
  if (known.gone === true) return written(batch, draft, hash, await change(batch, draft, known.dataset, true), 'back')
  if (known.hash === hash) return written(batch, draft, hash, known.dataset, 'same')
  return written(batch, draft, hash, await change(batch, draft, known.dataset, false), 'changed', changesIn(known.dataset, draft))
}

/** Another catalogue has it too; whichever says the newer is believed. */
function isOthers({ home, modified }: Harvested, draft: CardDraft, mine: number): boolean {
  if (home === null || home === mine) return false
  return draft.modified === undefined || (modified !== null && !isLater(draft.modified, modified))
}

async function make({ store, ids, dataset: home }: Batching, draft: CardDraft): Promise<Dataset> {
  const [id = 0] = await ids.take('dataset', 1)
  const at = now()
  const slug = await freeSlug(store, home.tenant, slugOf(textIn(draft.card.title, 'de')))
  const made: Dataset = {
    ...draft.card,
    id,
    slug,
    tenant: home.tenant,
    origin: draft.origin,
    access: 'public',
    state: draft.release ? 'released' : 'draft',
    duplicates: 'keep',
    created: at,
    modified: at,
  }
  await insertDatasets(store, [made])
  await note(store, [{ noun: 'dataset', verb: 'made', dataset: id, items: [id] }])
  return made
}

async function freeSlug(store: Batching['store'], tenant: number, wanted: string): Promise<string> {
  const taken = await slugsLike(store, tenant, wanted)
  if (!taken.has(wanted)) return wanted
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`
}

async function change({ store }: Batching, { card }: CardDraft, old: Dataset, back: boolean): Promise<Dataset> {
  const { licence: _licence, publisher: _publisher, contact: _contact, ...rest } = old
  const changed: Dataset = { ...rest, ...card, ...(back && { state: 'released' }) }
  await update(store, 'dataset', old, changed)
  await note(store, [{ noun: 'dataset', verb: 'changed', dataset: old.id, items: [old.id] }])
  return changed
}

function written(
  { dataset: home }: Batching,
  draft: CardDraft,
  hash: string,
  dataset: Dataset,
  became: RecordNote['became'],
  changes: RecordNote['changes'] = {},
): Became {
  const write = { dataset: dataset.id, home: home.id, hash, sweep: draft.sweep, modified: draft.modified ?? null }
  return { note: noteOf(draft, dataset, became, changes), write }
}

const FIELDS = ['title', 'description', 'keywords', 'themes', 'licence', 'publisher', 'contact', 'properties'] as const

/** Field by field; of the properties, key by key. */
function changesIn(old: Dataset, { card }: CardDraft): RecordNote['changes'] {
  const flat = (one: CardDraft['card']): Record<string, Json> => {
    const { properties, ...fields } = Object.fromEntries(FIELDS.map((field) => [field, one[field] ?? null])) as Record<string, Json>
    return { ...fields, ...(properties as Record<string, Json>) }
  }
  const [was, is] = [flat(old), flat(card)]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return Object.fromEntries(
    keys
      .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
      .map((key) => [key, { was: was[key] ?? null, is: is[key] ?? null }]),
  )
}

function noteOf(draft: CardDraft, { slug }: Dataset, became: RecordNote['became'], changes: RecordNote['changes'] = {}): RecordNote {
  return { origin: draft.origin, slug, title: draft.card.title, became, changes, findings: draft.remarks }
}

function saidTwice({ origin }: CardDraft): Problem {
  return new Problem('invalid-body', {
    de: `Die Kennung „${origin}“ kommt im Katalog mehrmals vor; der erste Eintrag gilt.`,
    en: `The identifier “${origin}” stands in the catalogue more than once; the first record counts.`,
  })
}

/** One record may vanish from however small a catalogue. */
const ALWAYS = 1

/** Withdraws what the source has no more, unless it lost too much at once to be believed. */
export async function endSweep(batch: Batching, { position, draft }: Numbered<EndDraft>): Promise<readonly RecordNote[]> {
  const { store, dataset: home } = batch
  const { known, gone } = await missingIn(store, home.id, draft.sweep, draft.present ?? [])
  if (gone.length > Math.max(ALWAYS, (known * draft.loss) / 100)) {
    batch.failed.set(position, lostTooMuch(gone.length, known))
    return []
  }
  await withdrawGone(store, gone.map(({ id }) => id)) // prettier-ignore
  await note(store, gone.map(({ id }) => ({ noun: 'dataset', verb: 'changed', dataset: id, items: [id] }))) // prettier-ignore
  return gone.map(({ origin = '', slug, title }) => ({ origin, slug, title, became: 'gone', changes: {}, findings: [] }))
}

function lostTooMuch(gone: number, known: number): Problem {
  return new Problem('conflict', {
    de: `Der Quelle fehlen ${gone} von ${known} Datensätzen auf einmal. Das wird nicht geglaubt: Es bleiben alle stehen. Stimmt es doch, erhöhen Sie den erlaubten Verlust.`,
    en: `The source lacks ${gone} of ${known} datasets at once. That is not believed: all of them stay. If it is true after all, raise the loss that is allowed.`,
  })
}
