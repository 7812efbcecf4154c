/** window: the temporal query (4.11): which instances, by which of their times. `before` leaves its moment out, `after` takes it in, `between` is half open. */
import { isInstant, parseInstant, type Instant } from '../../model/time.ts'
import { and, everything, or, type Filter } from '../../query/filter.ts'
import type { Attribute } from './attribute.ts'
import { wrong, type Parameters } from './params.ts'

export const TIME_PROPERTIES = ['observedAt', 'createdAt', 'modifiedAt', 'deletedAt'] as const
export type TimeProperty = (typeof TIME_PROPERTIES)[number]

export interface Window {
  readonly property: TimeProperty
  /** In it. */
  readonly from?: Instant
  /** No longer in it. */
  readonly until?: Instant
  /** Whether there is a temporal query at all. */
  readonly asked: boolean
}

export function windowIn(parameters: Parameters): Window {
  const relation = parameters.get('timerel')
  const property = propertyIn(parameters)
  if (relation === null) {
    const alone = ['timeAt', 'endTimeAt'].find((name) => parameters.has(name))
    if (alone !== undefined) throw wrong('timerel', { en: `“${alone}” needs timerel.`, de: `„${alone}“ braucht timerel.` })
    return { property, asked: false }
  }
  const at = momentIn(parameters, 'timeAt')
  if (relation !== 'between' && parameters.has('endTimeAt'))
    throw wrong('endTimeAt', { en: 'endTimeAt goes with between only.', de: 'endTimeAt gibt es nur mit between.' })
  switch (relation) {
    case 'before':
      return { property, asked: true, until: at }
    case 'after':
      return { property, asked: true, from: at }
    case 'between':
      return between(property, at, momentIn(parameters, 'endTimeAt'))
    default:
      throw wrong('timerel', { en: `timerel is before, after or between, not “${relation}”.`, de: `timerel ist before, after oder between, nicht „${relation}“.` }) // prettier-ignore
  }
}

function between(property: TimeProperty, from: Instant, until: Instant): Window {
  if (Date.parse(until) >= Date.parse(from)) return { property, asked: true, from, until }
  throw wrong('endTimeAt', { en: 'endTimeAt lies before timeAt.', de: 'endTimeAt liegt vor timeAt.' })
}

function propertyIn(parameters: Parameters): TimeProperty {
  const text = parameters.get('timeproperty') ?? 'observedAt'
  const property = TIME_PROPERTIES.find((one) => one === text)
  if (property !== undefined) return property
  throw wrong('timeproperty', { en: `timeproperty is one of ${TIME_PROPERTIES.join(', ')}.`, de: `timeproperty ist eine von ${TIME_PROPERTIES.join(', ')}.` }) // prettier-ignore
}

function momentIn(parameters: Parameters, parameter: string): Instant {
  const text = parameters.get(parameter)
  if (text !== null && /T.*Z$/.test(text) && isInstant(text)) return parseInstant(text)
  throw wrong(parameter, {
    en: `“${parameter}” is a time in UTC such as 2026-03-01T12:00:00Z.`,
    de: `„${parameter}“ ist eine Zeit in UTC wie 2026-03-01T12:00:00Z.`,
  })
}

const compare = (path: 'time' | 'end', by: '>=' | '<', instant: Instant): Filter => ({
  is: 'compare',
  left: { path: [path] },
  by,
  right: { instant },
})

/** observedAt is when an observation ends; `intervals`: whether any of them lasts. Those that do not are found by their index. */
export function observedIn({ from, until }: Window, intervals: boolean): Filter {
  const since = from === undefined ? everything : compare('time', '>=', from)
  const before = until === undefined ? everything : compare('time', '<', until)
  if (!intervals) return and(since, before)
  const lasting = and(
    from === undefined ? everything : compare('end', '>=', from),
    until === undefined ? everything : compare('end', '<', until),
  )
  return and(before, or(and({ is: 'not', of: { is: 'exists', path: ['end'] } }, since), and({ is: 'exists', path: ['end'] }, lasting)))
}

/** Whether an instance lies in the window, by its own time. */
export function liesIn(window: Window, attribute: Attribute): boolean {
  const at = attribute[window.property]
  if (at === undefined) return !window.asked && window.property === 'observedAt'
  const time = Date.parse(at)
  return (window.from === undefined || time >= Date.parse(window.from)) && (window.until === undefined || time < Date.parse(window.until))
}
