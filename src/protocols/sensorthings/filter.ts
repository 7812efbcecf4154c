/** filter: $filter read into a Filter, and $orderby into the order of a Query. The grammar is in expression.ts, times in periods.ts. */
import { relate } from '../../model/geos.ts'
import { now, parseInstant, isInstant } from '../../model/time.ts'
import {
  and,
  everything,
  not as negation,
  nothing,
  or,
  type Comparator,
  type Filter,
  type FunctionName,
  type Operand,
} from '../../query/filter.ts'
import type { Order } from '../../query/query.ts'
import { circle } from './circle.ts'
import { parseExpression, parseOrder, type Binary, type Expression, type Literal } from './expression.ts'
import { SPATIAL, TEMPORAL, TEXTUAL, UNSUPPORTED, VALUES } from './functions.ts'
import type { EntityType, Navigation } from './names.ts'
import { comparePeriods, instant, type Period } from './periods.ts'
import { invalid, unsupported, wayOf, worthOfPath, type Context, type Meant, type Worth } from './worth.ts'

export function parseFilter(text: string, type: EntityType, parameter = '$filter'): Filter {
  return filterOf(parseExpression(text, parameter), { type, parameter })
}

export function parseOrderBy(text: string, type: EntityType, parameter = '$orderby'): readonly Order[] {
  const context: Context = { type, parameter }
  return parseOrder(text, parameter).map(({ by, descending }) => {
    const worth = worthOf(by, context)
    if (worth.chain.length > 0) throw unsupported(context, 'ordering by a property of a related entity, other than its id')
    const operand = worth.of.is === 'period' ? worth.of.period.start : worth.of.is === 'operand' ? worth.of.operand : undefined
    if (operand === undefined) throw invalid(context, { en: 'One cannot order by that.', de: 'Danach kann nicht geordnet werden.' })
    return { by: operand, descending }
  })
}

/** An expression where a truth is wanted. */
function filterOf(expression: Expression, context: Context): Filter {
  if (expression.is === 'and') return and(...expression.of.map((part) => filterOf(part, context)))
  if (expression.is === 'or') return or(...expression.of.map((part) => filterOf(part, context)))
  const worth = worthOf(expression, context)
  if (worth.of.is === 'filter') return through(worth.chain, worth.of.filter)
  if (worth.of.is === 'operand' && worth.own)
    return through(worth.chain, { is: 'compare', left: worth.of.operand, by: '=', right: { value: true } })
  throw invalid(context, { en: 'This is neither true nor false.', de: 'Das ist weder wahr noch falsch.' })
}

function through(chain: readonly Navigation[], where: Filter): Filter {
  return chain.reduceRight((inner, { through: name }) => ({ is: 'some', through: name, where: inner }), where)
}

/** Trivial parts vanish, so that `eq true` costs nothing. */
function not(of: Filter): Filter {
  if (of.is === 'everything') return nothing
  return of.is === 'nothing' ? everything : negation(of)
}

const literal = (of: Meant): Worth => ({ chain: [], own: false, of })
const value = (of: string | number | boolean | null): Worth => literal({ is: 'operand', operand: { value: of } })
const truth = (filter: Filter): Worth => literal({ is: 'filter', filter })

function worthOf(expression: Expression, context: Context): Worth {
  switch (expression.is) {
    case 'path':
      return worthOfPath(expression.names, context)
    case 'call':
      return called(expression.name, expression.args, context)
    case 'binary':
      return binary(expression, context)
    case 'and':
    case 'or':
      return truth(filterOf(expression, context))
    case 'not':
      return truth(not(filterOf(expression.of, context)))
    case 'minus':
      return arithmetic('sub', value(0), worthOf(expression.of, context), context)
    case 'in':
      return truth(memberOf(expression, context))
    case 'any':
    case 'all':
      return truth(quantified(expression, context))
    default:
      return given(expression)
  }
}

