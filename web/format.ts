/** format: numbers, times and texts as the reader's language writes them. */
import { useMemo } from 'react'
import { useSpeech } from './words/words.tsx'
import type { Language } from './words/language.ts'
import type { Json, Text, Unit } from './wire.ts'

export interface Format {
  number(value: number, digits?: number): string
  /** Short: 1,2 Mio. */
  compact(value: number): string
  bytes(value: number): string
  /** Of cents. */
  euros(cents: number): string
  date(time: string): string
  time(time: string): string
  /** "vor 4 Minuten" */
  age(time: string): string
  duration(milliseconds: number): string
  text(text: Text | string | undefined | null): string
  value(result: Json, unit?: Unit): string
}

const TAGS = { de: 'de-DE', en: 'en-GB' } as const

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

export function formatIn(language: Language): Format {
  const tag = TAGS[language]
  const dates = new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: 'numeric' })
  const times = new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })
  const ages = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 })
  const euros = new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR' })
  const number = (value: number, digits = 2) => value.toLocaleString(tag, { maximumFractionDigits: digits })
  return {
    number,
    compact: (value) => (value < 100_000 ? number(value, 0) : compact.format(value)),
    bytes: (value) => bytesOf(value, number),
    euros: (cents) => euros.format(cents / 100),
    date: (time) => dates.format(new Date(time)),
    time: (time) => times.format(new Date(time)).replace(',', ''),
    age: (time) => ageOf(Date.parse(time) - Date.now(), ages),
    duration: (milliseconds) => durationOf(milliseconds, number),
    text: (text) =>
      typeof text === 'string' ? text : (text?.[language] ?? text?.['de'] ?? text?.['en'] ?? Object.values(text ?? {})[0] ?? ''),
    value: (result, unit) => valueOf(result, unit, number),
  }
}

export function useFormat(): Format {
  const { language } = useSpeech()
  return useMemo(() => formatIn(language), [language])
}

function ageOf(difference: number, ages: Intl.RelativeTimeFormat): string {
  const [unit, length] = STEPS.find(([, size]) => Math.abs(difference) >= size) ?? ['second', 1000]
  return ages.format(Math.trunc(difference / length), unit)
}

function durationOf(milliseconds: number, number: Format['number']): string {
  if (milliseconds < 60_000) return `${number(milliseconds / 1000, 1)} s`
  if (milliseconds < 3_600_000) return `${number(milliseconds / 60_000, 0)} min`
  return `${number(milliseconds / 3_600_000, 1)} h`
}

function bytesOf(value: number, number: Format['number']): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3))
  return `${number(value / 1000 ** step, step === 0 ? 0 : 1)} ${units[step]}`
}

function valueOf(result: Json, unit: Unit | undefined, number: Format['number']): string {
  if (result === null) return '–'
  const sign = unit?.symbol ?? unit?.name ?? ''
  if (typeof result === 'number') return sign === '' ? number(result) : `${number(result)} ${sign}`
  if (typeof result === 'string') return result
  return JSON.stringify(result)
}
