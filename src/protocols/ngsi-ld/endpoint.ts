/** endpoint: where notifications go, and how (5.2.15). */
import { isObject, type Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { refused } from './body.ts'
import { shown } from './members.ts'
import { MEDIA } from './names.ts'

export interface Endpoint {
  readonly uri: string
  readonly accept: string
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly timeout: number
  readonly cooldown?: number
}

const ACCEPTED: readonly string[] = [MEDIA.json, MEDIA.jsonld, MEDIA.geojson]
/** Milliseconds an endpoint has to answer, if it says nothing else, and at most: shorter than a delivery is held. */
const TIMEOUT = { otherwise: 10_000, most: 20_000 }
const LONGEST = 2000
const HEADERS = 50
/** Those that say how a message is carried are ours. */
const OURS =
  /^(host|content-length|content-type|content-encoding|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|link|ngsild-tenant|proxy-.*)$/i

export function parseEndpoint(endpoint: Json | undefined): Endpoint {
  const pointer = '/notification/endpoint'
  if (!isObject(endpoint)) throw refused(pointer, { en: '“endpoint” is missing.', de: '„endpoint“ fehlt.' })
  const { accept = MEDIA.json, receiverInfo, notifierInfo, timeout, cooldown } = endpoint
  if (typeof accept !== 'string' || !ACCEPTED.includes(accept))
    throw refused(`${pointer}/accept`, {
      en: `accept is one of ${ACCEPTED.join(', ')}.`,
      de: `accept ist eines von ${ACCEPTED.join(', ')}.`,
    })
  if (notifierInfo !== undefined) throw notYet('notifierInfo', `${pointer}/notifierInfo`)
  const rest = millisecondsIn(cooldown, `${pointer}/cooldown`)
  return {
    uri: uriIn(endpoint['uri'], `${pointer}/uri`),
    accept,
    headers: headersIn(receiverInfo, `${pointer}/receiverInfo`),
    timeout: Math.min(millisecondsIn(timeout, `${pointer}/timeout`) ?? TIMEOUT.otherwise, TIMEOUT.most),
    ...(rest !== undefined && { cooldown: rest }),
  }
}

function uriIn(value: Json | undefined, pointer: string): string {
  const url = typeof value === 'string' && value.length <= LONGEST ? URL.parse(value) : null
  if (url !== null && /^mqtts?:$/.test(url.protocol)) throw notYet('mqtt', pointer)
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url.href
  throw refused(pointer, {
    en: `“${shown(value)}” is no http or https address without credentials.`,
    de: `„${shown(value)}“ ist keine http- oder https-Adresse ohne Zugangsdaten.`,
  })
}

function headersIn(value: Json | undefined, pointer: string): Readonly<Record<string, string>> {
  if (value === undefined) return {}
  if (!Array.isArray(value) || value.length === 0 || value.length > HEADERS)
    throw refused(pointer, { en: 'This is a list of keys and values.', de: 'Hier steht eine Liste von Schlüsseln und Werten.' })
  return Object.fromEntries((value as readonly Json[]).map((one, i) => headerIn(one, `${pointer}/${i}`)))
}

function headerIn(one: Json, pointer: string): readonly [string, string] {
  const { key, value } = isObject(one) ? one : {}
  const good = typeof key === 'string' && typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(key) && !OURS.test(key)
  if (good && /^[\x20-\x7e]{0,4000}$/.test(value)) return [key.toLowerCase(), value]
  throw refused(pointer, { en: 'This cannot be sent as a header.', de: 'Das kann nicht als Kopfzeile gesendet werden.' })
}

function millisecondsIn(value: Json | undefined, pointer: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && value > 0 && value <= 1e9) return value
  throw refused(pointer, { en: 'This is a number of milliseconds above 0.', de: 'Hier steht eine Zahl von Millisekunden über 0.' })
}

function notYet(what: string, pointer: string): Problem {
  return new Problem(
    'not-implemented',
    { en: `“${what}” is not supported for notifications yet.`, de: `„${what}“ wird für Benachrichtigungen noch nicht unterstützt.` },
    { pointer },
  )
}
