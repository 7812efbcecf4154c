/** things-stack: webhook messages of The Things Stack v3 (The Things Network), bare or as console and storage events wrap them. */
import { isObject, type JsonObject } from '../../model/json.ts'
import { bytesAt, euiOf, finite, firstTime, listAt, numberAt, objectAt, textAt, wrong } from './fields.ts'
import type { Device, LoraEvent, Place } from './event.ts'

export function isThingsStack(message: JsonObject): boolean {
  return isObject(message['end_device_ids']) || isObject(objectAt(message, 'data')['end_device_ids'])
}

export function parseThingsStack(outer: JsonObject): LoraEvent {
  const message = isObject(outer['end_device_ids']) ? outer : objectAt(outer, 'data')
  const uplink = message['uplink_message']
  if (isObject(uplink)) return parseUplink(message, uplink)
  return parseLocation(message) ?? { event: 'other' }
}

function parseUplink(message: JsonObject, uplink: JsonObject): LoraEvent {
  const device = deviceOf(message, objectAt(uplink, 'version_ids'), placeOf(objectAt(objectAt(uplink, 'locations'), 'user')))
  const gateways = listAt(uplink, 'rx_metadata')
  const best = gateways.toSorted((a, b) => (finite(b['rssi']) ?? -999) - (finite(a['rssi']) ?? -999))[0] ?? {}
  const heard = firstTime(gateways.map((gateway) => textAt(gateway, 'time')).toSorted(byTime))
  const time = heard ?? firstTime([textAt(uplink, 'received_at'), textAt(message, 'received_at')])
  if (time === undefined) throw wrong('/received_at', 'is missing', 'fehlt')
  const session = textAt(uplink, 'session_key_id') ?? textAt(objectAt(message, 'end_device_ids'), 'dev_addr') ?? ''
  const [port, counter] = [numberAt(uplink, 'f_port'), numberAt(uplink, 'f_cnt')]
  const decoded = uplink['decoded_payload']
  return {
    event: 'uplink',
    device,
    key: `${device.eui}/${session}/${counter}/${port}`,
    port,
    counter,
    bytes: bytesAt(uplink, 'frm_payload', '/uplink_message'),
    ...(isObject(decoded) && { decoded }),
    normalized: listAt(uplink, 'normalized_payload'),
    time,
    timeFrom: heard === undefined ? 'server' : 'gateway',
    radio: radioOf(best),
  }
}

/** Missing times last. */
function byTime(a: string | undefined, b: string | undefined): number {
  return (a ?? '9') < (b ?? '9') ? -1 : 1
}

function radioOf(gateway: JsonObject) {
  const [rssi, snr] = [finite(gateway['rssi']), finite(gateway['snr'])]
  return { ...(rssi !== undefined && { rssi }), ...(snr !== undefined && { snr }) }
}

function deviceOf(message: JsonObject, version: JsonObject, place: Place | undefined): Device {
  const ids = objectAt(message, 'end_device_ids')
  const eui = euiOf(textAt(ids, 'dev_eui'), '/end_device_ids/dev_eui')
  const model = [textAt(version, 'brand_id'), textAt(version, 'model_id')].filter((part) => part !== undefined).join(' ')
  return { eui, name: textAt(ids, 'device_id') ?? eui, ...(model !== '' && { model }), tags: {}, ...(place && { place }) }
}

function parseLocation(message: JsonObject): LoraEvent | undefined {
  const solved = objectAt(message, 'location_solved')
  const place = placeOf(objectAt(solved, 'location'))
  const time = firstTime([textAt(message, 'received_at')])
  if (place === undefined || time === undefined) return undefined
  return { event: 'status', device: deviceOf(message, {}, place), time, values: {} }
}

function placeOf(location: JsonObject): Place | undefined {
  const [latitude, longitude, altitude] = [finite(location['latitude']), finite(location['longitude']), finite(location['altitude'])]
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude, longitude, ...(altitude !== undefined && { altitude }) }
}
