/** home: the dataset that takes what is written at a tenant's root: the token's own, else the tenant's default, made when first needed, though not by strangers. */
import type { Dataset } from '../model/dataset.ts'
import type { Principal } from '../rights/principal.ts'
import { datasetBySlug } from '../store/heads.ts'
import { insertDatasets, note } from '../store/insert.ts'
import { mustSignIn } from './allow.ts'
import type { Desk } from './desk.ts'

/** Its slug; internal until somebody releases it. */
export const HOME = 'default'

export async function home(desk: Desk, who: Principal): Promise<number> {
  if (who.home !== undefined) return who.home
  const there = await datasetBySlug(desk.store, who.tenant, HOME)
  if (there !== undefined) return there.id
  mustSignIn(who, 'append')
  return make(desk, who.tenant)
}

async function make(desk: Desk, tenant: number): Promise<number> {
  const [id = 0] = await desk.ids.take('dataset', 1)
  await desk.store.transaction(async (store) => {
    await insertDatasets(store, [emptyDataset(id, tenant)])
    await note(store, [{ noun: 'dataset', verb: 'made', dataset: id, items: [id] }])
  }).catch(() => {}) // prettier-ignore
  return (await datasetBySlug(desk.store, tenant, HOME))?.id ?? id
}

function emptyDataset(id: number, tenant: number): Dataset {
  return {
    id,
    tenant,
    slug: HOME,
    title: { de: 'Eingang', en: 'Inbox' },
    description: { de: 'Was ohne Angabe eines Datensatzes geschrieben wird.', en: 'What is written without naming a dataset.' },
    keywords: [],
    themes: [],
    access: 'internal',
    state: 'draft',
    duplicates: 'keep',
    properties: {},
    created: '',
    modified: '',
  }
}
