/** measure: the measured part of a mapping compiled: wide and long tables to series and observations. */
import type { Draft, SeriesDraft } from '../model/draft.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { seriesUnit, unitInHeader } from '../model/units.ts'
import { Problem } from '../problem.ts'
import { type End, type Stamp, clockOf } from './decode/clock.ts'
import type { Cells } from './decode/row.ts'
import { defined } from './defined.ts'
import type { Computed } from './expression.ts'
import type { LongRule, Mapping, MeasuredRule, SeriesRule, TimeRule, ValueType } from './mapping.ts'
import { termOf } from './term.ts'
import { type ValueReader, Wrong, typedReader } from './values.ts'

/** Adds drafts of a row; answers the attributes said for the first time. */
export type Measure = (
  iri: string,
  cells: Cells,
  computed: readonly Computed[],
  said: ReadonlySet<string> | undefined,
  drafts: Draft[],
) => readonly string[]

/** Throws a Problem for a mapping that measures without a time, or whose time rule cannot be. */
export function measureOf(mapping: Mapping, texts: string[]): Measure {
  const { series = [], long, time } = mapping
  if (series.length === 0 && long === undefined) return () => []
  if (time === undefined)
    throw new Problem(
      'invalid-body',
      {
        de: 'Die Zuordnung misst etwas, sagt aber nicht, welche Spalte die Zeit ist.',
        en: 'The mapping measures something, but does not say which column is the time.',
      },
      { pointer: '/time' },
    )
  const stamp = stamper(time)
  const wide = series.map((rule) => channelOf(rule, mapping, texts))
  const tall = long === undefined ? undefined : longReader(long, mapping, texts)
  return (iri, cells, computed, said, drafts) => {
    const fresh: string[] = []
    let at: Stamp | undefined
    for (const channel of wide) {
      const result = channel.read(cells, computed)
      if (result === undefined) continue
      at ??= stamp(cells, iri)
      say(channel, iri, result, at, cells, said, fresh, drafts)
    }
    const one = tall?.(cells)
    const result = one?.read(cells, computed)
    if (one !== undefined && result !== undefined)
      say(one, iri, result, stamp(cells, `${iri} ${one.attribute}`), cells, said, fresh, drafts)
    return fresh
  }
}

interface Channel {
  readonly attribute: string
  readonly read: ValueReader
  readonly quality: string | undefined
  readonly series: (iri: string) => SeriesDraft
}

function say(
  { attribute, quality, series }: Channel,
  iri: string,
  result: Json,
  at: Stamp,
  cells: Cells,
  said: ReadonlySet<string> | undefined,
  fresh: string[],
  drafts: Draft[],
): void {
  if (said?.has(attribute) !== true && !fresh.includes(attribute)) {
    drafts.push(series(iri))
    fresh.push(attribute)
  }
  const mark = quality === undefined ? undefined : cells[quality]
  const draft = { draft: 'observation' as const, entity: iri, attribute, time: at.time, result }
  const timed = at.end === undefined ? draft : { ...draft, end: at.end }
  drafts.push(mark === undefined || mark === null || mark === '' ? timed : { ...timed, quality: qualityOf(mark) })
}

function qualityOf(mark: Json): JsonObject {
  return { source: typeof mark === 'string' ? mark.trim() : mark }
}

const OGC = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/'
const OBSERVATION_TYPES: Readonly<Record<ValueType, string>> = {
  number: `${OGC}OM_Measurement`,
  boolean: `${OGC}OM_TruthObservation`,
  text: `${OGC}OM_Observation`,
  json: `${OGC}OM_ComplexObservation`,
  auto: `${OGC}OM_Observation`,
}

function channelOf(rule: SeriesRule, { decimal, nulls }: Mapping, texts: string[]): Channel {
  const { column, attribute, type = 'number', unit, quality } = rule
  return {
    attribute,
    quality,
    read: typedReader({ column, type, decimal: rule.decimal ?? decimal, nulls: [nulls, rule.nulls], unit }, texts),
    series: seriesOf(attribute, rule, unitInHeader(column).name),
  }
}

function seriesOf(
  attribute: string,
  { name, unit, property, type = 'number' }: MeasuredRule,
  called: string,
): (iri: string) => SeriesDraft {
  const known = {
    draft: 'series' as const,
    attribute,
    name: name ?? called,
    unit: seriesUnit(unit),
    property: property ?? { name: name ?? called },
    observationType: OBSERVATION_TYPES[type],
  }
  return (iri) => ({ ...known, entity: iri })
}

/** By what a row says is measured; names that the rule does not list make their own series. */
function longReader(long: LongRule, mapping: Mapping, texts: string[]): (cells: Cells) => Channel | undefined {
  const channels = new Map<string, Channel>()
  return (cells) => {
    const called = cellText(cells[long.attribute])
    if (called === '') throw new Wrong({ de: 'Es fehlt, was gemessen wurde.', en: 'What was measured is missing.' }, long.attribute)
    const unit = long.unit === undefined ? '' : cellText(cells[long.unit])
    const key = `${called}\u0000${unit}`
    let channel = channels.get(key)
    if (channel === undefined) {
      channel = channelOf(ruleOf(long, called, unit), mapping, texts)
      if (channels.size > 10_000) channels.clear()
      channels.set(key, channel)
    }
    return channel
  }
}

function ruleOf({ value, named, decimal, nulls, quality }: LongRule, called: string, unit: string): SeriesRule {
  const header = unitInHeader(called)
  return {
    attribute: termOf(called),
    name: header.name,
    ...defined('unit', unit === '' ? header.text : unit),
    ...defined('decimal', decimal),
    ...defined('nulls', nulls),
    ...defined('quality', quality),
    ...named?.[called],
    column: value,
  }
}

/** The time of a row, from the cells that say it. */
function stamper(time: TimeRule): (cells: Cells, of: string) => Stamp {
  const clock = clockOf(time)
  const { columns, end } = time
  return (cells, of) => {
    const text = joined(cells, columns)
    if (text === '') throw new Wrong({ de: 'Die Zeit fehlt.', en: 'The time is missing.' }, columns.join(', '))
    const until = end === undefined ? undefined : endOf(cells, end, columns)
    const found = clock.stamp(text, until, of)
    if ('time' in found) return found
    throw new Wrong(found, columns.join(', '), text)
  }
}

function joined(cells: Cells, columns: readonly string[]): string {
  if (columns.length === 1) return cellText(cells[columns[0] ?? ''])
  return columns
    .map((column) => cellText(cells[column]))
    .filter((text) => text !== '')
    .join(' ')
}

/** The end's columns; before a time of day alone goes the start's date. */
function endOf(cells: Cells, end: readonly string[], columns: readonly string[]): End | undefined {
  const text = joined(cells, end)
  if (text === '') return undefined
  if (end.length >= columns.length || !/^\d{1,2}[:.]\d{2}/.test(text)) return { text, bare: false }
  return { text: joined(cells, [...columns.slice(0, columns.length - end.length), ...end]), bare: true }
}

function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}
