/** change: what an entity is after something was said of it: appended, updated, merged or replaced (5.6). Pure: a state and words make a state. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Instant } from '../../model/time.ts'
import { NONE, type Attribute, type Attributes } from './attribute.ts'
import type { Said } from './body.ts'
import { canonical } from './canonical.ts'
import type { State } from './state.ts'

/**
 * append: attributes are added or overwritten (5.6.3); keep: only added, what is there stays (noOverwrite).
 * update: the same for PATCH attrs, where null deletes (5.6.2). merge: values and sub-attributes are merged deeply (5.5.12).
 * part: an attribute keeps what is not said of it; a value that is said is the whole value (5.6.4).
 * replace: nothing of what was there stays, but when it was made (5.6.18).
 */
export type Mode = 'append' | 'keep' | 'update' | 'merge' | 'part' | 'replace'

export interface Changed {
  readonly state: State
  readonly updated: readonly string[]
  /** Names that stay as they are, and are said to (207). */
  readonly untouched: readonly string[]
}

export function changed(old: State, said: Said, mode: Mode, at: Instant): Changed {
  const attributes = new Map(mode === 'replace' ? [] : old.attributes)
  const updated: string[] = []
  const untouched: string[] = []
  for (const [name, instances] of said.attributes) {
    const before = old.attributes.get(name) ?? []
    if (mode === 'keep' && before.length > 0 && instances.every((one) => sameInstance(before, one) !== undefined)) {
      untouched.push(name)
      continue
    }
    const after = laid(before, mode === 'keep' ? instances.filter((one) => sameInstance(before, one) === undefined) : instances, mode, at)
    if (after.length === 0) attributes.delete(name)
    else attributes.set(name, after)
    updated.push(name)
  }
  return { state: { ...membersOf(old, said, mode), attributes }, updated, untouched }
}

function membersOf(old: State, said: Said, mode: Mode): State {
  const { expiresAt: before, ...rest } = old
  const expiresAt = said.expiresAt === undefined && mode !== 'replace' ? before : (said.expiresAt ?? undefined)
  return {
    ...rest,
    types: typesAfter(old, said, mode),
    scopes: scopesAfter(old, said, mode),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

/** Types are added, not taken away, but by a replacement (5.6.2, 5.6.3). */
function typesAfter(old: State, { types = [] }: Said, mode: Mode): readonly string[] {
  if (types.length === 0) return old.types
  return mode === 'replace' ? types : [...new Set([...old.types, ...types])]
}

/** PATCH replaces a scope where there is one already (5.6.2.4). */
function scopesAfter(old: State, { scopes }: Said, mode: Mode): readonly string[] {
  if (mode === 'replace') return scopes ?? []
  if (scopes === undefined || (mode === 'update' && old.scopes.length === 0) || (mode === 'keep' && old.scopes.length > 0))
    return old.scopes
  return mode === 'append' ? [...new Set([...old.scopes, ...(scopes ?? [])])] : (scopes ?? [])
}

const sameInstance = (among: readonly Attribute[], { datasetId }: Attribute): Attribute | undefined =>
  among.find((one) => one.datasetId === datasetId)

/** In a replacement, only what is said stays; what is said again as it was is as old as it was. */
function laid(before: readonly Attribute[], instances: readonly Attribute[], mode: Mode, at: Instant): readonly Attribute[] {
  const known = new Map(before.map((one) => [one.datasetId, one]))
  const after = mode === 'replace' ? new Map<string | undefined, Attribute>() : new Map(known)
  for (const one of instances) {
    const old = known.get(one.datasetId)
    if (one.value === null) after.delete(one.datasetId)
    else
      after.set(
        one.datasetId,
        aged(old && (mode === 'merge' || mode === 'part') ? merged(old, one, mode === 'merge') : fresh(one), old, at),
      )
  }
  return [...after.values()]
}

/** Nothing that is new holds what is gone. */
function fresh(one: Attribute): Attribute {
  return { ...one, sub: present(one.sub) }
}

function present(of: Attributes): Attributes {
  if (of.size === 0) return of
  const there = [...of].map(([name, instances]) => [name, instances.filter(({ value }) => value !== null).map(fresh)] as const)
  return new Map(there.filter(([, instances]) => instances.length > 0))
}

/** Written again as it was, it is as old as it was. */
function aged(one: Attribute, old: Attribute | undefined, at: Instant): Attribute {
  const { createdAt: _created, modifiedAt: _modified, ...rest } = one
  if (old?.createdAt === undefined) return { ...rest, createdAt: at, modifiedAt: at }
  return { ...rest, createdAt: old.createdAt, modifiedAt: same(one, old) ? (old.modifiedAt ?? at) : at }
}

export function same(a: Attribute, b: Attribute): boolean {
  return canonical(comparable(a)) === canonical(comparable(b))
}

/** Without what the platform says of it. */
function comparable({ createdAt: _c, modifiedAt: _m, instanceId: _i, deletedAt: _d, sub, ...rest }: Attribute): unknown {
  return { ...rest, sub: Object.fromEntries([...sub].map(([name, all]) => [name, all.map(comparable)])) }
}

/** As RFC 7396 merges: objects member by member, what is null goes, all else is written over. A plain value keeps the kind it had (5.5.12). */
function merged(old: Attribute, one: Attribute, deep: boolean): Attribute {
  const kind = one.kind === 'Property' && one.sub.size === 0 && old.kind !== 'Property' && fits(old, one.value) ? old.kind : one.kind
  const { value: _value, kind: _kind, sub, ...rest } = one
  const value = deep && mergeable(old, kind) ? mergedValue(old.value, one.value) : one.value
  return { ...old, ...rest, kind, value, sub: mergedSub(old.sub, sub, deep) }
}

function fits(old: Attribute, value: Json): boolean {
  return typeof old.value === typeof value && Array.isArray(old.value) === Array.isArray(value)
}

/** A shape is one thing; half of another makes neither. */
function mergeable(old: Attribute, kind: Attribute['kind']): boolean {
  return old.kind === kind && kind !== 'GeoProperty'
}

function mergedSub(old: Attributes, sub: Attributes, deep: boolean): Attributes {
  if (sub.size === 0) return old
  const after = new Map(old)
  for (const [name, instances] of sub) {
    const next = new Map((after.get(name) ?? []).map((one) => [one.datasetId, one]))
    for (const one of instances) {
      const before = next.get(one.datasetId)
      if (one.value === null) next.delete(one.datasetId)
      else next.set(one.datasetId, before ? merged(before, one, deep) : fresh(one))
    }
    if (next.size === 0) after.delete(name)
    else after.set(name, [...next.values()])
  }
  return after
}

function mergedValue(old: Json, value: Json): Json {
  if (!isObject(old) || !isObject(value)) return value
  const after: Record<string, Json> = { ...old }
  for (const [key, part] of Object.entries(value)) {
    if (part === null || part === 'urn:ngsi-ld:null') delete after[key]
    else after[key] = mergedValue(old[key] ?? null, part)
  }
  return after satisfies JsonObject
}

/** A state with nothing in it yet. */
export function emptyState(id: string, types: readonly string[], at: Instant): State {
  return { id, types, scopes: [], createdAt: at, modifiedAt: at, attributes: NONE }
}
