/** chirpstack-v3: uplinks of ChirpStack v3, which still runs in places: the DevEUI is base64, what was decoded is JSON in a text. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { bytesAt, euiOf, finite, firstTime, listAt, numberAt, tagsOf, textAt, wrong } from './fields.ts'
import type { Device, LoraEvent } from './event.ts'

export function isChirpStackV3(message: JsonObject): boolean {
  return typeof message['devEUI'] === 'string' && typeof message['applicationID'] === 'string'
}

export function parseChirpStackV3(message: JsonObject): LoraEvent {
  if (!Array.isArray(message['rxInfo']) || message['data'] === undefined) return { event: 'other' }
  const device = deviceOf(message)
  const gateways = listAt(message, 'rxInfo')
  const best = gateways.toSorted((a, b) => (finite(b['rssi']) ?? -999) - (finite(a['rssi']) ?? -999))[0] ?? {}
  const time = firstTime([...gateways.map((gateway) => textAt(gateway, 'time')), textAt(message, 'publishedAt')])
  if (time === undefined) throw wrong('/rxInfo/0/time', 'is missing', 'fehlt')
  const [port, counter] = [numberAt(message, 'fPort'), numberAt(message, 'fCnt')]
  const [rssi, snr] = [finite(best['rssi']), finite(best['loRaSNR'])]
  const decoded = decodedOf(message)
  return {
    event: 'uplink',
    device,
    key: `${device.eui}/${textAt(message, 'devAddr') ?? ''}/${counter}/${port}`,
    port,
    counter,
    bytes: bytesAt(message, 'data', ''),
    ...(decoded && { decoded }),
    normalized: [],
    time,
    timeFrom: 'gateway',
    radio: { ...(rssi !== undefined && { rssi }), ...(snr !== undefined && { snr }) },
  }
}

function deviceOf(message: JsonObject): Device {
  const text = textAt(message, 'devEUI') ?? ''
  const eui = euiOf(text.length === 16 ? text : Buffer.from(text, 'base64').toString('hex'), '/devEUI')
  const model = textAt(message, 'deviceProfileName')
  const tags = tagsOf(message)
  return { eui, name: textAt(message, 'deviceName') ?? eui, tags, ...(model && { model }) }
}

function decodedOf(message: JsonObject): JsonObject | undefined {
  if (isObject(message['object'])) return message['object']
  const text = textAt(message, 'objectJSON')
  if (text === undefined) return undefined
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    throw wrong('/objectJSON', 'is not JSON', 'ist kein JSON')
  }
}
