/** plan: costs beside funding, year by year, in whole cents; and which funding ends next. */
import type { JsonObject } from '../model/json.ts'
import { wordIn } from './kind.ts'

export interface Year {
  readonly year: number
  readonly costs: number
  readonly funded: number
  /** What nobody pays. */
  readonly gap: number
}

export interface Entry {
  readonly fields: JsonObject
}

/** `years` from the year of `today` on. */
export function planOf(costs: readonly Entry[], funding: readonly Entry[], today: string, years = 5): readonly Year[] {
  const first = Number(today.slice(0, 4))
  return Array.from({ length: years }, (_, i) => {
    const year = first + i
    const due = sum(costs.map(({ fields }) => costIn(fields, year)))
    const funded = sum(funding.map(({ fields }) => share(fields, 'yearly', year)))
    return { year, costs: due, funded, gap: Math.max(0, due - funded) }
  })
}

/** Once in the year it begins, or every year for as long as it lasts. */
function costIn(fields: JsonObject, year: number): number {
  if (fields['recurring'] === true) return share(fields, 'amount', year)
  return Number(wordIn(fields, 'from').slice(0, 4)) === year ? cents(fields['amount']) : 0
}

/** Of a yearly amount what falls on the months of a year: a month counts as soon as it is begun. Twelfths are rounded to a cent once. */
function share(fields: JsonObject, name: string, year: number): number {
  const from = monthOf(fields['from']) ?? 0
  const until = monthOf(fields['until']) ?? Infinity
  const months = Math.min(until, year * 12 + 11) - Math.max(from, year * 12) + 1
  return months <= 0 ? 0 : Math.round((cents(fields[name]) * Math.min(12, months)) / 12)
}

/** Months since the year 0. */
function monthOf(day: unknown): number | undefined {
  if (typeof day !== 'string' || day === '') return undefined
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

const cents = (value: unknown): number => (typeof value === 'number' ? value : 0)
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

/** The funding that ends next, if any does. */
export function nextEnd(
  funding: readonly (Entry & { readonly title: string })[],
  today: string,
): { readonly title: string; readonly until: string } | undefined {
  const ends = funding.flatMap(({ title, fields }) => (typeof fields['until'] === 'string' && fields['until'] >= today ? [{ title, until: fields['until'] }] : [])) // prettier-ignore
  return ends.toSorted((a, b) => (a.until < b.until ? -1 : 1))[0]
}
