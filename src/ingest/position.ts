/** position: how far a run got, as its cursor: which file up to which line, and what the server said about its version. */
import { isObject } from '../model/json.ts'

export interface Position {
  /** Of the file that is being read. */
  readonly hash?: string
  /** The last row of it that was read; absent: all. */
  readonly line?: number
  /** Files read to their end earlier in the same run. */
  readonly before?: readonly string[]
  readonly etag?: string
  readonly modified?: string
  /** The latest value of the field by which newer rows are asked for. */
  readonly since?: string
}

/** Nothing for a cursor of another kind. */
export function parsePosition(cursor: string | undefined): Position {
  if (cursor === undefined || !cursor.startsWith('{')) return {}
  const value: unknown = JSON.parse(cursor)
  return isObject(value) ? value : {}
}

export const renderPosition = (position: Position): string => JSON.stringify(position)

/** What the server is told so that it answers only when something changed. */
export function conditionsOf({ etag, modified }: Position): Record<string, string> {
  return { ...(etag === undefined ? {} : { 'if-none-match': etag }), ...(modified === undefined ? {} : { 'if-modified-since': modified }) }
}

export function versionOf(headers: Readonly<Record<string, string>>): Pick<Position, 'etag' | 'modified'> {
  const { etag, 'last-modified': modified } = headers
  return { ...(etag === undefined ? {} : { etag }), ...(modified === undefined ? {} : { modified }) }
}
