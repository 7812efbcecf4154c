/** problem-json: a Problem as application/problem+json (RFC 9457), what a library refuses as a Problem, and anything else as a 500 that tells nothing. */
import { Problem, type Kind } from '../problem.ts'
import { LARGEST } from './body.ts'

export type Language = 'de' | 'en'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: unknown
}

export function problemJson(problem: Problem, language: Language): Answer {
  const { kind, status, at } = problem
  return {
    status,
    type: 'application/problem+json; charset=utf-8',
    body: {
      type: `urn:allmende:problem:${kind}`,
      title: TITLES[kind][language],
      status,
      detail: problem.in(language),
      ...(Object.keys(at).length > 0 && { at }),
    },
  }
}

export function crashJson(language: Language, id: string): Answer {
  const detail =
    language === 'de'
      ? `Das ist ein Fehler der Plattform. Im Protokoll steht er unter ${id}.`
      : `This is a fault of the platform. The log has it as ${id}.`
  return {
    status: 500,
    type: 'application/problem+json; charset=utf-8',
    body: { type: 'about:blank', title: language === 'de' ? 'Interner Fehler' : 'Internal Server Error', status: 500, detail },
  }
}

/** What the HTTP library refuses before a handler runs. */
const REFUSED: Readonly<Record<number, { readonly kind: Kind; readonly de: string; readonly en?: string }>> = {
  400: { kind: 'invalid-body', de: 'Die Anfrage ist nicht lesbar.' },
  404: { kind: 'not-found', de: 'Das gibt es hier nicht.' },
  413: {
    kind: 'too-large',
    de: `Der Inhalt ist größer als ${LARGEST / 1024 / 1024} MB. Große Dateien laden Sie bitte hoch, viele Werte senden Sie in Teilen.`,
    en: `The body is larger than ${LARGEST / 1024 / 1024} MB. Please upload large files, and send many values in parts.`,
  },
  414: { kind: 'invalid-query', de: 'Die Adresse ist zu lang.' },
  415: { kind: 'unsupported-type', de: 'Diese Art von Inhalt wird hier nicht angenommen. Bitte prüfen Sie den Kopf „Content-Type“.' },
  429: { kind: 'busy', de: 'Zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal.' },
  503: { kind: 'unavailable', de: 'Die Plattform ist gerade nicht erreichbar.' },
}

/** A Problem for an error that is the caller's; undefined for one that is ours. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  const refused = REFUSED[error.statusCode]
  return refused && new Problem(refused.kind, { de: refused.de, en: refused.en ?? error.message }, {}, { cause: error })
}

const TITLES: Readonly<Record<Kind, { readonly de: string; readonly en: string }>> = {
  'invalid-body': { de: 'Der Inhalt ist nicht verständlich', en: 'The body is not valid' },
  'invalid-query': { de: 'Die Anfrage ist nicht verständlich', en: 'The query is not valid' },
  unauthenticated: { de: 'Anmeldung nötig', en: 'Not signed in' },
  forbidden: { de: 'Dazu fehlt das Recht', en: 'Not allowed' },
  'not-found': { de: 'Nicht gefunden', en: 'Not found' },
  'not-acceptable': { de: 'In diesem Format nicht vorhanden', en: 'Not available in this format' },
  conflict: { de: 'Widerspruch zu Vorhandenem', en: 'Conflict with what is there' },
  gone: { en: 'Gone', de: 'Nicht mehr da' },
  'too-large': { de: 'Zu groß', en: 'Too large' },
  'unsupported-type': { de: 'Dieses Format wird hier nicht gelesen', en: 'This format is not read here' },
  busy: { de: 'Gerade ausgelastet', en: 'Busy' },
  'not-implemented': { de: 'Wird nicht unterstützt', en: 'Not supported' },
  unavailable: { de: 'Gerade nicht verfügbar', en: 'Not available' },
}
