/** arithmetic: what add, sub, mul, div and mod give: numbers of numbers, times of times and durations, durations of times. Durations are seconds. */
import { shifted } from '../../model/time.ts'
import type { FunctionName, Operand } from '../../query/filter.ts'
import type { Binary } from './expression.ts'
import { isTimed, periodOf, plainOf } from './meant.ts'
import type { Period } from './periods.ts'
import { invalid, unsupported, type Context, type Meant } from './worth.ts'

export function arithmetic(by: Binary, a: Meant, b: Meant, context: Context): Meant {
  if (isDuration(a) || isDuration(b)) return withDuration(by, a, b, context)
  if (by === 'sub' && (isTimed(a) || isTimed(b))) return apart(a, b, context)
  if (a.is !== 'operand' || b.is !== 'operand' || isTimed(a) || isTimed(b)) throw unsupported(context, `“${by}” of these`)
  return { is: 'operand', operand: called(by, a.operand, b.operand) }
}

export const isDuration = (of: Meant): boolean => of.is === 'operand' && of.about === 'duration'

export const duration = (operand: Operand): Meant => ({ is: 'operand', operand, about: 'duration' })

export function negative(of: Meant, context: Context): Meant {
  const by = isDuration(of) ? -1 : 0
  return arithmetic(by === 0 ? 'sub' : 'mul', { is: 'operand', operand: { value: by } }, of, context)
}

function withDuration(by: Binary, a: Meant, b: Meant, context: Context): Meant {
  const [x, y] = [plainOf(a, context), plainOf(b, context)]
  switch (`${kindOf(a)} ${by} ${kindOf(b)}`) {
    case 'duration add duration':
    case 'duration sub duration':
    case 'duration mul number':
    case 'duration div number':
    case 'number mul duration':
      return duration(called(by, x, y))
    case 'time add duration':
      return moved(a, y, context)
    case 'time sub duration':
      return moved(a, called('sub', { value: 0 }, y), context)
    case 'duration add time':
      return moved(b, x, context)
    default:
      throw unsupported(context, `“${by}” of these`)
  }
}

function kindOf(of: Meant): 'duration' | 'time' | 'number' {
  if (isDuration(of)) return 'duration'
  return timeOf(of) === undefined ? 'number' : 'time'
}

/** A time is moved as a whole: an interval with both its ends. */
function moved(of: Meant, seconds: Operand, context: Context): Meant {
  const period = timeOf(of)
  if (period === undefined) throw unsupported(context, 'moving anything but a time')
  const start = later(period.start, seconds, context)
  if (period.is === 'instant') return { is: 'operand', operand: start, about: 'time' }
  return { is: 'period', period: { is: period.is, start, end: later(period.end, seconds, context) } }
}

/** What is known is worked out here, so that it is compared with what is stored as it is. */
function later(time: Operand, seconds: Operand, context: Context): Operand {
  const by = 'value' in seconds ? Number(seconds.value) : undefined
  if (by === undefined || !('instant' in time)) return { call: 'shift', args: [time, seconds] }
  const instant = shifted(time.instant, by)
  if (instant === undefined)
    throw invalid(context, { en: 'This time lies beyond the calendar.', de: 'Diese Zeit liegt außerhalb des Kalenders.' })
  return { instant }
}

/** A text in quotes may spell a time, one that is stored does not. */
function timeOf(of: Meant): Period | undefined {
  return isTimed(of) || (of.is === 'operand' && 'value' in of.operand) ? periodOf(of) : undefined
}

/** Between the starts of both. */
function apart(a: Meant, b: Meant, context: Context): Meant {
  const [later, earlier] = [timeOf(a), timeOf(b)]
  if (later === undefined || earlier === undefined) throw unsupported(context, '“sub” of these')
  return duration({ call: 'apart', args: [later.start, earlier.start] })
}

function called(by: Binary, a: Operand, b: Operand): Operand {
  const call: FunctionName = by === 'add' || by === 'sub' || by === 'mul' || by === 'div' ? by : 'mod'
  return known(call, a, b) ?? { call, args: [a, b] }
}

/** Sums and products of written numbers; a division may have no value. */
function known(call: FunctionName, a: Operand, b: Operand): Operand | undefined {
  if (!('value' in a && 'value' in b && typeof a.value === 'number' && typeof b.value === 'number')) return undefined
  if (call === 'add') return { value: a.value + b.value }
  if (call === 'sub') return { value: a.value - b.value }
  return call === 'mul' ? { value: a.value * b.value } : undefined
}
