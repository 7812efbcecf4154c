/** shares: costs divided among municipalities by a key, in whole cents that sum to the total: what is left of a cent goes where the most of it was. */
import { checkForm } from '../govern/form.ts'
import { Problem } from '../problem.ts'
import { choice, money, number, text, whole, type Field } from './kind.ts'

export const KEYS = ['equal', 'inhabitants', 'base', 'classes', 'use', 'tax', 'koenigstein', 'free', 'users'] as const
export type Key = (typeof KEYS)[number]

export interface Partner {
  readonly name: string
  readonly inhabitants?: number
  /** Devices, gigabytes, calls or hours: whatever use is counted by. */
  readonly use?: number
  /** Euros of tax revenue or of what levies are reckoned by. */
  readonly tax?: number
  readonly percent?: number
  /** Cents: never less, never more; what was given in kind, and what was paid already. */
  readonly floor?: number
  readonly cap?: number
  readonly inKind?: number
  readonly paid?: number
}

export interface Sharing {
  readonly total: number
  readonly key: Key
  /** Per cent that all bear alike before the rest goes by inhabitants. */
  readonly base?: number
  readonly partners: readonly Partner[]
}

export interface Share {
  readonly name: string
  readonly share: number
  /** What is still to be paid; below 0: to be given back. */
  readonly due: number
  /** Cents, where inhabitants are known. */
  readonly perInhabitant?: number
}

const partner: Readonly<Record<string, Field>> = {
  name: text(['Kommune', 'Municipality']),
  inhabitants: whole(['Einwohnerinnen und Einwohner', 'Inhabitants'], 0, 100_000_000),
  use: number(['Nutzung', 'Use'], ['Geräte, Gigabyte, Abrufe oder Stunden.', 'Devices, gigabytes, calls or hours.']),
  tax: number(['Steuerkraft in Euro', 'Tax revenue in euros']),
  percent: number(['Freier Anteil in Prozent', 'Free share in per cent']),
  floor: money(['Mindestens', 'At least']),
  cap: money(['Höchstens', 'At most']),
  inKind: money(['Sachleistung', 'Given in kind']),
  paid: money(['Schon gezahlt', 'Paid already']),
}

/** Draws the form, and checks what is asked. */
export const SHARING = {
  type: 'object',
  additionalProperties: false,
  required: ['total', 'key', 'partners'],
  properties: {
    total: money(['Zu verteilen', 'To be divided']),
    key: choice(['Schlüssel', 'Key'], {
      equal: ['Zu gleichen Teilen', 'Equal parts'],
      inhabitants: ['Nach Einwohnern', 'By inhabitants'],
      base: ['Sockelbetrag und Einwohner', 'Base amount and inhabitants'],
      classes: ['Nach Größenklassen', 'By size class'],
      use: ['Nach Nutzung', 'By use'],
      tax: ['Nach Steuerkraft', 'By tax revenue'],
      koenigstein: ['Nach dem Vorbild des Königsteiner Schlüssels', 'After the Königstein key'],
      free: ['Freie Anteile', 'Free shares'],
      users: ['Nur wer es nutzt', 'Only those who use it'],
    }),
    base: { ...whole(['Sockel in Prozent', 'Base in per cent'], 0, 100), default: 30 },
    partners: {
      type: 'array',
      minItems: 1,
      maxItems: 500,
      title: { de: 'Beteiligte', en: 'Partners' },
      items: { type: 'object', additionalProperties: false, required: ['name'], properties: partner },
    },
  },
} as const

/** Throws `invalid-body` with the place. */
export function shareOut(body: unknown): { readonly items: readonly Share[]; readonly total: number } {
  const sharing = checkForm(SHARING, body, '') as unknown as Sharing
  if (sharing.key === 'free') refuseParts(sharing.partners)
  const shares = bounded(sharing)
  const items = sharing.partners.map(({ name, inhabitants, inKind = 0, paid = 0 }, i): Share => {
    const share = shares[i] ?? 0
    return { name, share, due: share - inKind - paid, ...(inhabitants !== undefined && inhabitants > 0 && { perInhabitant: Math.round(share / inhabitants) }) } // prettier-ignore
  })
  return { items, total: items.reduce((sum, { share }) => sum + share, 0) }
}

/** Whoever is below their least or above their most is set to it; the others bear the rest by the same key, until nobody is. */
function bounded(sharing: Sharing): readonly number[] {
  const { partners, total } = sharing
  const fixed = new Map<number, number>()
  for (;;) {
    const open = partners.map((_, i) => i).filter((i) => !fixed.has(i))
    const rest = total - [...fixed.values()].reduce((sum, one) => sum + one, 0)
    if (rest < 0 || (open.length === 0 && rest !== 0)) throw outOfBounds()
    const shares = open.length === 0 ? [] : divided({ ...sharing, total: rest, partners: open.map((i) => partners[i] as Partner) }, open)
    const beyond = open.flatMap((i, at) => broken(shares[at] ?? 0, partners[i] as Partner).map((bound) => [i, bound] as const))
    if (beyond.length === 0) return partners.map((_, i) => fixed.get(i) ?? shares[open.indexOf(i)] ?? 0)
    // too little is put right first: it makes the others' shares smaller
    const least = beyond.filter(([i, bound]) => bound === partners[i]?.floor)
    for (const [i, bound] of least.length > 0 ? least : beyond) fixed.set(i, bound)
  }
}

