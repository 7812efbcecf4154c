/** release-body: what is sent about releases, checked field by field. */
import { isObject, type JsonObject } from '../../model/json.ts'
import { ASPECTS, USUAL_RELEASE, type Aspect, type ReleaseSettings } from '../../model/release.ts'
import { Problem, type Said } from '../../problem.ts'
import type { Decided, Wish } from '../../govern/release/release.ts'

const LONGEST = 4000

export function parseWish(body: unknown): Wish {
  const given = objectOf(body ?? {}, ['reason', 'explained'])
  const explained = given['explained']
  const reason = reasonOf(given)
  if (explained === undefined) return { reason }
  if (isObject(explained) && Object.values(explained).every((one) => typeof one === 'string' && one.length <= LONGEST))
    return { reason, explained: explained as Readonly<Record<string, string>> }
  throw wrong('/explained', { en: 'It is a text for each finding.', de: 'Erwartet wird ein Text zu jedem Befund.' })
}

export function parseReason(body: unknown): string | undefined {
  return reasonOf(objectOf(body ?? {}, ['reason']))
}

/** Whoever refuses says why. */
export function parseDecision(body: unknown): Decided {
  const given = objectOf(body, ['aspects', 'verdict', 'reason'])
  const aspects = aspectsOf(given['aspects'], '/aspects')
  const { verdict } = given
  if (verdict !== 'approved' && verdict !== 'refused')
    throw wrong('/verdict', { en: 'It is “approved” or “refused”.', de: 'Erwartet wird „approved“ oder „refused“.' })
  const reason = reasonOf(given)
  if (verdict === 'refused' && reason === undefined)
    throw wrong('/reason', { en: 'Say why you refuse.', de: 'Bitte begründen Sie die Ablehnung.' })
  return { aspects, verdict, ...(reason !== undefined && { reason }) }
}

export function parseReleaseSettings(body: unknown): Partial<ReleaseSettings> {
  const given = objectOf(body, Object.keys(USUAL_RELEASE))
  return {
    ...wordIn(given, 'fourEyes', ['auto', 'always', 'never'] as const),
    ...wordIn(given, 'order', ['parallel', 'line'] as const),
    ...(given['aspects'] !== undefined && { aspects: aspectsOf(given['aspects'], '/aspects') }),
    ...daysIn(given),
    ...reviewersIn(given),
  }
}

function aspectsOf(value: unknown, pointer: string): readonly Aspect[] {
  const found = ASPECTS.filter((aspect) => Array.isArray(value) && value.includes(aspect))
  if (Array.isArray(value) && value.length > 0 && new Set(value).size === found.length && value.length === found.length) return found
  const all = ASPECTS.join(', ')
  throw wrong(pointer, { en: `It is a list of ${all}, each once.`, de: `Erwartet wird eine Liste aus ${all}, jedes einmal.` })
}

function daysIn({ days }: JsonObject): { readonly days?: number } {
  if (days === undefined) return {}
  if (typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= 365) return { days }
  throw wrong('/days', { en: 'It is a number of days from 1 to 365.', de: 'Erwartet wird eine Zahl von 1 bis 365 Tagen.' })
}

function reviewersIn({ reviewers }: JsonObject): Pick<Partial<ReleaseSettings>, 'reviewers'> {
  if (reviewers === undefined) return {}
  const good =
    isObject(reviewers) &&
    Object.entries(reviewers).every(
      ([aspect, accounts]) =>
        ASPECTS.includes(aspect as Aspect) && Array.isArray(accounts) && accounts.every((id) => Number.isSafeInteger(id)),
    )
  if (good) return { reviewers: reviewers as unknown as ReleaseSettings['reviewers'] }
  throw wrong('/reviewers', {
    en: 'It is a list of account ids for an aspect.',
    de: 'Erwartet wird je Prüfung eine Liste von Kontonummern.',
  })
}

function wordIn<K extends string, W extends string>(given: JsonObject, name: K, words: readonly W[]): { readonly [P in K]?: W } {
  const value = given[name]
  if (value === undefined) return {}
  const word = words.find((one) => one === value)
  if (word !== undefined) return { [name]: word } as { readonly [P in K]?: W }
  throw wrong(`/${name}`, { en: `It is one of ${words.join(', ')}.`, de: `Erwartet wird eines von ${words.join(', ')}.` })
}

function reasonOf({ reason }: JsonObject): string | undefined {
  if (reason === undefined || reason === null) return undefined
  if (typeof reason === 'string' && reason.length <= LONGEST) return reason.trim() === '' ? undefined : reason.trim()
  throw wrong('/reason', {
    en: `It is a text of at most ${LONGEST} characters.`,
    de: `Erwartet wird ein Text von höchstens ${LONGEST} Zeichen.`,
  })
}

function objectOf(body: unknown, fields: readonly string[]): JsonObject {
  if (!isObject(body)) throw wrong('', { en: 'It is a JSON object.', de: 'Erwartet wird ein JSON-Objekt.' })
  for (const name of Object.keys(body))
    if (!fields.includes(name)) throw wrong(`/${name}`, { en: `There is no field “${name}”.`, de: `Ein Feld „${name}“ gibt es nicht.` })
  return body
}

function wrong(pointer: string, said: Said): Problem {
  return new Problem('invalid-body', said, { pointer })
}
