/** batch-mime: a batch in multipart/mixed, with change sets inside (18-088 req/batch-request), read and answered. */
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { jsonOf } from '../../http/body.ts'
import type { Item, Outcome } from './batch.ts'
import { boundaryOf, broken, headersIn, partsOf, type MimePart } from './multipart.ts'
import type { Answered, Part } from './part.ts'

export function itemsOfMime(text: string, type: string): readonly Item[] {
  return partsOf(text, boundaryOf(type)).map((part): Item => {
    const inner = part.headers['content-type'] ?? ''
    if (!inner.toLowerCase().startsWith('multipart/mixed')) return { is: 'one', part: requestOf(part) }
    return { is: 'set', parts: partsOf(part.content, boundaryOf(inner)).map(requestOf) }
  })
}

/** A request as it would stand on the line: request line, headers, an empty line, body. */
function requestOf({ headers: outer, content }: MimePart): Part {
  if (!(outer['content-type'] ?? '').toLowerCase().startsWith('application/http'))
    throw broken('a part is neither application/http nor multipart/mixed', 'ein Teil ist weder application/http noch multipart/mixed')
  const text = content.trimStart()
  const newline = text.indexOf('\n')
  const line = (newline < 0 ? text : text.slice(0, newline)).trim()
  const [, method, url] = /^([A-Za-z]+)\s+(.+?)(?:\s+HTTP\/\d(?:\.\d)?)?$/.exec(line) ?? []
  if (method === undefined || url === undefined)
    throw broken(`“${line.slice(0, 80)}” is no request line`, `„${line.slice(0, 80)}“ ist keine Anfragezeile`)
  const { headers, rest } = headersIn(newline < 0 ? '' : text.slice(newline + 1))
  const id = outer['content-id'] ?? headers['content-id']
  return {
    ...(id !== undefined && { id: id.replace(/^<(.*)>$/, '$1') }),
    method: method.toUpperCase(),
    url,
    headers,
    body: () => (rest.trim() === '' ? undefined : jsonOf(rest)),
    dependsOn: [],
  }
}

export function mimeOfOutcomes(outcomes: readonly Outcome[]): { readonly type: string; readonly body: string } {
  const boundary = `batch_${randomUUID()}`
  return { type: typeOf(boundary), body: joined(outcomes.map(partOfOutcome), boundary) }
}

const typeOf = (boundary: string): string => `multipart/mixed; boundary=${boundary}`

/** A change set that failed is answered by the one error. */
function partOfOutcome(outcome: Outcome): string {
  if (outcome.is !== 'set') return partOfAnswer(outcome.answer)
  const boundary = `changeset_${randomUUID()}`
  return `content-type: ${typeOf(boundary)}\r\n\r\n${joined(outcome.answers.map(partOfAnswer), boundary)}`
}

function partOfAnswer({ id, status, headers, body }: Answered): string {
  const outer = `content-type: application/http\r\n${id === undefined ? '' : `content-id: ${id}\r\n`}`
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${outer}\r\nHTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body ?? ''}`
}

function joined(parts: readonly string[], boundary: string): string {
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`
}
