/** members: the members that entities have beside their attributes: types, scopes, moments (4.6, 4.18). */
import type { Json } from '../../model/json.ts'
import { isInstant, parseInstant, type Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import type { Context } from './context.ts'

export function typesOf(value: Json, context: Context, pointer: string): readonly string[] {
  const types = (Array.isArray(value) ? value : [value]) as readonly Json[]
  if (types.length === 0) throw wrong(pointer, 'An entity has a type.', 'Eine Entität hat einen Typ.')
  return [...new Set(types.map((type) => typeOf(type, context, pointer)))]
}

function typeOf(type: Json, context: Context, pointer: string): string {
  if (typeof type === 'string' && type !== '' && !/[<>"'=;()\s[\]{}|,]/.test(type)) return context.nameOf(type)
  throw wrong(pointer, `“${shown(type)}” cannot be a type.`, `„${shown(type)}“ kann kein Typ sein.`)
}

/** "/Rathaus/EG", with a slash in front however it was sent. */
export function scopesOf(value: Json, pointer: string): readonly string[] {
  const scopes = (Array.isArray(value) ? value : [value]) as readonly Json[]
  return [...new Set(scopes.map((scope) => scopeOf(scope, pointer)))]
}

function scopeOf(scope: Json, pointer: string): string {
  if (typeof scope === 'string' && /^\/?[^/\s<>"'=;()#+]+(\/[^/\s<>"'=;()#+]+)*$/.test(scope))
    return scope.startsWith('/') ? scope : `/${scope}`
  throw wrong(pointer, `“${shown(scope)}” is no scope, such as /Madrid/Gardens.`, `„${shown(scope)}“ ist kein Scope wie /Rathaus/EG.`)
}

/** A DateTime in UTC (4.6.3); a comma may stand before the fraction. */
export function momentOf(value: Json, pointer: string): Instant {
  const text = typeof value === 'object' && value !== null && '@value' in value ? value['@value'] : value
  if (typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(text) && isInstant(text)) return parseInstant(text)
  throw wrong(
    pointer,
    `“${shown(text)}” is no time in UTC, such as 2026-03-01T12:00:00Z.`,
    `„${shown(text)}“ ist keine Zeit in UTC wie 2026-03-01T12:00:00Z.`,
  )
}

/** As it is told back: short, and JSON where it is no text. */
export const shown = (value: Json | undefined): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 100)

function wrong(pointer: string, en: string, de: string): Problem {
  return new Problem('invalid-body', { en, de }, { pointer })
}
