/** kind: what a kind of record is: a JSON Schema in both languages that checks it and draws its form, and what it names. */
import type { Json, JsonObject } from '../model/json.ts'

export interface Both {
  readonly de: string
  readonly en: string
}

/** A field of a form, as JSON Schema. `refers` says that it names records of a kind, or datasets. */
export type Field = JsonObject & { readonly refers?: string }

export interface Kind {
  readonly name: string
  /** Of one, and of all of them. */
  readonly title: Both
  readonly titles: Both
  readonly lead: Both
  readonly schema: {
    readonly type: 'object'
    readonly additionalProperties: false
    readonly required: readonly string[]
    readonly properties: Readonly<Record<string, Field>>
  }
  /** What is worth saying of one, as it stands. */
  readonly look?: (fields: JsonObject) => readonly Finding[]
}

/** gap: something is missing that makes it what it is. hint: it would be better. */
export interface Finding {
  readonly field: string
  readonly weight: 'gap' | 'hint'
  readonly said: Both
}

export function kindOf(about: Omit<Kind, 'schema'>, properties: Readonly<Record<string, Field>>, required: readonly string[] = []): Kind {
  return { ...about, schema: { type: 'object', additionalProperties: false, required, properties } }
}

type Words = readonly [de: string, en: string]
const titled = ([de, en]: Words, hint?: Words): JsonObject => ({
  title: { de, en },
  ...(hint && { description: { de: hint[0], en: hint[1] } }),
})

export const text = (words: Words, hint?: Words): Field => ({ type: 'string', maxLength: 500, ...titled(words, hint) })
export const long = (words: Words, hint?: Words): Field => ({
  type: 'string',
  maxLength: 10_000,
  format: 'multiline',
  ...titled(words, hint),
})
export const day = (words: Words, hint?: Words): Field => ({ type: 'string', format: 'date', ...titled(words, hint) })
export const truth = (words: Words, hint?: Words): Field => ({ type: 'boolean', ...titled(words, hint) })
export const number = (words: Words, hint?: Words): Field => ({ type: 'number', ...titled(words, hint) })
export const whole = (words: Words, least: number, most: number, hint?: Words): Field => ({ type: 'integer', minimum: least, maximum: most, ...titled(words, hint) }) // prettier-ignore
/** In cents, whole ones: no sum of them ever rounds. */
export const money = (words: Words, hint?: Words): Field => ({ type: 'integer', format: 'money', minimum: 0, maximum: 1_000_000_000_000, ...titled(words, hint) }) // prettier-ignore
export const texts = (words: Words, hint?: Words): Field => ({ type: 'array', maxItems: 100, items: { type: 'string', maxLength: 500 }, ...titled(words, hint) }) // prettier-ignore
export const choice = (words: Words, choices: Readonly<Record<string, Words>>, hint?: Words): Field => ({
  type: 'string',
  oneOf: Object.entries(choices).map(([name, [de, en]]) => ({ const: name, title: { de, en } })),
  ...titled(words, hint),
})
/** A record of a kind by its id, or a dataset by its slug. */
export const one = (refers: string, words: Words, hint?: Words): Field => ({ ...named(refers), refers, ...titled(words, hint) })
export const several = (refers: string, words: Words, hint?: Words): Field => ({ type: 'array', maxItems: 200, uniqueItems: true, items: named(refers), refers, ...titled(words, hint) }) // prettier-ignore

const named = (refers: string): JsonObject => (refers === 'dataset' ? { type: 'string', maxLength: 100 } : { type: 'integer', minimum: 1 })

export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The text of a field, or nothing. */
export function wordIn(fields: JsonObject, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** A gap for each of the fields that is empty. */
export function gaps(fields: JsonObject, wanted: Readonly<Record<string, Words>>): readonly Finding[] {
  return Object.entries(wanted).flatMap(([field, [de, en]]) => (isEmpty(fields[field]) ? [{ field, weight: 'gap', said: { de, en } }] : []))
}
