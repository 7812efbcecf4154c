/** indicators: figures that update themselves from what the platform knows, one value a day; others are entered by hand. What cannot be measured any more is said, and never a zero. */
import type { JsonObject } from '../model/json.ts'
import { now, shifted } from '../model/time.ts'
import { Problem } from '../problem.ts'
import { and, equals, everything, type Filter } from '../query/filter.ts'
import { ask, type Summarised } from '../query/query.ts'
import { keeper, type Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import type { Store } from '../store/pool.ts'
import { countSources, putValue, recordById, recordsOf, unmeasured, valuesOf, type IndicatorValue } from '../store/records.ts'
import { wordIn } from './kind.ts'
import { stageOf } from './kinds/use-case.ts'
import { mustSustain } from './records.ts'

export interface Course {
  readonly values: readonly Omit<IndicatorValue, 'indicator'>[]
  readonly latest?: number
  /** How much of the way from the baseline to the target is done, in per cent; below 0: further away. */
  readonly reached?: number
  /** Why it cannot be measured just now. */
  readonly problem?: Problem
}

export interface Indicators {
  of(who: Principal, id: number): Promise<Course>
  /** By hand; `note` says from where. */
  enter(who: Principal, id: number, value: { readonly day: string; readonly value: number; readonly note: string }): Promise<Course>
  /** What measures itself and has no value of today. */
  measureDue(): Promise<void>
}

export function openIndicators(store: Store, service: Service): Indicators {
  const course = async (tenant: number, id: number): Promise<Course> => {
    const fields = await fieldsOf(store, tenant, id)
    const values = (await valuesOf(store, [id])).map(({ indicator: _indicator, ...value }) => value)
    const latest = values.at(-1)?.value
    const problem = isMeasured(fields) ? await faultOf(measure(store, service, tenant, fields)) : undefined
    return { values, ...(latest !== undefined && { latest, ...reachedOf(fields, latest) }), ...(problem && { problem }) }
  }
  return {
    async of(who, id) {
      mustSustain(who)
      return course(who.tenant, id)
    },
    async enter(who, id, value) {
      mustSustain(who)
      if (isMeasured(await fieldsOf(store, who.tenant, id)))
        throw new Problem('conflict', { de: 'Diesen Indikator misst die Plattform selbst.', en: 'The platform measures this indicator by itself.' }) // prettier-ignore
      await putValue(store, { indicator: id, ...value, measured: false, author: who.name })
      return course(who.tenant, id)
    },
    async measureDue() {
      const day = now().slice(0, 10)
      for (const { id, tenant, fields } of await unmeasured(store, day)) {
        const found = await measure(store, service, tenant, fields).catch(asProblem)
        if (!(found instanceof Problem)) await putValue(store, { indicator: id, day, value: found.value, measured: true, note: found.note, author: '' }) // prettier-ignore
      }
    },
  }
}

const isMeasured = ({ source }: JsonObject): boolean => source === 'data' || source === 'platform'

async function fieldsOf(store: Store, tenant: number, id: number): Promise<JsonObject> {
  const row = await recordById(store, tenant, id)
  if (row?.kind === 'indicator') return row.fields
  throw new Problem('not-found', { de: 'Diesen Indikator gibt es nicht.', en: 'There is no such indicator.' })
}

function reachedOf({ baseline, target }: JsonObject, latest: number): Pick<Course, 'reached'> {
  if (typeof baseline !== 'number' || typeof target !== 'number' || baseline === target) return {}
  return { reached: Math.round((100 * (latest - baseline)) / (target - baseline)) }
}

interface Measured {
  readonly value: number
  readonly note: string
}

async function faultOf(measuring: Promise<unknown>): Promise<Problem | undefined> {
  const found = await measuring.catch(asProblem)
  return found instanceof Problem ? found : undefined
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

/** Throws a Problem where there is nothing to measure. */
async function measure(store: Store, service: Service, tenant: number, fields: JsonObject): Promise<Measured> {
  const who = keeper(tenant, 'sustain')
  return fields['source'] === 'data' ? ofData(service, who, fields) : ofPlatform(store, service, who, fields)
}

const MOST_SERIES = 1000

async function ofData(service: Service, who: Principal, fields: JsonObject): Promise<Measured> {
  const [slug, attribute] = [wordIn(fields, 'dataset'), wordIn(fields, 'attribute')]
  const days = typeof fields['days'] === 'number' ? fields['days'] : 30
  const { id } = await service.dataset(who, slug).catch(() => {
    throw new Problem('not-found', {
      de: `Den Datensatz „${slug}“ gibt es nicht mehr.`,
      en: `The dataset “${slug}” is not there any more.`,
    })
  })
  const where = and(equals(['dataset'], id), equals(['attribute'], attribute), equals(['kind'], 'value'))
  const { items } = await service.find(who, ask('series', where, MOST_SERIES))
  const until = now()
  const from = shifted(until, -days * 86_400) ?? until
  const series = items.map((one) => one.id)
  const found = series.length === 0 ? [] : await service.summarise(who, { series, from, until, bucket: 'day', zone: 'Europe/Berlin', figures: ['avg', 'sum', 'min', 'max'] }) // prettier-ignore
  const value = figureOf(wordIn(fields, 'figure'), found)
  if (value === undefined)
    throw new Problem('not-found', { de: `„${attribute}“ hat im Datensatz „${slug}“ seit ${days} Tagen keine Werte.`, en: `“${attribute}” has had no values in the dataset “${slug}” for ${days} days.` }) // prettier-ignore
  return { value, note: `${slug}: ${attribute}, ${days} d, ${series.length} series` }
}

/** Undefined where there is nothing to tell it from; a count may be zero. */
function figureOf(figure: string, found: readonly Summarised[]): number | undefined {
  const numbers = found.filter(({ avg }) => avg !== undefined)
  const sum = numbers.reduce((total, one) => total + (one.sum ?? 0), 0)
  const count = numbers.reduce((total, one) => total + one.count, 0)
  if (figure === 'count') return count
  if (count === 0) return undefined
  if (figure === 'sum') return sum
  if (figure === 'min') return Math.min(...numbers.map(({ min }) => min ?? Infinity))
  return figure === 'max' ? Math.max(...numbers.map(({ max }) => max ?? -Infinity)) : sum / count
}

async function ofPlatform(store: Store, service: Service, who: Principal, fields: JsonObject): Promise<Measured> {
  const platform = wordIn(fields, 'platform')
  const note = platform
  if (platform === 'sources') return { value: await countSources(store, who.tenant), note }
  if (platform === 'use-cases') {
    const all = await recordsOf(store, who.tenant, 'use-case')
    return { value: all.filter(({ fields }) => stageOf(fields) === 'regular').length, note }
  }
  const where: Filter = platform === 'released' ? equals(['state'], 'released') : everything
  if (platform !== 'observations') {
    const { total = 0 } = await service.find(who, { ...ask('dataset', and(equals(['tenant'], who.tenant), where), 0), count: true })
    return { value: total, note }
  }
  const { items } = await service.find(who, ask('dataset', equals(['tenant'], who.tenant), 10_000))
  const counts = await service.counts(items.map(({ id }) => id))
  return { value: [...counts.values()].reduce((sum, { observations }) => sum + observations, 0), note }
}
