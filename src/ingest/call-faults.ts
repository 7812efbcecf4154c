/** call-faults: what can go wrong when another server is called, in plain words, and whether it may pass. */
import { Problem } from '../problem.ts'

/** How many seconds the other side asks us to wait: the cause of a `busy` or `unavailable` Problem. */
export class RetryAfter extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super(`asked to wait ${seconds} s`)
    this.seconds = seconds
  }
}

/** Whether it is worth trying again later. */
export function mayPass(error: unknown): boolean {
  return error instanceof Problem && (error.kind === 'unavailable' || error.kind === 'busy')
}

/** The wait that the other side asked for, in seconds. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof Problem && error.cause instanceof RetryAfter ? error.cause.seconds : undefined
}

type Told = readonly [kind: 'unavailable' | 'forbidden', de: string, en: string]

const CODES: Readonly<Record<string, Told>> = {
  ENOTFOUND: [
    'unavailable',
    'ist im Internet nicht bekannt. Bitte prüfen Sie die Schreibweise',
    'is not known on the internet. Please check the spelling',
  ],
  EAI_AGAIN: ['unavailable', 'kann gerade nicht aufgelöst werden', 'cannot be resolved at the moment'],
  ECONNREFUSED: ['unavailable', 'nimmt keine Verbindung an', 'refuses the connection'],
  ECONNRESET: ['unavailable', 'hat die Verbindung abgebrochen', 'broke the connection'],
  EPIPE: ['unavailable', 'hat die Verbindung abgebrochen', 'broke the connection'],
  EHOSTUNREACH: ['unavailable', 'ist nicht erreichbar', 'cannot be reached'],
  ENETUNREACH: ['unavailable', 'ist nicht erreichbar', 'cannot be reached'],
  ETIMEDOUT: ['unavailable', 'antwortet nicht', 'does not answer'],
  UND_ERR_CONNECT_TIMEOUT: ['unavailable', 'antwortet nicht', 'does not answer'],
  UND_ERR_HEADERS_TIMEOUT: ['unavailable', 'braucht zu lange für eine Antwort', 'takes too long to answer'],
  UND_ERR_BODY_TIMEOUT: ['unavailable', 'hat mitten in der Übertragung aufgehört', 'stopped in the middle of the transfer'],
  UND_ERR_SOCKET: ['unavailable', 'hat die Verbindung abgebrochen', 'broke the connection'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['unavailable', 'hat weniger gesendet als angekündigt', 'sent less than announced'],
  CERT_HAS_EXPIRED: ['forbidden', 'hat ein abgelaufenes Zertifikat', 'has an expired certificate'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['forbidden', 'hat ein selbst ausgestelltes Zertifikat', 'has a self-signed certificate'],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'forbidden',
    'hat ein Zertifikat von einer unbekannten Stelle',
    'has a certificate from an unknown authority',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'forbidden',
    'liefert seine Zertifikatskette nicht vollständig',
    'does not send its whole certificate chain',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'forbidden',
    'hat ein Zertifikat von einer unbekannten Stelle',
    'has a certificate from an unknown authority',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['forbidden', 'hat ein Zertifikat für einen anderen Namen', 'has a certificate for another name'],
  EPROTO: ['forbidden', 'spricht kein https auf dieser Adresse', 'does not speak https at this address'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['forbidden', 'spricht kein https auf dieser Adresse', 'does not speak https at this address'],
  Z_DATA_ERROR: ['unavailable', 'hat fehlerhaft gepackte Daten gesendet', 'sent badly packed data'],
  Z_BUF_ERROR: ['unavailable', 'hat gepackte Daten unvollständig gesendet', 'sent packed data that break off'],
}

/** What the network said, as a Problem; a Problem stays itself, an abort too, and what is not known is a bug. */
export function faultOf(error: unknown, url: URL): unknown {
  if (error instanceof Problem) return error
  const inner = error instanceof Error && error.cause instanceof Problem ? error.cause : undefined
  if (inner !== undefined) return inner
  const told = CODES[codeOf(error) ?? '']
  if (told === undefined) return error
  const [kind, de, en] = told
  return new Problem(kind, { de: `„${url.host}“ ${de}.`, en: `“${url.host}” ${en}.` }, {}, { cause: error })
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause) ?? (error instanceof AggregateError ? codeOf(error.errors[0]) : undefined)
}

/** What a refusing answer means. `retryAfter`: the header, in seconds or as a date. */
export function statusProblem(url: URL, status: number, retryAfter: string | undefined): Problem {
  const host = url.host
  const wait = secondsOf(retryAfter)
  const options = wait === undefined ? {} : { cause: new RetryAfter(wait) }
  if (status === 429)
    return new Problem(
      'busy',
      {
        de: `„${host}“ bittet um eine Pause: Es wurde zu oft abgerufen (429).`,
        en: `“${host}” asks for a pause: it was called too often (429).`,
      },
      {},
      options,
    )
  if (status >= 500 || status === 408)
    return new Problem(
      'unavailable',
      { de: `„${host}“ antwortet mit einem Fehler (${status}).`, en: `“${host}” answers with an error (${status}).` },
      {},
      options,
    )
  if (status === 404 || status === 410)
    return new Problem('not-found', {
      de: `Unter „${url.href}“ gibt es nichts (${status}). Bitte prüfen Sie die Adresse.`,
      en: `There is nothing at “${url.href}” (${status}). Please check the address.`,
    })
  if (status === 401 || status === 403)
    return new Problem('forbidden', {
      de: `„${host}“ lässt den Abruf nicht zu (${status}). Bitte prüfen Sie die Zugangsdaten.`,
      en: `“${host}” does not allow the call (${status}). Please check the credentials.`,
    })
  return new Problem('invalid-query', {
    de: `„${host}“ lehnt die Anfrage ab (${status}).`,
    en: `“${host}” refuses the request (${status}).`,
  })
}

/** Seconds or an HTTP date; undefined when it is neither. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}
