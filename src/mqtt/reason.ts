/** reason: why something is refused or ended, as MQTT 5 numbers it (clause 2.4), and what a Problem is among those numbers. */
import type { Kind } from '../problem.ts'

export const REASON = {
  success: 0,
  notSubscribed: 0x11,
  malformed: 0x81,
  protocol: 0x82,
  ours: 0x83,
  clientId: 0x85,
  credentials: 0x86,
  notAuthorised: 0x87,
  unavailable: 0x88,
  busy: 0x89,
  stopping: 0x8b,
  method: 0x8c,
  idle: 0x8d,
  takenOver: 0x8e,
  filter: 0x8f,
  topic: 0x90,
  unknownId: 0x92,
  window: 0x93,
  alias: 0x94,
  tooLarge: 0x95,
  quota: 0x97,
  payload: 0x99,
  shared: 0x9e,
  wildcard: 0xa2,
} as const

export type Reason = (typeof REASON)[keyof typeof REASON]

type Table = Partial<Record<Kind, Reason>>

const CONNECTING: Table = { unauthenticated: REASON.credentials, 'not-found': REASON.notAuthorised, forbidden: REASON.notAuthorised, busy: REASON.busy } // prettier-ignore

const PUBLISHING: Table = {
  unauthenticated: REASON.notAuthorised,
  forbidden: REASON.notAuthorised,
  'not-found': REASON.topic,
  'invalid-query': REASON.topic,
  'invalid-body': REASON.payload,
  'unsupported-type': REASON.payload,
  'too-large': REASON.payload,
  busy: REASON.quota,
}

const SUBSCRIBING: Table = {
  unauthenticated: REASON.notAuthorised,
  forbidden: REASON.notAuthorised,
  'not-found': REASON.filter,
  'invalid-query': REASON.filter,
  busy: REASON.quota,
}

export const reasonToConnect = (kind: Kind): Reason => CONNECTING[kind] ?? REASON.unavailable
export const reasonToPublish = (kind: Kind): Reason => PUBLISHING[kind] ?? REASON.ours
export const reasonToSubscribe = (kind: Kind): Reason => SUBSCRIBING[kind] ?? REASON.ours

/** CONNACK before MQTT 5 knows five reasons. */
const RETURN_CODES: Partial<Record<Reason, number>> = { [REASON.clientId]: 2, [REASON.credentials]: 4, [REASON.method]: 4, [REASON.notAuthorised]: 5 } // prettier-ignore

export const returnCodeOf = (reason: Reason): number => RETURN_CODES[reason] ?? 3
