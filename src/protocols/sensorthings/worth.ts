/** worth: what a path of an expression stands for: a field of the item, of one it is related to, or a place in its JSON. */
import { Problem } from '../../problem.ts'
import type { Geometry } from '../../model/geometry.ts'
import { and, everything, type Filter, type Operand, type Path } from '../../query/filter.ts'
import { ownLinkIn, type OwnLink } from './own-links.ts'
import { navigationOf, propertyOf, type EntityType, type Navigation, type Property } from './version.ts'
import type { Period } from './periods.ts'

/** What an expression is worth. `chain` leads from the item asked for to the one whose fields it names. */
export interface Worth {
  readonly chain: readonly Navigation[]
  /** It names a field; a literal does not and goes along with any chain. */
  readonly own: boolean
  readonly of: Meant
}

/** What else must hold where an id is read from the item itself: that what it names is of the set that was asked for. */
export type Some = Filter & { readonly is: 'some' }

export type Meant =
  | {
      readonly is: 'operand'
      readonly operand: Operand
      readonly about?: 'id' | 'time' | 'date' | 'clock' | 'duration'
      readonly only?: Some
    }
  | { readonly is: 'period'; readonly period: Period }
  | { readonly is: 'shape'; readonly path: Path }
  | { readonly is: 'geometry'; readonly geometry: Geometry }
  /** Degrees: from a geometry, or along its own lines. */
  | { readonly is: 'measure'; readonly path: Path; readonly from?: Geometry }
  | { readonly is: 'filter'; readonly filter: Filter }

/** Where names are looked up: in the item, or in that of a variable of any() and all(). */
export interface Context {
  readonly type: EntityType
  readonly parameter: string
  readonly variable?: string
  /** Where in the text it stands, from 1. */
  readonly column?: number
}

export function at(context: Context, column: number | undefined): Context {
  return column === undefined ? context : { ...context, column }
}

export function invalid(context: Context, said: { readonly en: string; readonly de: string }): Problem {
  return new Problem('invalid-query', withColumn(said, context), placeOf(context))
}

function placeOf({ parameter, column }: Context): { readonly parameter: string; readonly column?: number } {
  return { parameter, ...(column !== undefined && { column }) }
}

function withColumn({ en, de }: { readonly en: string; readonly de: string }, { column }: Context) {
  if (column === undefined) return { en, de }
  return { en: `${en.replace(/\.$/, '')} (column ${column}).`, de: `${de.replace(/\.$/, '')} (Spalte ${column}).` }
}

export function unsupported(context: Context, what: string): Problem {
  const said = { en: `Not supported here: ${what}.`, de: `Wird hier nicht unterstützt: ${what}.` }
  return new Problem('not-implemented', withColumn(said, context), placeOf(context))
}

export interface Way {
  readonly chain: readonly Navigation[]
  readonly type: EntityType
  readonly rest: readonly string[]
}

/** As far as names are relations; a variable stands for the item itself. */
export function wayOf(names: readonly string[], context: Context): Way {
  let { type } = context
  const chain: Navigation[] = []
  const [first = '', ...others] = names
  if (context.variable !== undefined && first !== context.variable) throw unsupported(context, `“${first}” inside any() or all()`)
  const rest = context.variable === undefined ? [...names] : others
  for (let next = nextOf(rest, type); next !== undefined; next = nextOf(rest, type)) {
    chain.push(next.by)
    type = next.by.type
    rest.splice(0, next.taken)
  }
  return { chain, type, rest }
}

function nextOf(names: readonly string[], type: EntityType): OwnLink | undefined {
  const by = navigationOf(type, names[0] ?? '')
  return by === undefined ? ownLinkIn(names, type) : { by, taken: 1 }
}

/** Throws `invalid-query` for a name that is no property, or a path that ends at an entity. */
export function worthOfPath(names: readonly string[], context: Context): Worth {
  const { chain, type, rest } = wayOf(names, context)
  const [name, ...keys] = rest
  const property = name === undefined ? undefined : propertyOf(type, name)
  if (name === undefined || property === undefined) throw unknownName(names, name, type, context)
  const last = chain.at(-1)
  const id = name === 'id' || name === type.version.id
  if (id && last?.key !== undefined) return { chain: chain.slice(0, -1), own: true, of: idIn(last, last.key) }
  return { chain, own: true, of: id ? { is: 'operand', operand: { path: ['id'] }, about: 'id' } : meantBy(property, keys, names, context) }
}

function idIn({ through: name, where }: Navigation, key: string): Meant {
  return { is: 'operand', operand: { path: [key] }, about: 'id', ...(where && { only: { is: 'some', through: name, where } }) }
}

