/** people-body: what is sent to sign in, make keys and keep accounts. Each field is named; what is not is ignored. */
import type { AccountChange, AccountWish } from '../../govern/accounts.ts'
import { isInstant, parseInstant, now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { VERBS, type Verb } from '../../rights/principal.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface TokenBody {
  readonly name: string
  readonly verbs: readonly Verb[]
  readonly datasets?: readonly string[]
  readonly home?: string
  readonly expires?: string
}

export function fieldsOf(body: unknown): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw new Problem('invalid-body', { de: 'Erwartet wird ein JSON-Objekt.', en: 'A JSON object is expected.' }, { pointer: '' })
}

export function parseSignIn(body: unknown): { readonly email: string; readonly password: string } {
  const fields = fieldsOf(body)
  return { email: textOf(fields, 'email'), password: textOf(fields, 'password') }
}

export function parseFirstRun(body: unknown): AccountWish & { readonly token: string } {
  const fields = fieldsOf(body)
  return {
    token: textOf(fields, 'token'),
    name: textOf(fields, 'name'),
    email: textOf(fields, 'email'),
    password: textOf(fields, 'password'),
  }
}

export function parseTenant(body: unknown): { readonly name: string } {
  return { name: textOf(fieldsOf(body), 'name') }
}

export function parseToken(body: unknown): TokenBody {
  const fields = fieldsOf(body)
  const datasets = fields['datasets'] ?? undefined
  return {
    name: textOf(fields, 'name'),
    verbs: verbsIn(fields['verbs'], '/verbs'),
    ...(datasets === undefined ? {} : { datasets: textsOf(datasets, '/datasets') }),
    ...optional(fields, 'home', textOf),
    ...optional(fields, 'expires', futureOf),
  }
}

export function parseNewAccount(body: unknown): AccountWish {
  const fields = fieldsOf(body)
  return {
    name: textOf(fields, 'name'),
    email: textOf(fields, 'email'),
    ...(fields['kind'] !== 'service' && { password: textOf(fields, 'password') }),
    ...optional(fields, 'admin', truthOf),
  }
}

export function parseAccountChange(body: unknown): AccountChange {
  const fields = fieldsOf(body)
  return {
    ...optional(fields, 'name', textOf),
    ...optional(fields, 'email', textOf),
    ...optional(fields, 'password', textOf),
    ...optional(fields, 'current', textOf),
    ...optional(fields, 'admin', truthOf),
    ...optional(fields, 'disabled', truthOf),
  }
}

export function optional<Name extends string, Value>(
  fields: Fields,
  field: Name,
  read: (fields: Fields, field: string) => Value,
): { [name in Name]?: Value } {
  const value = fields[field] ?? undefined
  // The computed key is Name, which TypeScript widens to string.
  return value === undefined ? {} : ({ [field]: read(fields, field) } as { [name in Name]: Value })
}

export function textOf(fields: Fields, field: string, place = ''): string {
  const value = fields[field]
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 1000) return value
  throw fault(`${place}/${field}`, { de: `„${field}“ fehlt oder ist kein Text.`, en: `“${field}” is missing or not a text.` })
}

function truthOf(fields: Fields, field: string): boolean {
  const value = fields[field]
  if (typeof value === 'boolean') return value
  throw fault(`/${field}`, { de: `„${field}“ muss true oder false sein.`, en: `“${field}” must be true or false.` })
}

export function futureOf(fields: Fields, field: string, place = ''): string {
  const text = textOf(fields, field, place)
  const instant = isInstant(text) ? parseInstant(text) : ''
  if (instant > now()) return instant
  throw fault(`${place}/${field}`, { de: `„${text}“ ist kein Zeitpunkt in der Zukunft.`, en: `“${text}” is not a time in the future.` })
}

export function listOf(value: unknown, pointer: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= 1000) return value
  throw fault(pointer, { de: 'Erwartet wird eine Liste.', en: 'A list is expected.' })
}

export function textsOf(value: unknown, pointer: string): readonly string[] {
  return listOf(value, pointer).map((text, position) => {
    if (typeof text === 'string') return text
    throw fault(`${pointer}/${position}`, { de: 'Erwartet wird ein Text.', en: 'A text is expected.' })
  })
}

export function verbsIn(value: unknown, pointer: string): readonly Verb[] {
  const names = textsOf(value ?? [], pointer)
  const unknown = names.findIndex((name) => !VERBS.some((verb) => verb === name))
  if (names.length > 0 && unknown === -1) return VERBS.filter((verb) => names.includes(verb))
  throw fault(unknown === -1 ? pointer : `${pointer}/${unknown}`, {
    de: `Erwartet werden Rechte aus: ${VERBS.join(', ')}.`,
    en: `Expected are rights out of: ${VERBS.join(', ')}.`,
  })
}

export function fault(pointer: string, said: { readonly de: string; readonly en: string }): Problem {
  return new Problem('invalid-body', said, { pointer })
}
