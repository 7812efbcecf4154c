/** lorawan: uplinks of LoRaWAN devices, pushed by The Things Stack v3 or ChirpStack v4. */
import type { Connector, Rejected, Run } from '../../ingest/connector.ts'
import { decodePayload } from '../../ingest/sandbox.ts'
import type { Draft, ObservationDraft, SeriesDraft } from '../../model/draft.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { seriesUnit } from '../../model/units.ts'
import { Problem } from '../../problem.ts'
import { isChirpStack, parseChirpStack } from './chirpstack.ts'
import { isChirpStackV3, parseChirpStackV3 } from './chirpstack-v3.ts'
import type { Device, LoraEvent, Status, Uplink } from './event.ts'
import { LORAWAN_OPTIONS, type Field, type LorawanOptions } from './options.ts'
import { isThingsStack, parseThingsStack } from './things-stack.ts'
import { firstTime, textAt } from './fields.ts'
import { valuesOf, type Value } from './values.ts'

export const lorawan: Connector<LorawanOptions> = {
  name: 'lorawan',
  title: { de: 'LoRaWAN-Sensoren (The Things Stack, ChirpStack)', en: 'LoRaWAN sensors (The Things Stack, ChirpStack)' },
  mode: 'push',
  options: LORAWAN_OPTIONS,
  async *read(options, run) {
    if (run.input === undefined)
      throw new Problem('invalid-body', {
        en: 'This source waits for messages and cannot be asked.',
        de: 'Diese Quelle wartet auf Meldungen und lässt sich nicht abfragen.',
      })
    const content = (await run.input.json()) as Json
    yield* readMessages(options, Array.isArray(content) ? content : [content], run)
  },
  again: (options, rows, run) => readMessages(options, rows as readonly Json[], run),
}

async function* readMessages(options: LorawanOptions, messages: readonly Json[], run: Run): AsyncIterable<Draft | Rejected> {
  for (const [i, message] of messages.entries()) {
    run.row(message, i + 1)
    try {
      yield* await draftsOf(options, parseMessage(message))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      yield {
        draft: 'rejected',
        reason: error.said,
        line: i + 1,
        row: message,
        ...(error.at.pointer !== undefined && { column: error.at.pointer }),
      }
    }
    run.progress(i + 1, messages.length)
  }
}

export function parseMessage(message: Json): LoraEvent {
  if (isObject(message) && isThingsStack(message)) return parseThingsStack(message)
  if (isObject(message) && isChirpStack(message)) return parseChirpStack(message)
  if (isObject(message) && isChirpStackV3(message)) return parseChirpStackV3(message)
  throw new Problem('invalid-body', {
    en: 'This is neither a message of The Things Stack v3 nor one of ChirpStack.',
    de: 'Das ist weder eine Meldung von The Things Stack v3 noch eine von ChirpStack.',
  })
}

async function draftsOf(options: LorawanOptions, event: LoraEvent): Promise<readonly Draft[]> {
  switch (event.event) {
    case 'other':
      return []
    case 'status':
      return [deviceDraft(options, event), ...seriesAndValues(event.device, event.time, statusValues(event), options)]
    case 'uplink':
      return [deviceDraft(options, event), ...(await uplinkDrafts(options, event))]
  }
}

function statusValues({ values }: Status): readonly Value[] {
  return Object.entries(values).map(([path, value]) => ({ path, value, ...(path === 'batteryLevel' && { unit: '%', name: 'Batterie' }) }))
}

function deviceDraft({ type = 'Device' }: LorawanOptions, { device: { eui, name, model, tags, place }, time }: Status | Uplink): Draft {
  return {
    draft: 'entity',
    iri: iriOf(eui),
    type,
    name,
    attributes: { devEui: eui, ...(model !== undefined && { model }), ...tags },
    ...(place && { geometry: { type: 'Point', coordinates: positionOf(place) }, at: time }),
  }
}

function positionOf({ longitude, latitude, altitude }: NonNullable<Device['place']>): number[] {
  return altitude === undefined ? [longitude, latitude] : [longitude, latitude, altitude]
}

export const iriOf = (eui: string): string => `urn:ngsi-ld:Device:${eui}`

async function uplinkDrafts(options: LorawanOptions, uplink: Uplink): Promise<readonly Draft[]> {
  const quality = { source: uplink.key, time: uplink.timeFrom }
  if (options.decoder === undefined && uplink.decoded === undefined && uplink.normalized.length > 0)
    return uplink.normalized.flatMap((one) =>
      seriesAndValues(uplink.device, firstTime([textAt(one, 'time')]) ?? uplink.time, valuesOf(one), options, quality),
    )
  const values = [...valuesOf(await decoded(options, uplink)), ...(options.radio ? radioValues(uplink) : [])]
  return seriesAndValues(uplink.device, uplink.time, values, options, quality)
}

async function decoded({ decoder }: LorawanOptions, { decoded, bytes, port, time, device }: Uplink): Promise<JsonObject> {
  if (decoder !== undefined && decoder.trim() !== '')
    return (await decodePayload(decoder, { bytes, port, time, variables: device.tags })).data
  if (decoded !== undefined) return decoded
  throw new Problem('invalid-body', {
    en: 'The network server sent no decoded content, and no decoder is set for this source.',
    de: 'Der Netzwerkserver hat keinen decodierten Inhalt gesendet, und für diese Quelle ist kein Decoder hinterlegt.',
  })
}

function radioValues({ radio: { rssi, snr } }: Uplink): readonly Value[] {
  return [
    ...(rssi === undefined ? [] : [{ path: 'rssi', value: rssi, unit: 'dBm', name: 'RSSI' }]),
    ...(snr === undefined ? [] : [{ path: 'snr', value: snr, unit: 'dB', name: 'SNR' }]),
  ]
}

function seriesAndValues(
  device: Device,
  time: string,
  values: readonly Value[],
  { fields }: LorawanOptions,
  quality?: JsonObject,
): readonly Draft[] {
  return values.flatMap((value): (SeriesDraft | ObservationDraft)[] => {
    const field = fieldOf(value, fields)
    if (field === undefined) return []
    const series = seriesDraft(device, value, field)
    const { entity, attribute } = series
    return [series, { draft: 'observation', entity, attribute, time, result: value.value, once: true, ...(quality && { quality }) }]
  })
}

/** What every device has, whichever fields were chosen. */
const ALWAYS: readonly string[] = ['rssi', 'snr', 'batteryLevel', 'linkMargin']

function fieldOf({ path }: Value, fields: readonly Field[] | undefined): Field | undefined {
  if (!fields?.length || ALWAYS.includes(path)) return { path }
  return fields.find((field) => field.path === path)
}

function seriesDraft({ eui, model }: Device, { path, value, unit, name }: Value, field: Field): SeriesDraft {
  const title = field.name ?? name ?? path
  return {
    draft: 'series',
    entity: iriOf(eui),
    attribute: field.attribute ?? attributeOf(path),
    name: title,
    unit: seriesUnit(field.unit ?? unit),
    property: { name: title },
    ...(model !== undefined && { sensor: { name: model } }),
    ...(typeof value === 'boolean' && { observationType: TRUTH }),
  }
}

const TRUTH = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_TruthObservation'

/** "air.temperature" → "air_temperature": letters, digits and underscores, as NGSI-LD names have them. */
function attributeOf(path: string): string {
  const name = path.replaceAll(/[^A-Za-z0-9_]+/g, '_').replaceAll(/^_+|_+$/g, '')
  return /^[A-Za-z]/.test(name) ? name : `v_${name}`
}