function given(expression: Literal): Worth {
  if (expression.is === 'value')
    return typeof expression.value === 'boolean' ? truth(expression.value ? everything : nothing) : value(expression.value)
  if (expression.is === 'instant') return literal({ is: 'operand', operand: { instant: expression.instant }, about: 'time' })
  if (expression.is !== 'interval') return literal(expression)
  return literal({ is: 'period', period: { is: 'interval', start: { instant: expression.start }, end: { instant: expression.end } } })
}

function quantified({ is, names, variable, of }: Expression & { is: 'any' | 'all' }, context: Context): Filter {
  const { chain, type, rest } = wayOf(names, context)
  if (rest.length > 0 || chain.length === 0)
    throw invalid(context, { en: `any() and all() ask of related entities, not of “${names.join('/')}”.`, de: `any() und all() fragen nach verbundenen Objekten, nicht nach „${names.join('/')}“.` }) // prettier-ignore
  const inner = of && variable !== undefined ? filterOf(of, { ...context, type, variable }) : everything
  return is === 'any' ? through(chain, inner) : not(through(chain, not(inner)))
}

function memberOf({ left, values }: Expression & { is: 'in' }, context: Context): Filter {
  const sides = values.map((one): Expression => ({ is: 'binary', by: 'eq', left, right: one }))
  return or(...sides.map((side) => filterOf(side, context)))
}

const COMPARATORS: Readonly<Partial<Record<Binary, Comparator>>> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' }

function binary({ by, left, right }: Expression & { is: 'binary' }, context: Context): Worth {
  const [a, b] = [worthOf(left, context), worthOf(right, context)]
  const comparator = COMPARATORS[by]
  if (comparator === undefined) return arithmetic(by, a, b, context)
  return { ...together(a, b, context), of: { is: 'filter', filter: compared(a.of, by, comparator, b.of, context) } }
}

/** Both sides must speak of the same item: one field of it, and values or other fields of it. */
function together(a: Worth, b: Worth, context: Context): Pick<Worth, 'chain' | 'own'> {
  if (!a.own) return { chain: b.chain, own: b.own }
  const same = a.chain.length === b.chain.length && a.chain.every((hop, i) => hop === b.chain[i])
  if (b.own && !same) throw unsupported(context, 'comparing properties of different entities')
  return { chain: a.chain, own: true }
}

function compared(a: Meant, by: Binary, comparator: Comparator, b: Meant, context: Context): Filter {
  if (a.is === 'filter' || b.is === 'filter') return truths(a, by, b, context)
  if (a.is === 'distance') return far(a, by, b, context)
  if (b.is === 'distance') return far(b, FLIPPED[by] ?? by, a, context)
  if (isNull(b) || isNull(a)) return { is: 'compare', left: plainOf(isNull(b) ? a : b, context), by: comparator, right: { value: null } }
  const [p, q] = [periodOf(a), periodOf(b)]
  if (p && q && (isTimed(a) || isTimed(b))) return comparePeriods(p, by, q) ?? nothing
  return { is: 'compare', left: ided(plainOf(a, context), b), by: comparator, right: ided(plainOf(b, context), a) }
}

const FLIPPED: Readonly<Partial<Record<Binary, Binary>>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' }

function isNull(of: Meant): boolean {
  return of.is === 'operand' && 'value' in of.operand && of.operand.value === null
}

const isTimed = (of: Meant): boolean => of.is === 'period' || (of.is === 'operand' && of.about === 'time')

/** A text that spells a time is one where a time is compared. */
function periodOf(of: Meant): Period | undefined {
  if (of.is === 'period') return of.period
  if (of.is !== 'operand') return undefined
  if (of.about === 'time') return instant(of.operand)
  if (!('value' in of.operand)) return instant(of.operand)
  const { value: text } = of.operand
  return typeof text === 'string' && isInstant(text) ? instant({ instant: parseInstant(text) }) : undefined
}

function plainOf(of: Meant, context: Context): Operand {
  if (of.is === 'operand') return of.operand
  if (of.is === 'period') return of.period.start
  if (of.is === 'shape') return { path: of.path }
  throw invalid(context, { en: 'These two cannot be compared.', de: 'Diese beiden lassen sich nicht vergleichen.' })
}

