/** calls: what a function of an expression gives: a value, a condition, or a measure of a shape. */
import { zoneIn } from '../../query/evaluate.ts'
import type { Filter, Operand } from '../../query/filter.ts'
import { isDuration } from './arithmetic.ts'
import { MEASURES, SPATIAL, TEMPORAL, TEXTUAL, VALUES } from './functions.ts'
import { periodOf, plainOf } from './meant.ts'
import { comparePeriods } from './periods.ts'
import { lies, measure, nowhere, relates } from './spatial.ts'
import { invalid, unsupported, type Context, type Meant } from './worth.ts'

export function meantByCall(name: string, args: readonly Meant[], context: Context): Meant {
  if (args.some(isDuration)) throw invalid(context, { en: 'Functions do not take durations.', de: 'Funktionen nehmen keine Dauern.' })
  const found = valueOf(name, args, context) ?? ofTheirOwn(name, args, context)
  if (found !== undefined) return found
  const filter = args.length === 2 ? conditionOf(name, args, context) : undefined
  if (filter !== undefined) return { is: 'filter', filter }
  if (!NAMES.has(name)) throw invalid(context, { en: `There is no function “${name}”.`, de: `Eine Funktion „${name}“ gibt es nicht.` })
  throw invalid(context, {
    en: `${name}() does not take ${args.length} arguments.`,
    de: `${name}() nimmt nicht ${args.length} Argumente.`,
  })
}

function valueOf(name: string, args: readonly Meant[], context: Context): Meant | undefined {
  const known = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined
  if (known?.takes.includes(args.length) !== true) return undefined
  const { call, zoned, about } = known
  const given = zoned ? [timeIn(args, context)] : args.map((arg) => plainOf(arg, context))
  return { is: 'operand', operand: { call, args: given }, ...(about && { about }) }
}

/** Those that no table says. */
function ofTheirOwn(name: string, args: readonly Meant[], context: Context): Meant | undefined {
  if (name === 'interval' && args.length === 2) return intervalOf(args, context)
  if (name === 'totaloffsetminutes' && args.length === 1) return noOffset(args, context)
  if (name === 'st_relate' && args.length === 3) return { is: 'filter', filter: relates(args, context) }
  return Object.hasOwn(MEASURES, name) && MEASURES[name] === args.length ? measure(args, context) : undefined
}

const NUMBERS = ['Edm.Decimal', 'Edm.Double', 'Edm.Single', 'Edm.SByte', 'Edm.Byte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64']

/** What a text spells, as the number or the time that it is; no value where it spells none. */
export function castTo(type: string, of: Meant, context: Context): Meant {
  if (NUMBERS.includes(type)) return { is: 'operand', operand: { call: 'tonumber', args: [plainOf(of, context)] } }
  if (type === 'Edm.DateTimeOffset') return { is: 'operand', operand: { call: 'totime', args: [plainOf(of, context)] }, about: 'time' }
  throw unsupported(context, `cast() to anything but ${[...NUMBERS, 'Edm.DateTimeOffset'].join(', ')}`)
}

/** A time, as the clocks of the zone show it that is said beside it. */
function timeIn([time = nowhere, zone]: readonly Meant[], context: Context): Operand {
  const operand = plainOf(time, context)
  if (zone === undefined) return operand
  const named = plainOf(zone, context)
  if (zoneIn(named) === undefined)
    throw invalid(context, {
      en: 'A time zone is written out, such as ‘Europe/Berlin’.',
      de: 'Eine Zeitzone wird ausgeschrieben, etwa ‚Europe/Berlin‘.',
    })
  return { call: 'local', args: [operand, named] }
}

/** Of two times the interval between them. */
function intervalOf(args: readonly Meant[], context: Context): Meant {
  const [from, until] = args.map(periodOf)
  if (from?.is !== 'instant' || until?.is !== 'instant')
    throw invalid(context, { en: 'interval() takes two times.', de: 'interval() nimmt zwei Zeiten.' })
  return { is: 'period', period: { is: 'interval', start: from.start, end: until.end } }
}

const OTHERS: readonly string[] = ['cast', 'interval', 'st_relate', 'totaloffsetminutes', 'now', 'mindatetime', 'maxdatetime']
const NAMES: ReadonlySet<string> = new Set([VALUES, MEASURES, TEXTUAL, SPATIAL].flatMap(Object.keys).concat(TEMPORAL, OTHERS))

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

/** All times are told in UTC; what has no time has no offset. */
function noOffset([of = nowhere]: readonly Meant[], context: Context): Meant {
  const minute: Operand = { call: 'minute', args: [plainOf(of, context)] }
  return { is: 'operand', operand: { call: 'sub', args: [minute, minute] } }
}
