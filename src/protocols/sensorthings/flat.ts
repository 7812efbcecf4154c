/** flat: entities with what is expanded as flat rows: CSV, and features of GeoJSON. The names of columns are paths: "Datastream/name". */
import { isObject, type Json } from '../../model/json.ts'
import { isGeometry } from '../../model/wkb.ts'
import { Problem } from '../../problem.ts'
import type { Found, Page } from '../../query/query.ts'
import type { Outgoing } from './call.ts'
import type { EntityType } from './version.ts'
import type { Options } from './options.ts'
import { pageOf } from './render.ts'

type Choice = Pick<Options, 'select' | 'expand'>

export function isFlat({ format }: Options): boolean {
  return format === 'csv' || format === 'geojson'
}

export function renderFlat(page: Page, type: EntityType, options: Options, next: string | undefined, reply: Outgoing): string {
  if (options.format === 'geojson') {
    void reply.type('application/geo+json')
    return collection(page, type, options, next)
  }
  void reply.type('text/csv; charset=utf-8')
  if (next !== undefined) void reply.header('link', `<${next}>; rel="next"`)
  return table(page, type, options)
}

interface Column {
  readonly name: string
  readonly read: (item: Found) => unknown
}

function table(page: Page, type: EntityType, options: Options): string {
  const columns = columnsOf(type, options)
  const lines = page.items.map((item) => columns.map(({ read }) => cell(read(item))).join(','))
  return `${[columns.map(({ name }) => cell(name)).join(','), ...lines].join('\r\n')}\r\n`
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The same for every page. Of many related entities one fits into a row. */
function columnsOf(type: EntityType, { select, expand }: Choice, before = ''): readonly Column[] {
  const own = pathsOf(type, select).map(({ name, keys, read }): Column => ({
    name: before + [name, ...keys].join('/'),
    read: (item) => keys.reduce(inside, read(item)),
  }))
  const related = expand.flatMap(({ by, options }) => {
    if (by.many && options.top !== 1)
      throw new Problem('invalid-query', { en: `In CSV, ${by.name} are expanded with $top=1.`, de: `In CSV werden ${by.name} mit $top=1 ausgeklappt.` }, { parameter: '$expand' }) // prettier-ignore
    return columnsOf(by.type, options, `${before}${by.name}/`).map(({ name, read }): Column => ({
      name,
      read(item) {
        const [one] = pageOf(item, by.name).items
        return one && read(one)
      },
    }))
  })
  return [...own, ...related]
}

interface Property {
  readonly name: string
  readonly keys: readonly string[]
  readonly read: (item: Found) => unknown
}

/** What is selected, else all. */
function pathsOf(type: EntityType, select: Options['select']): readonly Property[] {
  const readers: Readonly<Record<string, (item: Found) => unknown>> = { id: ({ id }) => id, ...type.readers }
  const paths = select ?? Object.keys(readers).map((name) => [name])
  return paths.flatMap(([first = '', ...keys]) => {
    const name = first === type.version.id ? 'id' : first
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined
    return read === undefined ? [] : [{ name, keys, read }]
  })
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, unknown>>)[key]
}

function collection(page: Page, type: EntityType, options: Options, next: string | undefined): string {
  const features = page.items.map((item) => JSON.stringify(featureOf(item, type, options)))
  const count = page.total === undefined ? '' : `,"${type.version.mark}count":${page.total}`
  const more = next === undefined ? '' : `,"${type.version.mark}nextLink":${JSON.stringify(next)}`
  return `{"type":"FeatureCollection"${count},"features":[${features.join(',')}]${more}}`
}

/** Its shape is the first that it or what is expanded has. */
function featureOf(item: Found, type: EntityType, options: Choice): object {
  const properties: Record<string, unknown> = {}
  const geometry = lay(properties, '', item, type, options)
  return { type: 'Feature', id: item.id, geometry: geometry ?? null, properties }
}

/** Lays all values under their paths; answers the first shape. */
function lay(into: Record<string, unknown>, before: string, item: Found, type: EntityType, { select, expand }: Choice): unknown {
  let shape: unknown
  for (const { name, keys, read } of pathsOf(type, select)) {
    const value = keys.reduce(inside, read(item))
    const found = SHAPES.includes(name) && keys.length === 0 ? shapeIn(value) : undefined
    if (found === undefined) spread(into, before + [name, ...keys].join('/'), value)
    else shape ??= found
  }
  for (const { by, options } of expand)
    for (const [i, one] of pageOf(item, by.name).items.entries()) {
      const found = lay(into, `${before}${by.name}/${by.many ? `${i}/` : ''}`, one, by.type, options)
      shape ??= found
    }
  return shape
}

const SHAPES: readonly string[] = ['location', 'feature', 'observedArea']

function shapeIn(value: unknown): unknown {
  const shape: unknown = typeof value === 'object' && value !== null && 'geometry' in value ? value.geometry : value
  return isGeometry(shape) ? shape : undefined
}

function spread(into: Record<string, unknown>, path: string, value: unknown): void {
  if (Array.isArray(value) || isObject(value as Json))
    for (const [key, part] of Object.entries(value as object)) spread(into, `${path}/${key}`, part)
  else if (value !== undefined) into[path] = value
}
