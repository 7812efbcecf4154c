/** options: what every catalogue of others is connected with, and how a reading that was interrupted finds its place again. */
import { AUTHENTICATION, type Authentication } from '../../ingest/authentication.ts'
import { isObject } from '../../model/json.ts'
import { RULES, type Rule } from './rules.ts'

export interface HarvestOptions {
  readonly url: string
  readonly auth?: Authentication
  readonly release?: boolean
  /** Per cent. */
  readonly loss?: number
  readonly rules?: readonly Rule[]
}

/** A catalogue that suddenly lacks more than this share has more likely a fault. */
export const LOSS = 20

export const OPTIONS = {
  type: 'object',
  required: ['url'],
  additionalProperties: false,
  properties: {
    url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 4000, title: { de: 'Adresse', en: 'Address' } },
    auth: AUTHENTICATION,
    release: {
      type: 'boolean',
      default: true,
      title: { de: 'Sofort für alle sichtbar', en: 'Visible to everybody at once' },
      description: {
        de: 'Sonst entstehen Entwürfe, die einzeln freigegeben werden.',
        en: 'Otherwise drafts are made, which are released one by one.',
      },
    },
    loss: {
      type: 'number',
      minimum: 0,
      maximum: 100,
      default: LOSS,
      title: { de: 'Erlaubter Verlust in Prozent', en: 'Loss that is allowed, in per cent' },
      description: {
        de: 'Fehlen der Quelle auf einmal mehr Datensätze, bleiben alle stehen.',
        en: 'If the source lacks more datasets at once, all of them stay.',
      },
    },
    rules: RULES,
  },
} as const

/** Where a reading of the whole source stands. */
export interface Spot {
  readonly sweep: string
  /** The page that comes next. */
  readonly next?: string
  /** Records read so far. */
  readonly done?: number
  /** The latest change that has been seen: from there on the next reading asks. */
  readonly since?: string
}

export function renderSpot(spot: Spot | undefined): string {
  return spot === undefined ? '' : JSON.stringify(spot)
}

export function parseSpot(cursor: string | undefined): Spot | undefined {
  if (!cursor) return undefined
  const spot: unknown = JSON.parse(cursor)
  return isObject(spot) && typeof spot['sweep'] === 'string' ? (spot as unknown as Spot) : undefined
}
