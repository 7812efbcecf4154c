/**
 * render: items written as JSON text. What a request selects and expands is made into one writer before the first item is seen;
 * the writer only joins texts, so that a page of observations costs little more than its bytes. Never throws.
 */
import type { Found, Page } from '../../query/query.ts'
import { within } from './link.ts'
import { V1 } from './v1/names.ts'
import type { EntityType, Version } from './version.ts'
import type { Expand, Metadata, Options } from './options.ts'

/** The JSON text of an item. */
export type Write = (item: Found) => string
/** A member with its key, or nothing. */
type Member = (item: Found, self: string) => string

type Choice = Pick<Options, 'select' | 'expand'> & Partial<Pick<Options, 'distinct'>>

/** `base` is the address of the service, without a slash at its end. */
export function writerOf(type: EntityType, { select, expand, distinct }: Choice, base: string, metadata: Metadata = 'full'): Write {
  const chosen = select && new Set(select.map(([name = '']) => (name === type.version.id ? 'id' : name)))
  const address = `${base}/${type.set}(`
  const members = [
    ...(distinct === undefined ? annotationWriters(type.version, chosen, metadata) : []),
    ...propertyWriters(type, { select, expand }, chosen, base, metadata),
    ...linkWriters(type, chosen, expand, base, metadata),
  ]
  return (item) => {
    const self = `${address}${item.id})`
    let text = ''
    for (const member of members) text += member(item, self)
    return `{${text.slice(1)}}`
  }
}

type Chosen = ReadonlySet<string> | undefined

function annotationWriters({ self: address, id, tells }: Version, chosen: Chosen, metadata: Metadata): readonly Member[] {
  const members: Member[] = []
  if (metadata === 'full' && (tells || chosen === undefined || chosen.has(address))) members.push((_, self) => `,"${address}":"${self}"`)
  if ((tells || metadata !== 'none') && (chosen === undefined || chosen.has('id'))) members.push((item) => `,"${id}":${item.id}`)
  return members
}

function propertyWriters(
  type: EntityType,
  { select, expand }: Choice,
  chosen: Chosen,
  base: string,
  metadata: Metadata,
): readonly Member[] {
  const links = metadata === 'full' && type.version === V1
  return Object.entries(type.readers).flatMap(([name, read]) => {
    const own = expand.filter(({ by }) => by.name.startsWith(`${name}/`))
    if (chosen !== undefined && !chosen.has(name) && own.length === 0) return []
    const write = chosen?.has(name) === false ? () => '' : propertyWriter(name, read, deepOf(name, select))
    const linked: Member = name === 'properties' && links ? (item, self) => withLinks(write(item, self), base) : write
    return [own.length === 0 ? linked : enriched(name, linked, own.map((one) => expandWriter(one, base, metadata)))] // prettier-ignore
  })
}

/** An object with what its own links lead to beside them. */
function enriched(name: string, write: Member, inner: readonly Member[]): Member {
  return (item, self) => {
    const more = inner.map((member) => member(item, self)).join('')
    const text = write(item, self)
    if (more === '') return text
    const open = text === '' ? `,${JSON.stringify(name)}:{` : text.slice(0, -1)
    return `${open}${open.endsWith('{') ? more.slice(1) : more}}`
  }
}

const SET_OF: Readonly<Record<string, string>> = Object.fromEntries(Object.values(V1.types).map(({ one, set }) => [one, set]))
const LINKED = new RegExp(String.raw`("[^"\\]+\.(${Object.keys(SET_OF).join('|')})@iot\.)id":(\d+)(?=[,}])`, 'g')

/** `"parent.Thing@iot.id": 5` among properties is a link of one's own: its address is written beside it. */
function withLinks(text: string, base: string): string {
  if (!text.includes('@iot.id":')) return text
  return text.replace(LINKED, (whole, before: string, one: string, id: string) => `${whole},${before}navigationLink":"${base}/${SET_OF[one]}(${id})"`) // prettier-ignore
}