/** The same, missing where the condition does not hold. */
export function strictly(of: Meant): Meant {
  if (of.is !== 'operand' || of.only === undefined) return of
  const { through: name, where } = of.only
  return { is: 'operand', operand: { through: name, of: { path: ['id'] }, where }, about: 'id' }
}

function unknownName(names: readonly string[], name: string | undefined, type: EntityType, context: Context): Problem {
  if (name === undefined)
    return invalid(context, {
      en: `“${names.join('/')}” is an entity, not a value.`,
      de: `„${names.join('/')}“ ist ein Objekt, kein Wert.`,
    })
  const hint = Object.hasOwn(type.version.types, name) ? ' here' : ''
  return invalid(context, { en: `${type.one} has no “${name}”${hint}.`, de: `${type.one} hat kein „${name}“.` })
}

function meantBy(property: Property, keys: readonly string[], names: readonly string[], context: Context): Meant {
  if (property.is === 'json') return { is: 'operand', operand: { path: [...property.path, ...keys] } }
  if (property.is === 'inside') return { is: 'operand', operand: { path: pathInside(property, keys, context) } }
  if (property.is === 'interval' && property.inner && keys.length === 1) return endOf(property, keys[0] ?? '', names, context)
  if (property.is === 'each') return { is: 'operand', operand: { path: insideEach(property, keys, context) } }
  if (property.is === 'shape' && keys.length > 0) return { is: 'operand', operand: { path: insideShape(property, keys) } }
  if (keys.length > 0)
    throw invalid(context, {
      en: `“${names.join('/')}” leads into a plain value.`,
      de: `„${names.join('/')}“ führt in einen einfachen Wert.`,
    })
  if (property.is === 'plain') return { is: 'operand', operand: { path: property.path } }
  if (property.is === 'time') return { is: 'operand', operand: { path: property.path }, about: 'time' }
  if (property.is === 'interval')
    return { is: 'period', period: { is: 'open', start: { path: property.path }, end: { path: property.end } } }
  return { is: 'shape', path: property.path }
}

function pathInside({ paths }: Property & { is: 'inside' }, keys: readonly string[], context: Context): Path {
  const key = keys.join('/')
  const path = Object.hasOwn(paths, key) ? paths[key] : undefined
  if (path !== undefined) return path
  throw unsupported(context, `asking for it as a whole, or for anything but ${Object.keys(paths).join(', ')} in it`)
}

/** An instant has no end. */
function endOf({ path, end }: Property & { is: 'interval' }, key: string, names: readonly string[], context: Context): Meant {
  if (key === 'start' || key === 'end') return { is: 'operand', operand: { path: key === 'start' ? path : end }, about: 'time' }
  throw invalid(context, {
    en: `“${names.join('/')}” is neither its start nor its end.`,
    de: `„${names.join('/')}“ ist weder start noch end.`,
  })
}

function insideEach({ path, of }: Property & { is: 'each' }, [position, ...keys]: readonly string[], context: Context): Path {
  if (position === undefined) throw unsupported(context, 'comparing whole lists; ask for one place: unitOfMeasurements[0]/symbol')
  return [...path, position, of, ...keys]
}

/** A GeoJSON Feature is kept beside its geometry, and what is not GeoJSON instead of it. */
function insideShape(property: Property & { is: 'shape' }, keys: readonly string[]): Path {
  const geometry = keys[0] === 'type' || keys[0] === 'coordinates' || keys[0] === 'geometries'
  return geometry ? [...property.path, ...keys] : [...property.inner, ...keys]
}

/** The same said of the item that `chain` sets out from, as far as it leads to one item at each step. */
export function hoisted(of: Meant, chain: readonly Navigation[], context: Context): Meant {
  if (chain.length === 0) return of
  if (of.is === 'filter') return { is: 'filter', filter: through(chain, of.filter) }
  const hop = (operand: Operand): Operand =>
    chain.reduceRight((inner, { through: name, where }) => ({ through: name, of: inner, ...(where && { where }) }), operand)
  if (chain.some(({ many }) => many)) throw unsupported(context, 'comparing or ordering by a property that many related entities have')
  const strict = strictly(of)
  if (strict.is === 'operand') return { ...strict, operand: hop(strict.operand) }
  if (of.is === 'period') return { is: 'period', period: { ...of.period, start: hop(of.period.start), end: hop(of.period.end) } }
  throw unsupported(context, 'shapes of different entities')
}

export function through(chain: readonly Navigation[], where: Filter): Filter {
  return chain.reduceRight((inner, hop) => ({ is: 'some', through: hop.through, where: and(hop.where ?? everything, inner) }), where)
}
