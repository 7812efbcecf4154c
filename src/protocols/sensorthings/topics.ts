/**
 * topics: MQTT topics read into resource paths (18-088 req/create-observations-via-mqtt, req/receive-updates-via-mqtt).
 *
 *   topic   = [ "datasets/" slug "/" ] [ "sta/" ] version "/" ( path [ "/create" ] [ "?" option { "&" option } ] | "$request" )
 *   version = "v1.1" | "v2.0"
 *   option  = "$select=" … | "$expand=" … | "$filter=" …
 *
 * In 2.0 (23-019 req/binding/mqtt) new entities are published at "…/create", and requests of any kind at "v2.0/$request".
 * Topics are compared as texts by MQTT, so nothing in them is decoded.
 */
import { Problem } from '../../problem.ts'
import { parseOptions, type Options } from './options.ts'
import { parsePath, type ResourcePath } from './path.ts'
import { lastOf } from './reading.ts'
import { V1 } from './v1/names.ts'
import { V2 } from './v2/names.ts'
import type { Version } from './version.ts'

export interface Topic {
  /** The slug of the dataset whose door it is. */
  readonly dataset: string | undefined
  readonly version: Version
  /** It is for new entities alone. */
  readonly creates: boolean
  readonly path: ResourcePath
  readonly options: Options
}

const TOPIC = /^(?:datasets\/([^/]+)\/)?(?:sta\/)?(v1\.1|v2\.0)\/([^?]*)(?:\?(.*))?$/s
const REQUESTS = /^(?:datasets\/([^/]+)\/)?(?:sta\/)?v2\.0\/\$request$/
const CREATE = '/create'
const OPTIONS = ['$select', '$expand', '$filter']

export function speaks(topic: string): boolean {
  return TOPIC.test(topic)
}

/** Whether requests are published there; of a dataset's own door its slug. */
export function requestsAt(topic: string): { readonly dataset: string | undefined } | undefined {
  const found = REQUESTS.exec(topic)
  return found === null ? undefined : { dataset: found[1] }
}

/** Devices publish to the same topics again and again. What has options is for listeners, and may say `now()`. */
const parsed = new Map<string, Topic>()
const MOST_PARSED = 10_000
const REMEMBERED = /^[^?]{1,200}$/

/** Throws `not-found` for a path that leads nowhere, `invalid-query` and `not-implemented` for options. */
export function parseTopic(topic: string): Topic {
  const known = parsed.get(topic)
  if (known !== undefined) return known
  const fresh = parse(topic)
  if (!REMEMBERED.test(topic)) return fresh
  if (parsed.size >= MOST_PARSED) parsed.clear()
  parsed.set(topic, fresh)
  return fresh
}

function parse(topic: string): Topic {
  const [, dataset, number, text = '', query] = TOPIC.exec(topic) ?? []
  const version: Version = number === V2.number ? V2 : V1
  const creates = version === V2 && text.endsWith(CREATE)
  const path = parsePath(creates ? text.slice(0, -CREATE.length) : text, version)
  const { step } = lastOf(path)
  const said = saidIn(query ?? '')
  for (const name of Object.keys(said))
    if (!OPTIONS.includes(name)) throw new Problem('not-implemented', `“${name}” is not an option of a topic.`, { parameter: name })
  const options = parseOptions(said, step.type)
  if (options.distinct !== undefined)
    throw new Problem('not-implemented', 'A topic tells of each, not of distinct values.', { parameter: '$select' })
  return { dataset, version, creates, path, options }
}

/** An option begins with a dollar sign, so that `&` may stand in a text. */
function saidIn(query: string): Readonly<Record<string, string>> {
  const said: Record<string, string> = {}
  if (query === '') return said
  for (const part of query.split(/&(?=\$)/)) {
    const at = part.indexOf('=')
    const name = at === -1 ? part : part.slice(0, at)
    if (!name.startsWith('$')) throw new Problem('invalid-query', `“${name}” is not an option of a topic.`, { parameter: name })
    if (name in said) throw new Problem('invalid-query', `${name} is given more than once.`, { parameter: name })
    said[name] = at === -1 ? '' : part.slice(at + 1)
  }
  return said
}
