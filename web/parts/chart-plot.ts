/** chart-plot: one series as a line with its span, or as bars when it is summed. */
import { areaY, axisX, axisY, crosshairX, gridY, lineY, plot, rectY, ruleY } from '@observablehq/plot'
import type { Bucket } from '../wire.ts'
import type { Measure } from './chart-range.ts'

export interface Drawing {
  readonly items: readonly Bucket[]
  readonly measure: Measure
  readonly width: number
  readonly language: 'de' | 'en'
  readonly theme: 'light' | 'dark'
  readonly unit: string
  readonly label: string
}

interface Point {
  readonly at: Date
  readonly end: Date
  readonly value: number
  readonly min: number
  readonly max: number
}

const INK = {
  light: { line: '#2044aa', band: '#2044aa', text: '#404565' },
  dark: { line: '#9db4ff', band: '#9db4ff', text: '#c0c3d5' },
} as const

export function drawChart({ items, measure, width, language, theme, unit, label }: Drawing): Element {
  const points = pointsOf(items, measure)
  const ink = INK[theme]
  const tag = language === 'de' ? 'de-DE' : 'en-GB'
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const marks =
    measure === 'sum'
      ? [rectY(points, { x1: 'at', x2: 'end', y: 'value', fill: ink.line, insetLeft: 0.5, insetRight: 0.5 })]
      : [
          ...(measure === 'avg'
            ? [areaY(points, { x: 'at', y1: 'min', y2: 'max', fill: ink.band, fillOpacity: 0.14, curve: 'monotone-x' })]
            : []),
          lineY(points, { x: 'at', y: 'value', stroke: ink.line, strokeWidth: 2, curve: 'monotone-x' }),
        ]
  const drawn = plot({
    width,
    height: Math.max(240, Math.min(380, width * 0.42)),
    marginLeft: 56,
    marginBottom: 36,
    marginTop: 28,
    style: { color: ink.text, fontFamily: 'var(--kern-typography-font-family-default)', fontSize: '13px', overflow: 'visible' },
    x: { type: 'time' },
    y: { zero: measure === 'sum', nice: true },
    marks: [
      gridY({ strokeOpacity: 0.15, ticks: 5 }),
      axisY({ label: unit, tickFormat: (value: number) => number.format(value), labelArrow: 'none', tickSize: 0, ticks: 5 }),
      axisX({ label: null, tickSize: 0, tickPadding: 10, ticks: Math.max(3, Math.floor(width / 130)), tickFormat: tickIn(points, tag) }),
      ruleY(measure === 'sum' ? [0] : [], { strokeOpacity: 0.4 }),
      ...marks,
      crosshairX(points, { x: 'at', y: 'value', color: ink.line, textFill: ink.text, textStroke: 'none' }),
    ],
  })
  return asPicture(drawn, label)
}

/** One picture with one name; the parts inside it are drawn, not read. */
function asPicture(drawn: Element, label: string): Element {
  for (const part of drawn.querySelectorAll('[aria-label], [aria-description]')) {
    part.removeAttribute('aria-label')
    part.removeAttribute('aria-description')
  }
  drawn.setAttribute('role', 'img')
  drawn.setAttribute('aria-label', label)
  return drawn
}

function pointsOf(items: readonly Bucket[], measure: Measure): readonly Point[] {
  return items.flatMap((bucket, at) => {
    const value = bucket[measure]
    if (value === undefined) return []
    const next = items[at + 1]
    const start = new Date(bucket.start)
    const before = items[at - 1]
    const width = next ? Date.parse(next.start) - Number(start) : before ? Number(start) - Date.parse(before.start) : 3_600_000
    return [{ at: start, end: new Date(Number(start) + width), value, min: bucket.min ?? value, max: bucket.max ?? value }]
  })
}

function tickIn(points: readonly Point[], tag: string): (at: Date) => string {
  const length = Number(points.at(-1)?.at ?? 0) - Number(points[0]?.at ?? 0)
  const day = 86_400_000
  const options: Intl.DateTimeFormatOptions =
    length < 2 * day
      ? { hour: '2-digit', minute: '2-digit' }
      : length < 120 * day
        ? { day: '2-digit', month: '2-digit' }
        : { month: 'short', year: '2-digit' }
  const format = new Intl.DateTimeFormat(tag, options)
  return (at) => format.format(at)
}
