/** json-patch: RFC 6902: operations on a JSON document. The document is not touched; what comes back is another. */
import { isDeepStrictEqual } from 'node:util'
import { isObject, type Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'

/** Throws `invalid-body` with a pointer to the operation, or `conflict` when a test does not hold. */
export function applyPatch(document: Json, operations: Json): Json {
  if (!Array.isArray(operations)) throw wrong(0, 'a JSON Patch is a list of operations')
  return operations.reduce<Json>((value, operation: Json, i) => apply(value, operation, i), document)
}

function apply(document: Json, operation: Json, i: number): Json {
  if (!isObject(operation)) throw wrong(i, 'it is no object')
  const path = pathOf(operation['path'], i)
  const value = (): Json => {
    if (operation['value'] === undefined) throw wrong(i, 'it lacks a value')
    return operation['value']
  }
  const { op } = operation
  switch (typeof op === 'string' ? op : '') {
    case 'add':
      return add(document, path, value(), i)
    case 'remove':
      return remove(document, path, i)
    case 'replace':
      return path.length === 0 ? value() : add(remove(document, path, i), path, value(), i)
    case 'move': {
      const from = pathOf(operation['from'], i)
      if (from.length < path.length && from.every((part, at) => part === path[at])) throw wrong(i, 'nothing moves into itself')
      return add(remove(document, from, i), path, get(document, from, i), i)
    }
    case 'copy':
      return add(document, path, get(document, pathOf(operation['from'], i), i), i)
    case 'test':
      if (isDeepStrictEqual(get(document, path, i), value())) return document
      throw new Problem(
        'conflict',
        { en: `The test of operation ${i} does not hold.`, de: `Die Prüfung von Schritt ${i} trifft nicht zu.` },
        { pointer: `/${i}` },
      )
    default:
      throw wrong(i, 'its “op” is unknown')
  }
}

function wrong(i: number, reason: string): Problem {
  return new Problem('invalid-body', `Operation ${i} cannot be applied: ${reason}.`, { pointer: `/${i}` })
}

function pathOf(text: Json | undefined, i: number): readonly string[] {
  if (typeof text !== 'string' || !/^(?:\/(?:[^~]|~[01])*)?$/s.test(text)) throw wrong(i, 'its path is no JSON pointer')
  return text.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')) // prettier-ignore
}

function get(document: Json, path: readonly string[], i: number): Json {
  return path.reduce<Json>((value, key) => {
    const next = Array.isArray(value)
      ? (value as readonly Json[])[positionOf(key, value.length - 1, i)]
      : isObject(value) && Object.hasOwn(value, key)
        ? value[key]
        : undefined
    if (next === undefined) throw wrong(i, `there is no “${key}”`)
    return next
  }, document)
}

function positionOf(key: string, last: number, i: number): number {
  if (!/^(?:0|[1-9]\d*)$/.test(key) || Number(key) > last) throw wrong(i, `there is no position “${key}”`)
  return Number(key)
}

function add(document: Json, path: readonly string[], value: Json, i: number): Json {
  return change(document, path, i, {
    list: (list, key) => list.toSpliced(key === '-' ? list.length : positionOf(key, list.length, i), 0, value),
    object: (entries, key) => [...entries.filter(([name]) => name !== key), [key, value]],
    whole: () => value,
  })
}

function remove(document: Json, path: readonly string[], i: number): Json {
  get(document, path, i)
  return change(document, path, i, {
    list: (list, key) => list.toSpliced(positionOf(key, list.length - 1, i), 1),
    object: (entries, key) => entries.filter(([name]) => name !== key),
    whole: () => null,
  })
}

interface Change {
  readonly list: (list: readonly Json[], key: string) => readonly Json[]
  readonly object: (entries: readonly (readonly [string, Json])[], key: string) => readonly (readonly [string, Json])[]
  readonly whole: () => Json
}

/** `Object.fromEntries` makes own properties of any name, "__proto__" too. */
function change(document: Json, [key, ...rest]: readonly string[], i: number, how: Change): Json {
  if (key === undefined) return how.whole()
  if (Array.isArray(document)) {
    const list = document as readonly Json[]
    if (rest.length === 0) return how.list(list, key)
    const at = positionOf(key, list.length - 1, i)
    return list.with(at, change(list[at] ?? null, rest, i, how))
  }
  if (!isObject(document)) throw wrong(i, `“${key}” leads into a plain value`)
  if (rest.length === 0) return Object.fromEntries(how.object(Object.entries(document), key))
  if (!Object.hasOwn(document, key)) throw wrong(i, `there is no “${key}”`)
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, name === key ? change(value, rest, i, how) : value]))
}
