/** readings: the observations of a dataset in long form, one a row, series by series and by time. */
import type { Entity } from '../../model/entity.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import { and, equals, everything, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import { pagesOf, type Reader } from './pages.ts'
import { BATCH, type Column, type Row, type Table } from './table.ts'

const COLUMNS: readonly Column[] = [
  { name: 'entity_iri', title: 'Kennung', kind: 'text' },
  { name: 'entity_name', title: 'Name', kind: 'text' },
  { name: 'longitude', title: 'Längengrad', kind: 'number' },
  { name: 'latitude', title: 'Breitengrad', kind: 'number' },
  { name: 'attribute', title: 'Merkmal', kind: 'text' },
  { name: 'series', title: 'Messreihe', kind: 'text' },
  { name: 'unit', title: 'Einheit', kind: 'text' },
  { name: 'time', title: 'Zeit', kind: 'time' },
  { name: 'end', title: 'Ende', kind: 'time' },
  { name: 'result', title: 'Wert', kind: 'result' },
]

/** `when` narrows the observations. */
export function readings(reader: Reader, dataset: number, when: Filter): Table {
  return { columns: COLUMNS, batches: batches(reader, dataset, when) }
}

async function* batches(reader: Reader, dataset: number, when: Filter): AsyncGenerator<readonly Row[]> {
  const entity = { through: 'entity', where: everything, order: [], page: { limit: 1 }, include: [], count: false }
  const where = and(equals(['dataset'], dataset), equals(['kind'], 'value'))
  for await (const page of pagesOf(reader, { ...ask('series', where, BATCH), include: [entity] }))
    for (const pack of packed(page)) {
      const [first] = pack
      if (pack.length === 1 && first !== undefined) yield* alone(reader, first, when)
      else if (first !== undefined) yield together(pack, await collected(reader, pack, when))
    }
}

/** Short series are read together, long ones alone: few statements for many series, little memory for long ones. */
export function packed<S extends { readonly count: number }>(series: readonly S[]): readonly (readonly S[])[] {
  const packs: S[][] = []
  let room = 0
  for (const one of series) {
    if (one.count === 0) continue
    const last = packs.at(-1)
    if (last !== undefined && one.count <= room) last.push(one)
    else packs.push([one])
    room = (last !== undefined && one.count <= room ? room : BATCH) - one.count
  }
  return packs
}

async function* alone(reader: Reader, series: Found<'series'>, when: Filter): AsyncGenerator<readonly Row[]> {
  const head = headOf(series)
  const query = ask('observation', and(equals(['series'], series.id), when), BATCH)
  for await (const page of pagesOf(reader, query)) yield page.map((one) => rowOf(head, one))
}

async function collected(reader: Reader, pack: readonly Series[], when: Filter): Promise<readonly Observation[]> {
  const ids = pack.map(({ id }) => id)
  const all: Observation[] = []
  for await (const page of pagesOf(reader, ask('observation', and({ is: 'in', path: ['series'], values: ids }, when), BATCH)))
    all.push(...page)
  return all
}

function together(pack: readonly Found<'series'>[], observations: readonly Observation[]): readonly Row[] {
  const groups = Map.groupBy(observations, ({ series }) => series)
  return pack.flatMap((series) => {
    const head = headOf(series)
    return (groups.get(series.id) ?? []).map((one) => rowOf(head, one))
  })
}

function headOf(series: Found<'series'>): Row {
  const entity = series.with?.['entity']?.items[0] as Entity | undefined
  const [longitude, latitude] = entity?.geometry?.type === 'Point' ? entity.geometry.coordinates : []
  const { attribute, name, unit } = series
  return [entity?.iri, entity?.name, longitude, latitude, attribute, name, unit.symbol ?? unit.name]
}

const rowOf = (head: Row, { time, end, result }: Observation): Row => [...head, time, end, result]
