/** event: what a network server says of a device, in one shape, whichever server it was. */
import type { JsonObject } from '../../model/json.ts'
import type { Instant } from '../../model/time.ts'

export interface Device {
  /** DevEUI, 16 hex digits in lower case. */
  readonly eui: string
  readonly name: string
  /** Make and model, or the device profile. */
  readonly model?: string
  readonly tags: Readonly<Record<string, string>>
  readonly place?: Place
}

export interface Place {
  readonly longitude: number
  readonly latitude: number
  readonly altitude?: number
}

export interface Uplink {
  readonly event: 'uplink'
  readonly device: Device
  /** Device, session and counter: the same uplink has the same key, however often it is delivered. */
  readonly key: string
  readonly port: number
  readonly counter: number
  readonly bytes: Uint8Array
  /** What the server's own decoder made of it. */
  readonly decoded?: JsonObject
  /** The Things Stack's normalised measurements, each perhaps with a time of its own. */
  readonly normalized: readonly JsonObject[]
  readonly time: Instant
  readonly timeFrom: 'gateway' | 'server'
  readonly radio: { readonly rssi?: number; readonly snr?: number }
}

export interface Status {
  readonly event: 'status'
  readonly device: Device
  readonly time: Instant
  readonly values: Readonly<Record<string, number>>
}

/** Joins, acknowledgements, downlinks, logs: nothing is measured. */
export interface Other {
  readonly event: 'other'
}

export type LoraEvent = Uplink | Status | Other
