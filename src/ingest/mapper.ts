/** mapper: a mapping compiled: batches of rows in, drafts or rejected rows out. A thing and its series are said once, before their first observation. */
import type { Draft } from '../model/draft.ts'
import type { Geometry } from '../model/geometry.ts'
import type { Json } from '../model/json.ts'
import { Problem } from '../problem.ts'
import type { Rejected } from './connector.ts'
import { shorten } from './decode/number.ts'
import { type PlaceReader, placeReader } from './decode/place.ts'
import { type Batch, type Cells, type Row, isRejected, rejected } from './decode/row.ts'
import { defined } from './defined.ts'
import { type Computed, type Expressions, expressionsOf } from './expression.ts'
import { type Condition, type Mapping, columnsOf } from './mapping.ts'
import { type Measure, measureOf } from './measure.ts'
import { iriOf, termOf } from './term.ts'
import { type ValueReader, Wrong, sourceReader, typedReader } from './values.ts'

export type Outcome = Draft | Rejected

/** Told of each row before its drafts are handed on, and of the columns when they are known. */
export interface Watcher {
  row?(row: Cells, line: number, file?: string): void
  columns?(names: readonly string[]): void
}

/** Rows through a mapping. Throws a Problem for a mapping that cannot work on this source: a column that is not there, an expression that hangs. */
export async function* mapRows(
  mapping: Mapping,
  batches: AsyncIterable<Batch>,
  watcher: Watcher = {},
  dataset?: number,
): AsyncGenerator<Outcome, void, undefined> {
  const mapper = mapperOf(mapping, dataset)
  try {
    for await (const batch of batches) {
      if (batch.columns) mapper.check(batch.columns, watcher)
      const computed = await mapper.compute(batch.rows)
      for (const [at, row] of batch.rows.entries()) {
        if (isRejected(row)) {
          watcher.row?.((row.row ?? {}) as Cells, row.line ?? 0, row.file)
          yield row
        } else {
          watcher.row?.(row.cells, row.line, row.file)
          // Not `yield*`: over an array it costs as much again as making the drafts.
          for (const draft of mapper.map(row, computed?.[at] ?? NONE)) yield draft
        }
      }
    }
  } finally {
    await mapper.close()
  }
}

const NONE: readonly Computed[] = []

/** Things remembered so as not to say them again; beyond, they are said again, which changes nothing. */
const REMEMBERED = 50_000

interface Said {
  signature: string
  readonly series: Set<string>
}

export interface Mapper {
  check(columns: readonly string[], watcher?: Watcher): void
  /** Undefined when the mapping has no expressions. */
  compute(rows: readonly (Row | Rejected)[]): Promise<readonly (readonly Computed[])[] | undefined>
  map(row: Row, computed?: readonly Computed[]): readonly Outcome[]
  close(): Promise<void>
}

/** Throws a Problem for what is wrong with the mapping itself. */
export function mapperOf(mapping: Mapping, dataset?: number): Mapper {
  const texts: string[] = []
  const entity = entityReader(mapping, texts, dataset)
  const where = conditionOf(mapping.where, texts)
  const measure = measureOf(mapping, texts)
  const expressions = texts.length > 0 ? expressionsOf(texts) : undefined
  const said = new Map<string, Said>()
  let checked: readonly string[] | undefined
  return {
    check(columns, watcher) {
      if (columns === checked) return
      checked = columns
      mustHave(columns, columnsOf(mapping))
      watcher?.columns?.(columns)
    },
    compute: (rows) => computeAll(expressions, rows),
    map(row, computed = NONE) {
      try {
        return where(row.cells, computed) ? draftsOf(entity, measure, said, row.cells, computed) : []
      } catch (error) {
        if (error instanceof Wrong) return [rejection(row, error)]
        throw error
      }
    },
    close: async () => {
      await expressions?.close()
    },
  }
}

async function computeAll(expressions: Expressions | undefined, rows: readonly (Row | Rejected)[]) {
  if (expressions === undefined || rows.length === 0) return undefined
  return expressions.evaluate(rows.map((row) => (isRejected(row) ? {} : row.cells)))
}

function mustHave(columns: readonly string[], wanted: readonly string[]): void {
  const there = new Set(columns)
  const missing = wanted.filter((column) => !there.has(column))
  if (missing.length === 0) return
  const list = (open: string, close: string): string => missing.map((name) => open + name + close).join(', ')
  const has = shorten(columns.join(', '), 400)
  throw new Problem(
    'invalid-body',
    {
      de: `Der Quelle fehlen Spalten, die die Zuordnung braucht: ${list('„', '“')}. Sie hat: ${has}. Haben sich die Spalten geändert?`,
      en: `The source lacks columns that the mapping needs: ${list('“', '”')}. It has: ${has}. Have the columns changed?`,
    },
    { field: missing[0] ?? '' },
  )
}

interface EntityReader {
  readonly id: (cells: Cells, computed: readonly Computed[]) => string
  /** What the thing is made of, as one text: equal texts make equal things. */
  readonly signature: (cells: Cells, computed: readonly Computed[]) => string
  readonly draft: (iri: string, cells: Cells, computed: readonly Computed[]) => Draft
  readonly moves: boolean
}

