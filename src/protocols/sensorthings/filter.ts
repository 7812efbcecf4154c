/** filter: $filter read into a Filter, and $orderby into the order of a Query. The grammar is in expression.ts, times in periods.ts. */
import { now } from '../../model/time.ts'
import { and, everything, not as negation, nothing, or, type Comparator, type Filter, type Operand } from '../../query/filter.ts'
import type { Order } from '../../query/query.ts'
import { arithmetic, duration, isDuration, negative } from './arithmetic.ts'
import { parseExpression, parseOrder, type Binary, type Expression, type Literal } from './expression.ts'
import { navigationOf, type EntityType } from './version.ts'
import { comparePeriods } from './periods.ts'
import { ided, isNull, isSpelled, isTimed, periodOf, plainOf, spelled } from './meant.ts'
import { measured } from './spatial.ts'
import { castTo, meantByCall } from './calls.ts'
import { at, hoisted, invalid, strictly, through, unsupported, wayOf, worthOfPath, type Context, type Meant, type Worth } from './worth.ts'

export function parseFilter(text: string, type: EntityType, parameter = '$filter'): Filter {
  return filterOf(parseExpression(text, parameter), { type, parameter })
}

export function parseOrderBy(text: string, type: EntityType, parameter = '$orderby'): readonly Order[] {
  const context: Context = { type, parameter }
  return parseOrder(text, parameter).map(({ by, descending }) => {
    const worth = worthOf(by, context)
    const of = hoisted(worth.of, worth.chain, context)
    const operand = of.is === 'period' ? of.period.start : of.is === 'operand' ? of.operand : undefined
    if (operand === undefined) throw invalid(context, { en: 'One cannot order by that.', de: 'Danach kann nicht geordnet werden.' })
    return { by: operand, descending }
  })
}

/** What a path is worth, to one related entity at each step; of an interval its start. */
export function operandAt(names: readonly string[], type: EntityType, parameter: string): Operand {
  const context: Context = { type, parameter }
  const worth = worthOfPath(names, context)
  const of = hoisted(worth.of, worth.chain, context)
  if (of.is === 'period') return of.period.start
  if (of.is === 'operand') return of.operand
  throw unsupported(context, 'shapes in groups')
}

