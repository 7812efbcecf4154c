/** multipart: a body of multipart/mixed taken apart (RFC 2046), as far as batches need it. */
import { Problem } from '../../problem.ts'

export interface MimePart {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly content: string
}

const MOST_PARTS = 10_000
const MOST_HEADERS = 50

/** Throws `invalid-body` when the type names no boundary. */
export function boundaryOf(type: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw broken('its Content-Type names no boundary', 'der Content-Type nennt keine boundary')
  return boundary
}

/** What stands before the first boundary and behind the last is passed over. */
export function partsOf(text: string, boundary: string): readonly MimePart[] {
  const parts: MimePart[] = []
  let from: number | undefined
  for (const { at, end, last } of boundariesIn(text, boundary)) {
    if (from !== undefined) parts.push(mimePart(text.slice(from, at)))
    if (parts.length > MOST_PARTS) throw new Problem('too-large', `More than ${MOST_PARTS} parts.`)
    from = end
    if (last) return parts
  }
  throw broken(`the last boundary “--${boundary}--” is missing`, `die letzte boundary „--${boundary}--“ fehlt`)
}

/** The lines that are boundaries: where the content before ends, where that behind begins. */
function* boundariesIn(text: string, boundary: string): Iterable<{ readonly at: number; readonly end: number; readonly last: boolean }> {
  const mark = `--${boundary}`
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    if (at > 0 && text[at - 1] !== '\n') continue
    const newline = text.indexOf('\n', at)
    const rest = text.slice(at + mark.length, newline < 0 ? text.length : newline).trimEnd()
    if (rest !== '' && rest !== '--') continue
    const before = text[at - 2] === '\r' ? at - 2 : at - 1
    yield { at: Math.max(0, before), end: newline < 0 ? text.length : newline + 1, last: rest === '--' }
  }
}

function mimePart(text: string): MimePart {
  const { headers, rest } = headersIn(text)
  return { headers, content: rest }
}

/** Header lines up to an empty one. */
export function headersIn(text: string): { readonly headers: Readonly<Record<string, string>>; readonly rest: string } {
  const headers: Record<string, string> = {}
  let from = 0
  for (let count = 0; from < text.length; count++) {
    const newline = text.indexOf('\n', from)
    const line = text.slice(from, newline < 0 ? text.length : newline).trimEnd()
    from = newline < 0 ? text.length : newline + 1
    if (line === '') break
    const [, name, value] = /^([!#-'*+.^_`|~\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined || count >= MOST_HEADERS)
      throw broken(`“${line.slice(0, 80)}” is no header`, `„${line.slice(0, 80)}“ ist keine Kopfzeile`)
    headers[name.toLowerCase()] = value
  }
  return { headers, rest: text.slice(from) }
}

export function broken(en: string, de: string): Problem {
  return new Problem('invalid-body', { en: `The batch is not well formed: ${en}.`, de: `Der Stapel ist nicht wohlgeformt: ${de}.` })
}
