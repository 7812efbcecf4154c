/** format: how the bytes of a source are to be read; what is left out is found from its first bytes. */
import { Problem } from '../../problem.ts'

export const FORMATS = ['csv', 'json', 'jsonl', 'geojson', 'xlsx'] as const
export type FormatName = (typeof FORMATS)[number]

export interface Format {
  readonly format?: FormatName
  /** "utf-8", "windows-1252", any name that iconv knows. */
  readonly encoding?: string
  readonly delimiter?: string
  /** The first header row, counted from 1 without blank lines, and how many rows it has; 0 rows: the columns are named 1, 2, 3, … */
  readonly header?: { readonly row: number; readonly rows: number }
  /** Name of the file in a ZIP, with * and ? for any letters. */
  readonly entry?: string
  /** Name of the sheet; the first one with content when left out. */
  readonly sheet?: string
  /** JSON pointer to the array of rows: "/items". */
  readonly path?: string
  /** Reference system of GeoJSON that does not say its own: "EPSG:25832". */
  readonly crs?: string
}

/** Bounds of what is read; a source beyond them is refused, not the process endangered. */
export const LIMITS = {
  /** Characters of one line, bytes of one JSON element. */
  record: 1_048_576,
  /** Depth of JSON. */
  depth: 100,
  columns: 4096,
  /** Bytes that a ZIP or a sheet may unpack to, in all and per packed byte. */
  unpacked: 2_147_483_648,
  ratio: 200,
  entries: 2000,
  /** Bytes of texts that a sheet's cells share; they have to be held. */
  sharedStrings: 268_435_456,
  /** Bytes looked at to find out what a source is. */
  head: 262_144,
} as const

export function tooLarge(de: string, en: string, at: { file?: string | undefined; line?: number; pointer?: string } = {}): Problem {
  return new Problem('too-large', { de, en }, placeOf(at))
}

export function unreadable(de: string, en: string, at: { file?: string | undefined; line?: number; pointer?: string } = {}): Problem {
  return new Problem('invalid-body', { de, en }, placeOf(at))
}

function placeOf({ file, ...at }: { file?: string | undefined; line?: number; pointer?: string }) {
  return file === undefined ? at : { ...at, file }
}