/** `id eq '7'` asks for number 7. */
function ided(operand: Operand, other: Meant): Operand {
  const numeric = other.is === 'operand' && other.about === 'id' && 'value' in operand && /^\d{1,16}$/.test(String(operand.value))
  return numeric ? { value: Number(operand.value) } : operand
}

/** `startswith(…) eq true`, `properties/open ne false`: a truth beside a truth, or beside a field that may hold one. */
function truths(a: Meant, by: Binary, b: Meant, context: Context): Filter {
  if (by !== 'eq' && by !== 'ne')
    throw invalid(context, { en: `“${by}” does not compare truths.`, de: `„${by}“ vergleicht keine Wahrheitswerte.` })
  if (a.is === 'filter' && b.is === 'filter') {
    const same = or(and(a.filter, b.filter), and(not(a.filter), not(b.filter)))
    return by === 'eq' ? same : not(same)
  }
  return a.is === 'filter' ? holds(b, by, a.filter, context) : holds(a, by, b.is === 'filter' ? b.filter : nothing, context)
}

function holds(field: Meant, by: 'eq' | 'ne', filter: Filter, context: Context): Filter {
  const known = filter.is === 'everything' || filter.is === 'nothing'
  if (known)
    return { is: 'compare', left: plainOf(field, context), by: by === 'eq' ? '=' : '<>', right: { value: filter.is === 'everything' } }
  if (isNull(field)) return by === 'eq' ? nothing : everything
  throw unsupported(context, 'comparing a condition with a field')
}

function arithmetic(by: Binary, a: Worth, b: Worth, context: Context): Worth {
  if (b.of.is === 'duration') return shifted(by, a, b.of.millis, context)
  if (a.of.is !== 'operand' || b.of.is !== 'operand') throw unsupported(context, `“${by}” of these`)
  const call: FunctionName = by === 'add' || by === 'sub' || by === 'mul' || by === 'div' ? by : 'mod'
  return { ...together(a, b, context), of: { is: 'operand', operand: { call, args: [a.of.operand, b.of.operand] } } }
}

/** A time that is known, moved by a duration: now() sub duration'P1D'. */
function shifted(by: Binary, a: Worth, millis: number, context: Context): Worth {
  const known = a.of.is === 'operand' && 'instant' in a.of.operand ? a.of.operand.instant : undefined
  if (known === undefined || (by !== 'add' && by !== 'sub')) throw unsupported(context, 'a duration beside anything but a known time')
  const moved = new Date(Date.parse(known) + (by === 'add' ? millis : -millis))
  if (Number.isNaN(moved.getTime()) || moved.getUTCFullYear() > 9999 || moved.getUTCFullYear() < 1)
    throw invalid(context, { en: 'This time lies beyond the calendar.', de: 'Diese Zeit liegt außerhalb des Kalenders.' })
  return literal({ is: 'operand', operand: { instant: parseInstant(moved.toISOString()) }, about: 'time' })
}

function called(name: string, args: readonly Expression[], context: Context): Worth {
  if (name === 'now' && args.length === 0) return literal({ is: 'operand', operand: { instant: now() }, about: 'time' })
  if (name === 'mindatetime' && args.length === 0) return constant('0001-01-01T00:00:00Z')
  if (name === 'maxdatetime' && args.length === 0) return constant('9999-12-31T23:59:59Z')
  const worths = args.map((arg) => worthOf(arg, context))
  const of = meantByCall(name, worths.map((worth) => worth.of), context) // prettier-ignore
  return {
    ...worths.reduce<Pick<Worth, 'chain' | 'own'>>((all, one) => together({ ...all, of }, one, context), { chain: [], own: false }),
    of,
  }
}

const constant = (at: string): Worth => literal({ is: 'operand', operand: { instant: at }, about: 'time' })