/** What a selected path is worth: of an interval both its ends. Throws `not-implemented` for shapes and for links. */
export function operandsOfPath(path: readonly string[], type: EntityType, parameter = '$select'): readonly Operand[] {
  const context: Context = { type, parameter }
  if (navigationOf(type, path[0] ?? '') !== undefined) throw unsupported(context, 'links among distinct values')
  const { of } = worthOfPath(path, context)
  if (of.is === 'period') return [of.period.start, of.period.end]
  if (of.is === 'operand') return [of.operand]
  throw unsupported(context, 'shapes among distinct values')
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

/** Trivial parts vanish, so that `eq true` costs nothing. */
function not(of: Filter): Filter {
  if (of.is === 'everything') return nothing
  return of.is === 'nothing' ? everything : negation(of)
}

const literal = (of: Meant): Worth => ({ chain: [], own: false, of })
const value = (of: string | number | boolean | null): Worth => literal({ is: 'operand', operand: { value: of } })
const truth = (filter: Filter): Worth => literal({ is: 'filter', filter })
const changed = (worth: Worth, to: (of: Meant) => Meant): Worth => ({ ...worth, of: to(worth.of) })

function worthOf(expression: Expression, context: Context): Worth {
  switch (expression.is) {
    case 'path':
      return worthOfPath(expression.names, at(context, expression.column))
    case 'call':
      return called(expression.name, expression.args, at(context, expression.column))
    case 'binary':
      return binary(expression, at(context, expression.column))
    case 'and':
    case 'or':
      return truth(filterOf(expression, context))
    case 'not':
      return truth(not(filterOf(expression.of, context)))
    case 'minus':
      return changed(worthOf(expression.of, context), (of) => negative(of, context))
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
  if (expression.is === 'duration') return literal(duration({ value: expression.millis / 1000 }))
  if (expression.is === 'geometry') return literal(expression)
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
  const [a, b] = together(worthOf(left, context), worthOf(right, context), context)
  const comparator = COMPARATORS[by]
  if (comparator === undefined) return { ...whose(a, b), of: arithmetic(by, a.of, b.of, context) }
  return { ...whose(a, b), of: { is: 'filter', filter: compared(a.of, by, comparator, b.of, context) } }
}

/** Said of one item: what the ways of both have in common leads to it, the rest is hoisted. */
function together(a: Worth, b: Worth, context: Context): readonly [Worth, Worth] {
  if (!a.own || !b.own)
    return [
      { ...a, chain: a.own ? a.chain : b.chain },
      { ...b, chain: a.own ? a.chain : b.chain },
    ]
  const fork = a.chain.findIndex((hop, i) => hop !== b.chain[i])
  const shared = a.chain.slice(0, fork < 0 ? a.chain.length : fork)
  const apart = (worth: Worth): Worth => ({
    chain: shared,
    own: true,
    of: hoisted(worth.of, worth.chain.slice(shared.length), context),
  })
  return [apart(a), apart(b)]
}

const whose = (...worths: readonly Worth[]): Pick<Worth, 'chain' | 'own'> => worths.find(({ own }) => own) ?? { chain: [], own: false }

function compared(a: Meant, by: Binary, comparator: Comparator, b: Meant, context: Context): Filter {
  if (a.is === 'filter' || b.is === 'filter') return truths(a, by, b, context)
  if (a.is === 'measure' || b.is === 'measure') return measuredEitherWay(a, comparator, b, context)
  if (isNull(b) || isNull(a))
    return { is: 'compare', left: plainOf(strictly(isNull(b) ? a : b), context), by: comparator, right: { value: null } }
  refuseUnlike(a, b, context)
  if (isSpelled(a) || isSpelled(b)) return { is: 'compare', left: spelled(a, b, context), by: comparator, right: spelled(b, a, context) }
  const [p, q] = [periodOf(a), periodOf(b)]
  if (p && q && (isTimed(a) || isTimed(b))) return comparePeriods(p, by, q) ?? nothing
  const plain: Filter = { is: 'compare', left: ided(plainOf(a, context), b), by: comparator, right: ided(plainOf(b, context), a) }
  return and(plain, ...onlyOf(a), ...onlyOf(b))
}

function refuseUnlike(a: Meant, b: Meant, context: Context): void {
  if (isDuration(a) !== isDuration(b))
    throw invalid(context, { en: 'A duration is compared with durations.', de: 'Eine Dauer wird mit Dauern verglichen.' })
}

function onlyOf(of: Meant): readonly Filter[] {
  return of.is === 'operand' && of.only !== undefined ? [of.only] : []
}

function measuredEitherWay(a: Meant, by: Comparator, b: Meant, context: Context): Filter {
  if (a.is === 'measure') return measured(a, by, b, context)
  return b.is === 'measure' ? measured(b, FLIPPED[by] ?? by, a, context) : nothing
}

const FLIPPED: Readonly<Partial<Record<Comparator, Comparator>>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

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

function called(name: string, args: readonly Expression[], context: Context): Worth {
  if (name === 'now' && args.length === 0) return literal({ is: 'operand', operand: { instant: now() }, about: 'time' })
  if (name === 'mindatetime' && args.length === 0) return constant('0001-01-01T00:00:00Z')
  if (name === 'maxdatetime' && args.length === 0) return constant('9999-12-31T23:59:59Z')
  if (name === 'cast' && args.length === 2) return cast(args, context)
  const worths = alike(
    args.map((arg) => worthOf(arg, context)),
    context,
  )
  return {
    ...whose(...worths),
    of: meantByCall(
      name,
      worths.map(({ of }) => of),
      context,
    ),
  }
}

/** A type is a name, and no property. */
function cast([of, to]: readonly Expression[], context: Context): Worth {
  if (of === undefined || to?.is !== 'path') throw invalid(context, { en: 'cast() takes a value and the name of a type.', de: 'cast() nimmt einen Wert und den Namen eines Typs.' }) // prettier-ignore
  const type = to.names.join('/')
  return changed(worthOf(of, context), (meant) => castTo(type, meant, context))
}

/** Arguments, all said of one item. */
function alike(worths: readonly Worth[], context: Context): readonly Worth[] {
  const [first, ...rest] = worths
  if (first === undefined || rest.length === 0) return worths
  const base = worths
    .filter(({ own }) => own)
    .reduce<Worth | undefined>((all, one) => (all === undefined ? one : together(all, one, context)[0]), undefined)
  return base === undefined ? worths : worths.map((worth) => together(worth, { ...base, of: value(null).of }, context)[0])
}

const constant = (at: string): Worth => literal({ is: 'operand', operand: { instant: at }, about: 'time' })
