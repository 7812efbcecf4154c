/** publish: dataset, source and first run, in this order; answers where the data go and which run reads them. */
import { call } from '../api.ts'
import type { Card, Json, Run, Source } from '../wire.ts'
import { slugOf } from './meaning.ts'
import type { Naming } from './name-dataset.tsx'

export interface Published {
  readonly slug: string
  readonly source: Source
  readonly run: Run | undefined
  /** Its release is to be asked for, once there is something to look at. */
  readonly wanted: boolean
}

export interface Plan {
  readonly connector: string
  readonly name: string
  readonly options: Readonly<Record<string, Json>>
  readonly naming: Naming
  /** Push sources wait; nothing is run. */
  readonly waits: boolean
}

export async function publish({ connector, name, options, naming, waits }: Plan): Promise<Published> {
  const slug = naming.into === '' ? await makeDataset(naming) : naming.into
  const schedule = naming.schedule === '' ? null : naming.schedule
  const source = await call<Source>('/sources', {
    method: 'POST',
    body: { name, connector, options, dataset: slug, ...(waits ? {} : { schedule }) },
  })
  const run = waits ? undefined : await call<Run>(`/sources/${source.id}/run`, { method: 'POST', body: {} })
  return { slug, source, run, wanted: naming.into === '' && naming.release }
}

async function makeDataset({ title, description, theme, licence, publisher, release }: Naming): Promise<string> {
  const card = await call<Card>('/datasets', {
    method: 'POST',
    body: {
      slug: slugOf(title),
      title: { de: title },
      description: { de: description },
      themes: theme === '' ? [] : [theme],
      ...(licence !== '' && { licence }),
      ...(publisher !== '' && { publisher: { name: publisher } }),
      access: release ? 'public' : 'internal',
    },
  })
  return card.slug
}