function propertyWriter(name: string, read: (item: object) => unknown, deep: readonly (readonly string[])[]): Member {
  const key = `,${JSON.stringify(name)}:`
  return (item) => {
    const value = deep.length === 0 ? read(item) : parts(read(item), deep)
    return value === undefined ? '' : key + jsonOf(value)
  }
}

/** Texts and numbers are most of what there is. */
function jsonOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** Paths below a selected property; none when it is selected whole. */
function deepOf(name: string, select: Options['select']): readonly (readonly string[])[] {
  const mine = (select ?? []).filter(([first]) => first === name).map((path) => path.slice(1))
  return mine.some((path) => path.length === 0) ? [] : mine
}

function parts(value: unknown, paths: readonly (readonly string[])[]): unknown {
  const [first] = paths
  if (first === undefined || typeof value !== 'object' || value === null) return value === null ? null : undefined
  const groups = Map.groupBy(paths, ([key = '']) => key)
  const chosen = [...groups].flatMap(([key, group]) => {
    if (!Object.hasOwn(value, key)) return []
    const rest = group.map((path) => path.slice(1))
    const inner: unknown = (value as Readonly<Record<string, unknown>>)[key]
    return [[key, rest.some((path) => path.length === 0) ? inner : parts(inner, rest)] as const]
  })
  return Object.fromEntries(chosen)
}

function linkWriters(type: EntityType, chosen: Chosen, expand: readonly Expand[], base: string, metadata: Metadata): readonly Member[] {
  const { mark } = type.version
  return Object.keys(type.navigation).flatMap((name): readonly Member[] => {
    const expanded = expand.find(({ by }) => by.name === name)
    if (expanded !== undefined) return [expandWriter(expanded, base, metadata)]
    if (metadata !== 'full' || (chosen !== undefined && !chosen.has(name))) return []
    const member: Member = (_, self) => `,"${name}${mark}navigationLink":"${self}/${name}"`
    if (type.set !== 'Observations' || !EITHER.includes(name)) return [member]
    return [(item, self) => (isInParts(item) === (name === 'MultiDatastream') ? member(item, self) : '')]
  })
}

/** An Observation has one of the two. */
const EITHER: readonly string[] = ['Datastream', 'MultiDatastream']

export function isInParts(item: object): boolean {
  return 'inParts' in item
}

function expandWriter({ by, options }: Expand, base: string, metadata: Metadata): Member {
  const write = writerOf(by.type, options, base, metadata)
  const { mark } = by.type.version
  if (!by.many) {
    const key = JSON.stringify(by.name.slice(by.name.indexOf('/') + 1))
    return (item) => {
      const [one] = pageOf(item, by.name).items
      return one === undefined ? '' : `,${key}:${write(one)}`
    }
  }
  return (item, self) => {
    const page = pageOf(item, by.name)
    const count = page.total === undefined ? '' : `,"${by.name}${mark}count":${page.total}`
    const more =
      page.next === undefined || page.items.length === 0 || metadata === 'off'
        ? ''
        : `,"${by.name}${mark}nextLink":${JSON.stringify(within(`${self}/${by.name}`, options, page.items.length))}`
    return `${count},"${by.name}":[${page.items.map(write).join(',')}]${more}`
  }
}

export function pageOf(item: Found, name: string): Page {
  return item.with?.[name] ?? { items: [] }
}

/** A page of a set, `head` before it. `next` is the address of the page after it. */
export function renderPage(page: Page, write: Write, { mark }: Version, next: string | undefined, head = ''): string {
  const count = page.total === undefined ? '' : `"${mark}count":${page.total},`
  const more = next === undefined ? '' : `,"${mark}nextLink":${JSON.stringify(next)}`
  return `{${head}${count}"value":[${page.items.map(write).join(',')}]${more}}`
}

/** Addresses alone: what $ref asks for. */
export function writerOfLinks({ set, version }: EntityType, base: string): Write {
  return ({ id }) => `{"${version.self}":"${base}/${set}(${id})"}`
}