function meantByCall(name: string, args: readonly Meant[], context: Context): Meant {
  const known = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined
  if (known?.takes.includes(args.length))
    return { is: 'operand', operand: { call: known.call, args: args.map((arg) => plainOf(arg, context)) } }
  if (name === 'totaloffsetminutes' && args.length === 1) return { is: 'operand', operand: { value: 0 } }
  if (args.length === 2) {
    const filter = conditionOf(name, args, context)
    if (filter !== undefined) return { is: 'filter', filter }
    if (name === 'geo.distance') return distance(args, context)
  }
  if (UNSUPPORTED.includes(name)) throw unsupported(context, `${name}()`)
  const some = known !== undefined || Object.hasOwn(TEXTUAL, name) || Object.hasOwn(SPATIAL, name) || TEMPORAL.includes(name)
  if (some)
    throw invalid(context, {
      en: `${name}() does not take ${args.length} arguments.`,
      de: `${name}() nimmt nicht ${args.length} Argumente.`,
    })
  throw invalid(context, { en: `There is no function “${name}”.`, de: `Eine Funktion „${name}“ gibt es nicht.` })
}

function conditionOf(name: string, args: readonly Meant[], context: Context): Filter | undefined {
  const [a = nowhere, b = nowhere] = args
  const textual = Object.hasOwn(TEXTUAL, name) ? TEXTUAL[name] : undefined
  if (textual) {
    const [whole, part] = textual.part === 1 ? [a, b] : [b, a]
    return { is: 'text', left: plainOf(whole, context), how: textual.how, part: plainOf(part, context) }
  }
  const relation = Object.hasOwn(SPATIAL, name) ? SPATIAL[name] : undefined
  if (relation) return lies(a, relation, b, context)
  if (!TEMPORAL.includes(name)) return undefined
  const [p, q] = [periodOf(a), periodOf(b)]
  if (p === undefined || q === undefined) throw invalid(context, { en: `${name}() compares times.`, de: `${name}() vergleicht Zeiten.` })
  return comparePeriods(p, name, q)
}

const nowhere: Meant = { is: 'filter', filter: nothing }

function lies(a: Meant, [there, back]: (typeof SPATIAL)[string], b: Meant, context: Context): Filter {
  if (a.is === 'shape' && b.is === 'geometry') return { is: 'spatial', path: a.path, relation: there, geometry: b.geometry }
  if (a.is === 'geometry' && b.is === 'shape') return { is: 'spatial', path: b.path, relation: back, geometry: a.geometry }
  if (a.is === 'geometry' && b.is === 'geometry') return relate(there, a.geometry, b.geometry) ? everything : nothing
  if (a.is === 'shape' && b.is === 'shape') throw unsupported(context, 'relating two stored shapes')
  throw invalid(context, {
    en: 'A shape is a location, a feature or geography’…’.',
    de: 'Eine Form ist location, feature oder geography’…’.',
  })
}

function distance([a = nowhere, b = nowhere]: readonly Meant[], context: Context): Meant {
  if (a.is === 'shape' && b.is === 'geometry') return { is: 'distance', path: a.path, geometry: b.geometry }
  if (a.is === 'geometry' && b.is === 'shape') return { is: 'distance', path: b.path, geometry: a.geometry }
  throw unsupported(context, 'the distance of anything but a stored shape and a given one')
}

/** In degrees, as FROST has it: whatever meets the circle is near. */
function far({ path, geometry }: Meant & { is: 'distance' }, by: Binary, other: Meant, context: Context): Filter {
  const degrees = other.is === 'operand' && 'value' in other.operand ? other.operand.value : undefined
  if (typeof degrees !== 'number') throw unsupported(context, 'comparing a distance with anything but a number')
  if (geometry.type !== 'Point') throw unsupported(context, 'the distance to anything but a point')
  if (by === 'eq' || by === 'ne') throw unsupported(context, 'an exact distance')
  const inside = by === 'lt' || by === 'le'
  if (degrees <= 0) return inside ? nothing : { is: 'compare', left: { path }, by: '<>', right: { value: null } }
  return { is: 'spatial', path, relation: inside ? 'intersects' : 'disjoint', geometry: circle(geometry.coordinates, degrees) }
}