function entityReader({ entity, decimal, nulls }: Mapping, texts: string[], dataset: number | undefined): EntityReader {
  const id = sourceReader(entity.id, texts, true)
  const name = entity.name === undefined ? undefined : sourceReader(entity.name, texts)
  const description = entity.description === undefined ? undefined : sourceReader(entity.description, texts)
  const place = entity.place === undefined ? undefined : placeReader(entity.place)
  const attributes = (entity.attributes ?? []).map((rule) => ({
    term: rule.name ?? termOf(rule.column.replace(/^=/, '')),
    read: typedReader(
      { column: rule.column, type: rule.type ?? 'auto', decimal: rule.decimal ?? decimal, nulls: [nulls, rule.nulls] },
      texts,
    ),
  }))
  const raw: readonly ValueReader[] = [
    ...[entity.name, entity.description, ...(entity.attributes ?? []).map(({ column }) => column)].flatMap((source) =>
      source === undefined ? [] : [sourceReader(source, texts)],
    ),
    ...[entity.place?.x, entity.place?.y, entity.place?.column].flatMap((column) =>
      column === undefined ? [] : [(cells: Cells) => cells[column]],
    ),
  ]
  const text = (read: ValueReader | undefined, cells: Cells, computed: readonly Computed[]): string | undefined =>
    shown(read?.(cells, computed))
  return {
    moves: entity.place?.moves === true,
    id: (cells, computed) => {
      const found = shown(id(cells, computed))
      if (found === undefined) throw new Wrong({ de: 'Die Kennung ist leer.', en: 'The id is empty.' }, entity.id)
      return iriOf(found, entity.type, dataset)
    },
    signature: (cells, computed) => raw.map((read) => shown(read(cells, computed)) ?? '').join('\u0000'),
    draft: (iri, cells, computed) => {
      const geometry = place === undefined ? undefined : geometryOf(place, cells, entity.place)
      const values: Record<string, Json> = {}
      for (const { term, read } of attributes) {
        const value = read(cells, computed)
        if (value !== undefined) values[term] = value
      }
      return {
        draft: 'entity',
        iri,
        type: entity.type,
        ...defined('name', text(name, cells, computed)),
        ...defined('description', text(description, cells, computed)),
        ...defined('geometry', geometry),
        ...(attributes.length > 0 ? { attributes: values } : {}),
      }
    },
  }
}

/** A value as text; undefined for an empty one. */
function shown(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = typeof value === 'string' ? value.trim() : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text === '' ? undefined : text
}

function geometryOf(read: PlaceReader, cells: Cells, rule: Mapping['entity']['place']): Geometry | undefined {
  const found = read(cells)
  if (found === undefined || 'type' in found) return found
  const columns = [rule?.x, rule?.y, rule?.column].filter((column) => column !== undefined)
  throw new Wrong(found, columns.join(', '), columns.map((column) => shorten(shown(cells[column]) ?? '')).join(', '))
}

function draftsOf(
  entity: EntityReader,
  measure: Measure,
  said: Map<string, Said>,
  cells: Cells,
  computed: readonly Computed[],
): readonly Outcome[] {
  const iri = entity.id(cells, computed)
  const signature = entity.signature(cells, computed)
  const known = said.get(iri)
  const drafts: Draft[] = known?.signature === signature ? [] : [entity.draft(iri, cells, computed)]
  const fresh = measure(iri, cells, computed, known?.series, drafts)
  if (known === undefined) {
    if (said.size >= REMEMBERED) said.clear()
    said.set(iri, { signature, series: new Set(fresh) })
  } else {
    known.signature = signature
    for (const attribute of fresh) known.series.add(attribute)
  }
  return entity.moves ? timed(drafts) : drafts
}

/** A thing was where its row says when its row was measured. */
function timed(drafts: readonly Draft[]): readonly Draft[] {
  const [thing, ...rest] = drafts
  const measured = rest.find((one) => one.draft === 'observation')
  if (thing?.draft !== 'entity' || thing.geometry === undefined || measured === undefined) return drafts
  return [{ ...thing, at: measured.time }, ...rest]
}

type Holds = (cells: Cells, computed: readonly Computed[]) => boolean

function conditionOf(where: Mapping['where'], texts: string[]): Holds {
  if (where === undefined) return () => true
  if (typeof where === 'string') {
    const read = sourceReader(where.startsWith('=') ? where : `=${where}`, texts)
    return (cells, computed) => {
      const value = read(cells, computed)
      return value !== undefined && value !== null && value !== false && value !== 0 && value !== ''
    }
  }
  const all = where.map(holds)
  return (cells) => all.every((one) => one(cells))
}

/** Compared as text, without blanks around. */
function holds({ column, is, not = false }: Condition): (cells: Cells) => boolean {
  const wanted = new Set(is.map((value) => shown(value) ?? ''))
  return (cells) => wanted.has(shown(cells[column]) ?? '') !== not
}

function rejection(row: Row, { fault, column, value }: Wrong): Rejected {
  return rejected(fault, {
    line: row.line,
    ...(row.file === undefined ? {} : { file: row.file }),
    ...(column === undefined ? {} : { column }),
    ...(value === undefined ? {} : { value: shorten(value) }),
    row: row.cells,
  })
}
