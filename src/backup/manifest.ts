/** Manifest: what a backup holds: its tables and files, each with the names of its pieces. */
import { isObject, type Json } from '../model/json.ts'
import { Problem } from '../problem.ts'
import type { Migration } from '../store/dump/snapshot.ts'

export interface Manifest {
  readonly format: 1
  readonly taken: string
  /** The release that made it. */
  readonly platform: string
  readonly postgres: string
  readonly migrations: readonly Migration[]
  readonly sequences: Readonly<Record<string, string>>
  readonly tables: readonly TablePart[]
  /** What came in from sources, as it came. */
  readonly files: readonly FilePart[]
  /** Opens the passwords of connected sources; none of them was ever stored where it is missing. */
  readonly secret?: string
}

export interface TablePart {
  readonly name: string
  readonly columns: readonly string[]
  readonly month?: string
  readonly rows: number
  readonly bytes: number
  readonly pieces: readonly string[]
}

export interface FilePart {
  readonly hash: string
  readonly size: number
  readonly pieces: readonly string[]
}

export function parseManifest(text: string, name: string): Manifest {
  const value = jsonOf(text)
  if (isObject(value) && typeof value['format'] === 'number' && value['format'] > 1) throw newer(name)
  if (!isManifest(value)) throw unreadable(name)
  return value
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Looks at all that is used as it is. */
function isManifest(value: unknown): value is Manifest {
  return (
    isRecord(value) &&
    value['format'] === 1 &&
    typeof value['taken'] === 'string' &&
    areAll(value['migrations'], (one) => typeof one['name'] === 'string' && typeof one['hash'] === 'string') &&
    isRecord(value['sequences']) &&
    Object.values(value['sequences']).every((at) => typeof at === 'string' && /^-?\d{1,19}$/.test(at)) &&
    areAll(value['tables'], isTable) &&
    areAll(value['files'], (one) => typeof one['hash'] === 'string' && /^[0-9a-f]{64}$/.test(one['hash']) && areNames(one['pieces'])) &&
    (value['secret'] === undefined || areNames([value['secret']]))
  )
}

function isTable(one: Readonly<Record<string, unknown>>): boolean {
  const { name, columns, month, rows, pieces } = one
  return (
    typeof name === 'string' &&
    Array.isArray(columns) &&
    columns.every((column) => typeof column === 'string') &&
    (month === undefined || (typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month))) &&
    typeof rows === 'number' &&
    areNames(pieces)
  )
}

function areNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && /^[0-9a-f]{64}$/.test(name))
}

function areAll(value: unknown, holds: (one: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isRecord(one) && holds(one))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function unreadable(name: string): Problem {
  return new Problem('conflict', {
    de: `Das Verzeichnis der Sicherung „${name}“ ist beschädigt oder verändert worden. Nehmen Sie eine andere.`,
    en: `The manifest of the backup “${name}” is damaged or was altered. Take another one.`,
  })
}

function newer(name: string): Problem {
  return new Problem('conflict', {
    de: `Die Sicherung „${name}“ hat eine neuere Form, als diese Ausgabe lesen kann.`,
    en: `The backup “${name}” has a newer form than this release can read.`,
  })
}