function broken(share: number, { floor, cap }: Partner): readonly number[] {
  if (floor !== undefined && share < floor) return [floor]
  return cap !== undefined && share > cap ? [cap] : []
}

/** `at` are the places of the partners in what was asked. */
function divided({ total, key, base = 30, partners }: Sharing, at: readonly number[]): readonly number[] {
  const weights = (name: 'inhabitants' | 'use' | 'tax' | 'percent') => partners.map((one, i) => weightIn(one, name, at[i] ?? i))
  const equal = partners.map(() => 1)
  switch (key) {
    case 'equal':
      return byWeight(total, equal)
    case 'base':
      return added(byWeight(part(total, base, 100), equal), byWeight(total - part(total, base, 100), weights('inhabitants')))
    case 'classes':
      return byWeight(total, weights('inhabitants').map(pointsOf)) // prettier-ignore
    case 'koenigstein':
      return added(byWeight(part(total, 2, 3), weights('tax')), byWeight(total - part(total, 2, 3), weights('inhabitants')))
    case 'free':
      return byWeight(total, weights('percent'))
    case 'users':
      return byWeight(total, weights('use').map((use) => (use > 0 ? 1 : 0))) // prettier-ignore
    default:
      return byWeight(total, weights(key))
  }
}

function weightIn(partner: Partner, name: 'inhabitants' | 'use' | 'tax' | 'percent', at: number): number {
  const value = partner[name]
  if (value !== undefined && value >= 0) return value
  const title = TITLES[name]
  throw new Problem('invalid-body', { de: `Für diesen Schlüssel fehlt bei „${partner.name}“: ${title.de}.`, en: `For this key “${partner.name}” lacks: ${title.en}.` }, { pointer: `/partners/${at}/${name}` }) // prettier-ignore
}

const TITLES = {
  inhabitants: { de: 'Einwohnerzahl', en: 'number of inhabitants' },
  use: { de: 'Nutzung', en: 'use' },
  tax: { de: 'Steuerkraft', en: 'tax revenue' },
  percent: { de: 'Anteil', en: 'share' },
}

/** Points by size, as associations of municipalities set their fees. */
const CLASSES = [[5_000, 1], [10_000, 2], [20_000, 3], [50_000, 5], [100_000, 8], [250_000, 12], [500_000, 18]] as const // prettier-ignore
const pointsOf = (inhabitants: number): number => CLASSES.find(([upTo]) => inhabitants < upTo)?.[1] ?? 25

function refuseParts(partners: readonly Partner[]): void {
  const sum = partners.reduce((all, { percent = 0 }) => all + percent, 0)
  if (Math.abs(sum - 100) < 1e-6) return
  throw new Problem('invalid-body', { de: `Die freien Anteile ergeben ${sum} statt 100 Prozent.`, en: `The free shares come to ${sum} instead of 100 per cent.` }, { pointer: '/partners' }) // prettier-ignore
}

const part = (total: number, of: number, whole: number): number => Number((BigInt(total) * BigInt(of)) / BigInt(whole))
const added = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((one, i) => one + (b[i] ?? 0))

/** Largest remainder (Hare and Niemeyer): exact, whatever the weights. Of equal remainders the first in the list. */
export function byWeight(total: number, weights: readonly number[]): readonly number[] {
  const scaled = weights.map((weight) => BigInt(Math.round(weight * 1e6)))
  const sum = scaled.reduce((all, one) => all + one, 0n)
  if (sum === 0n) {
    if (total === 0) return weights.map(() => 0)
    throw new Problem('invalid-body', { de: 'Nach diesem Schlüssel trägt niemand etwas.', en: 'By this key nobody bears anything.' }, { pointer: '/partners' }) // prettier-ignore
  }
  const parts = scaled.map((weight, i) => ({ i, cents: (BigInt(total) * weight) / sum, rest: (BigInt(total) * weight) % sum }))
  const left = Number(BigInt(total) - parts.reduce((all, { cents }) => all + cents, 0n))
  const lucky = new Set(parts.toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1)).slice(0, left).map(({ i }) => i)) // prettier-ignore
  return parts.map(({ i, cents }) => Number(cents) + (lucky.has(i) ? 1 : 0))
}

function outOfBounds(): Problem {
  return new Problem('invalid-body', { de: 'Mit diesen Unter- und Obergrenzen lässt sich der Betrag nicht verteilen.', en: 'With these bounds the amount cannot be divided.' }, { pointer: '/partners' }) // prettier-ignore
}
