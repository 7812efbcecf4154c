/** options: what the connectors for files and for JSON interfaces are told. */
import type { Json } from '../wire.ts'
import type { Detected, Mapping } from './detected.ts'

export type Kind = 'csv' | 'http-json'
/** Where the table is. */
export type Origin = { readonly upload: string; readonly name: string } | { readonly url: string; readonly name: string }
export type Options = Readonly<Record<string, Json>>

export function optionsFor(kind: Kind, origin: Origin, detected: Detected, mapping: Mapping): Options {
  // A mapping is JSON; only its optional members keep TypeScript from seeing it.
  const rows = { mapping: mapping as unknown as Json }
  const { format } = detected.options
  if ('upload' in origin) return { upload: origin.upload, format, ...rows }
  if (kind === 'csv') return { url: origin.url, format, ...rows }
  const { path, crs } = format
  return { url: origin.url, ...(path !== undefined && { path }), ...(crs !== undefined && { crs }), ...rows }
}
