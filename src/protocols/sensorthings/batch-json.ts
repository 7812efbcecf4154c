/** batch-json: a batch in the JSON of OData 4.01, read and answered. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { dependent, type Item, type Outcome } from './batch.ts'
import { refused } from './body.ts'
import type { Incoming } from './call.ts'
import type { Answered, Part } from './part.ts'

/** A group stands where its first request does. Throws `invalid-body` with the pointer. */
export function itemsOfJson(body: Json): readonly Item[] {
  const requests = isObject(body) ? body['requests'] : undefined
  if (!Array.isArray(requests))
    throw refused('/requests', { en: 'A batch has a list of requests.', de: 'Ein Stapel hat eine Liste „requests“.' })
  const groups = new Map<string, Part[]>()
  const ids = new Set<string>()
  const items: Item[] = []
  for (const [i, request] of (requests as readonly Json[]).entries()) {
    const { part, group } = partOf(request, `/requests/${i}`)
    if (part.id !== undefined && ids.has(part.id)) throw refused(`/requests/${i}/id`, { en: 'This id is there already.', de: 'Diese id gibt es schon.' }) // prettier-ignore
    ids.add(part.id ?? '')
    if (group === undefined) items.push({ is: 'one', part })
    else if (groups.has(group)) groups.get(group)?.push(part)
    else {
      const parts = [part]
      groups.set(group, parts)
      items.push({ is: 'set', id: group, parts })
    }
  }
  return items
}

function partOf(request: Json, pointer: string): { readonly part: Part; readonly group: string | undefined } {
  if (!isObject(request)) throw refused(pointer, { en: 'A request is an object.', de: 'Eine Anfrage ist ein Objekt.' })
  if (request['if'] !== undefined)
    throw new Problem('not-implemented', { en: 'Conditions (“if”) are not supported.', de: 'Bedingungen („if“) werden nicht unterstützt.' }, { pointer: `${pointer}/if` }) // prettier-ignore
  const method = wordOf(request, 'method', pointer).toUpperCase()
  const body = request['body']
  const group = request['atomicityGroup'] === undefined ? undefined : wordOf(request, 'atomicityGroup', pointer)
  const part: Part = {
    id: wordOf(request, 'id', pointer),
    method,
    url: wordOf(request, 'url', pointer),
    headers: headersOf(request['headers'], `${pointer}/headers`),
    body: () => body,
    dependsOn: namesOf(request['dependsOn'], `${pointer}/dependsOn`),
  }
  return { part, group }
}

function wordOf(request: JsonObject, name: string, pointer: string): string {
  const value = request[name]
  if (typeof value === 'string' && value !== '') return value
  if (name === 'id' && typeof value === 'number') return String(value)
  throw refused(`${pointer}/${name}`, { en: `A request has its ${name}.`, de: `Zu einer Anfrage gehört: ${name}.` })
}

function headersOf(headers: Json | undefined, pointer: string): Readonly<Record<string, string>> {
  if (headers === undefined || headers === null) return {}
  if (!isObject(headers)) throw refused(pointer, { en: 'Headers are an object.', de: 'Kopfzeilen sind ein Objekt.' })
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

function namesOf(names: Json | undefined, pointer: string): readonly string[] {
  if (names === undefined || names === null) return []
  if (!Array.isArray(names)) throw refused(pointer, { en: 'A list of ids is expected.', de: 'Hier wird eine Liste von ids erwartet.' })
  return (names as readonly Json[]).map(String)
}

export function jsonOfOutcomes(outcomes: readonly Outcome[], request: Incoming): string {
  const answers = outcomes.flatMap((outcome): readonly Answered[] => {
    if (outcome.is === 'one') return [outcome.answer]
    if (outcome.is === 'set') return outcome.answers
    return outcome.parts.map((part, i) => (i === outcome.at ? outcome.answer : dependent(part, outcome.parts[outcome.at]?.id, request)))
  })
  return `{"responses":[${answers.map(textOf).join(',')}]}`
}

/** A JSON body is laid in as it is. */
function textOf({ id, status, headers, body }: Answered): string {
  const location = headers['location'] === undefined ? '' : `,"location":${JSON.stringify(headers['location'])}`
  const json = headers['content-type']?.startsWith('application/json') ?? false
  const shown = body === undefined || body === '' ? '' : `,"body":${json ? body : JSON.stringify(body)}`
  return `{"id":${JSON.stringify(id ?? '')},"status":${status}${location},"headers":${JSON.stringify(headers)}${shown}}`
}
