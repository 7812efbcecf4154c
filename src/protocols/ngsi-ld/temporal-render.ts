/** temporal-render: histories in full, as pairs of value and time, or aggregated (4.5.7 to 4.5.9, 4.5.19). Pure. */
import type { Json, JsonObject } from '../../model/json.ts'
import type { Aggregated } from '../../query/query.ts'
import type { Attribute, Attributes } from './attribute.ts'
import type { Context } from './context.ts'
import { VALUES } from './names.ts'
import { oneOrAll, renderInstance, shows, valueIn, type Shape } from './render.ts'
import type { State } from './state.ts'
import type { TimeProperty } from './window.ts'

/** The members that every representation begins with. */
export function headerOf(state: State, context: Context, shape: Shape): Record<string, Json> {
  return {
    ...(shows(shape, 'id') && { id: state.id }),
    ...(shows(shape, 'type') && { type: oneOrAll(state.types.map((type) => context.termOf(type))) }),
    ...(shows(shape, 'scope') && state.scopes.length > 0 && { scope: oneOrAll(state.scopes) }),
    ...(shape.sysAttrs && { createdAt: state.createdAt, modifiedAt: state.modifiedAt }),
  }
}

/** Every attribute a list of its instances. */
export function renderFull(attributes: Attributes, context: Context, shape: Shape): JsonObject {
  return each(attributes, context, shape, (instances) => instances.map((one) => renderInstance(one, context, shape)))
}

/** `values: [[21, "2026-…"], …]`; instances told apart by their datasetId. */
export function renderValues(attributes: Attributes, context: Context, shape: Shape, property: TimeProperty): JsonObject {
  return each(attributes, context, shape, (instances) => byDataset(instances, (of, head) => ({ ...head, [VALUES[kindOf(of)]]: of.map((one) => pairOf(one, context, property)) }))) // prettier-ignore
}

const kindOf = ([first]: readonly Attribute[]): Attribute['kind'] => first?.kind ?? 'Property'

function pairOf(one: Attribute, context: Context, property: TimeProperty): Json {
  const value = valueIn(one, context)
  return [one.kind === 'LanguageProperty' ? { languageMap: value } : value, one[property] ?? one.observedAt ?? one.modifiedAt ?? null]
}

function byDataset(instances: readonly Attribute[], render: (of: readonly Attribute[], head: JsonObject) => JsonObject): Json {
  const groups = [...Map.groupBy(instances, ({ datasetId }) => datasetId)]
  const rendered = groups.map(([datasetId, of]) => render(of, { type: kindOf(of), ...(datasetId !== undefined && { datasetId }) }))
  return rendered.length === 1 ? (rendered[0] ?? {}) : rendered
}

function each(attributes: Attributes, context: Context, shape: Shape, render: (instances: readonly Attribute[]) => Json): JsonObject {
  const wanted = [...attributes].flatMap(([name, all]) => {
    const instances = shape.datasetIds ? all.filter(({ datasetId }) => shape.datasetIds?.has(datasetId ?? '@none')) : all
    return shows(shape, name) && instances.length > 0 ? [[context.termOf(name), render(instances)] as const] : []
  })
  return Object.fromEntries(wanted)
}

export const METHODS = ['avg', 'distinctCount', 'max', 'min', 'stddev', 'sum', 'sumsq', 'totalCount'] as const
export type Method = (typeof METHODS)[number]

/** What a method makes of a bucket; undefined where the values are not of a kind for it. */
const FIGURES: Readonly<Record<Method, (of: Aggregated) => Json | undefined>> = {
  totalCount: ({ totalCount }) => totalCount,
  distinctCount: ({ distinctCount }) => distinctCount,
  avg: ({ avg, booleans, trues }) => avg ?? (booleans > 0 ? trues / booleans : undefined),
  sum: ({ sum, booleans, trues }) => sum ?? (booleans > 0 ? trues : undefined),
  min: ({ min, minText }) => min ?? minText,
  max: ({ max, maxText }) => max ?? maxText,
  stddev: ({ stddev }) => stddev,
  sumsq: ({ sumsq }) => sumsq,
}

/** `avg: [[12.5, start, end], …]`. */
export function renderAggregated(head: JsonObject, buckets: readonly Aggregated[], methods: readonly Method[]): JsonObject {
  const tuples = (method: Method): Json =>
    buckets.flatMap((bucket): Json[] => {
      const figure = FIGURES[method](bucket)
      return figure === undefined ? [] : [[figure, bucket.start, bucket.end]]
    })
  return { ...head, ...Object.fromEntries(methods.map((method) => [method, tuples(method)])) }
}

export function fits(method: Method, bucket: Aggregated): boolean {
  return FIGURES[method](bucket) !== undefined
}
