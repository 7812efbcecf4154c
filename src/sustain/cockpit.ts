/** cockpit: how far the platform is from being kept for good, in four tiles: operator model, funding, responsibilities, roadmap. */
import type { JsonObject } from '../model/json.ts'
import { isEmpty, type Both } from './kind.ts'
import { TASKS } from './kinds/people.ts'
import { stageOf } from './kinds/use-case.ts'
import { nextEnd, planOf, type Year } from './plan.ts'

export interface Tile {
  readonly name: 'operation' | 'funding' | 'roles' | 'roadmap'
  /** Of 100. */
  readonly score: number
  readonly reasons: readonly Both[]
  /** What would help most, and of which kind that record is. */
  readonly next?: Both & { readonly kind: string }
}

export interface Cockpit {
  readonly tiles: readonly Tile[]
  readonly plan: readonly Year[]
  readonly ends?: { readonly title: string; readonly until: string; readonly days: number }
  readonly stages: Readonly<Record<string, number>>
  /** Records that are to be looked at again, and those without a gap, of all. */
  readonly due: readonly { readonly id: number; readonly kind: string; readonly title: string; readonly review: string }[]
}

export interface Known {
  readonly id: number
  readonly kind: string
  readonly title: string
  readonly fields: JsonObject
  readonly review: string | null
}

/** `today` as a day: "2026-11-25". */
export function cockpitOf(records: readonly Known[], today: string): Cockpit {
  const of = (kind: string) => records.filter((one) => one.kind === kind)
  const plan = planOf(of('cost'), of('funding'), today)
  const ends = nextEnd(of('funding'), today)
  return {
    tiles: [operation(of('operation')), funding(of('cost'), plan), roles(of('role'), today), roadmap(of('milestone'), today)],
    plan,
    ...(ends && { ends: { ...ends, days: daysBetween(today, ends.until) } }),
    stages: counted(of('use-case').map(({ fields }) => stageOf(fields))),
    due: records.flatMap(({ id, kind, title, review }) => (review !== null && review <= today ? [{ id, kind, title, review }] : [])),
  }
}

const QUESTIONS = { form: ['Grundform', 'basic form'], operator: ['technischer Betrieb', 'technical operation'], solution: ['Lösung', 'solution'], partners: ['Partner', 'partners'] } as const // prettier-ignore

function operation(all: readonly Known[]): Tile {
  const [current] = all
  const open = Object.entries(QUESTIONS).filter(([field]) => isEmpty(current?.fields[field]))
  const reasons = open.map(([, [de, en]]) => ({ de: `Offen: ${de}`, en: `Open: ${en}` }))
  if (open.length === 0) return { name: 'operation', score: 100, reasons: [{ de: 'Alle vier Fragen sind beantwortet.', en: 'All four questions are answered.' }] } // prettier-ignore
  return { name: 'operation', score: 100 - 25 * open.length, reasons, next: { kind: 'operation', de: 'Das Betreibermodell festhalten.', en: 'Write down the operator model.' } } // prettier-ignore
}

/** Without costs nobody knows whether funding is enough. */
function funding(costs: readonly Known[], plan: readonly Year[]): Tile {
  if (costs.length === 0)
    return { name: 'funding', score: 0, reasons: [{ de: 'Es sind keine Kosten erfasst.', en: 'No costs are written down.' }], next: { kind: 'cost', de: 'Die laufenden Kosten erfassen.', en: 'Write down the running costs.' } } // prettier-ignore
  const due = plan.reduce((sum, { costs: one }) => sum + one, 0)
  const gap = plan.reduce((sum, one) => sum + one.gap, 0)
  const score = due === 0 ? 100 : Math.round((100 * (due - gap)) / due)
  const first = plan.find((one) => one.gap > 0)
  if (first === undefined) return { name: 'funding', score, reasons: [{ de: 'Fünf Jahre sind gedeckt.', en: 'Five years are covered.' }] }
  return {
    name: 'funding',
    score,
    reasons: plan.filter((one) => one.gap > 0).slice(0, 2).map(missing), // prettier-ignore
    next: { kind: 'funding', de: `Die Deckung für ${first.year} klären.`, en: `Settle the cover for ${first.year}.` },
  }
}

function missing({ year, gap }: Year): Both {
  const amount = (language: string) => new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(gap / 100) // prettier-ignore
  return { de: `${year} fehlen ${amount('de-DE')}.`, en: `In ${year}, ${amount('en-GB')} are missing.` }
}

/** A person counts for seven tenths of a task, the deputy for three. */
function roles(all: readonly Known[], today: string): Tile {
  const now = all.filter(({ fields: { until } }) => typeof until !== 'string' || until >= today)
  const held = (task: string, field: string) => now.some(({ fields }) => fields['task'] === task && !isEmpty(fields[field]))
  const reasons = Object.entries(TASKS).flatMap(([task, [de, en]]): readonly Both[] => {
    if (!held(task, 'person')) return [{ de: `${de}: niemand`, en: `${en}: nobody` }]
    return held(task, 'deputy') ? [] : [{ de: `${de}: keine Vertretung`, en: `${en}: no deputy` }]
  })
  const tasks = Object.keys(TASKS)
  const tenths = tasks.reduce((sum, task) => sum + (held(task, 'person') ? 7 : 0) + (held(task, 'person') && held(task, 'deputy') ? 3 : 0), 0) // prettier-ignore
  const score = Math.round((10 * tenths) / tasks.length)
  if (reasons.length === 0) return { name: 'roles', score, reasons: [{ de: 'Alle sechs Aufgaben sind besetzt und vertreten.', en: 'All six tasks are held, with a deputy.' }] } // prettier-ignore
  return { name: 'roles', score, reasons, next: { kind: 'role', de: 'Die offenen Aufgaben besetzen.', en: 'Find somebody for the open tasks.' } } // prettier-ignore
}

/** Three things to come are a roadmap; what is overdue takes from it. */
function roadmap(all: readonly Known[], today: string): Tile {
  const open = all.filter(({ fields }) => fields['done'] !== true)
  const late = open.filter(({ fields: { due } }) => typeof due === 'string' && due < today)
  const ahead = open.length - late.length
  const score = Math.max(0, Math.min(100, Math.round((100 * ahead) / 3)) - 20 * late.length)
  const reasons: Both[] = [{ de: `${ahead} Vorhaben stehen an.`, en: `${ahead} plans are ahead.` }]
  if (late.length > 0) reasons.push({ de: `${late.length} sind überfällig: ${late.map(({ title }) => title).join(', ')}`, en: `${late.length} are overdue: ${late.map(({ title }) => title).join(', ')}` }) // prettier-ignore
  return { name: 'roadmap', score, reasons, ...(score < 100 && { next: { kind: 'milestone', de: 'Die nächsten Schritte mit Datum festhalten.', en: 'Write down the next steps with a date.' } }) } // prettier-ignore
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}

export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)
}
