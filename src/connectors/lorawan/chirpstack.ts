/** chirpstack: HTTP integration events of ChirpStack v4, told apart by what they carry: the `event` parameter need not be there. */
import { isObject, type JsonObject } from '../../model/json.ts'
import { bytesAt, euiOf, finite, firstTime, listAt, numberAt, objectAt, tagsOf, textAt, wrong } from './fields.ts'
import type { Device, LoraEvent, Place } from './event.ts'

export function isChirpStack(message: JsonObject): boolean {
  return isObject(message['deviceInfo'])
}

export function parseChirpStack(message: JsonObject): LoraEvent {
  const isUplink =
    Array.isArray(message['rxInfo']) && (message['data'] !== undefined || message['fPort'] !== undefined || message['object'] !== undefined)
  if (isUplink) return parseUplink(message)
  const place = placeOf(objectAt(message, 'location'))
  const values = Object.fromEntries(
    STATUS.flatMap(([key, attribute]) => (finite(message[key]) === undefined ? [] : [[attribute, numberAt(message, key)]])),
  )
  if (place === undefined && Object.keys(values).length === 0) return { event: 'other' }
  return { event: 'status', device: deviceOf(message, place), time: timeOf(message), values }
}

const STATUS = [
  ['batteryLevel', 'batteryLevel'],
  ['margin', 'linkMargin'],
] as const

function parseUplink(message: JsonObject): LoraEvent {
  const device = deviceOf(message, undefined)
  const gateways = listAt(message, 'rxInfo')
  const best = gateways.toSorted((a, b) => (finite(b['rssi']) ?? -999) - (finite(a['rssi']) ?? -999))[0] ?? {}
  const heard = firstTime(gateways.map((gateway) => textAt(gateway, 'time') ?? textAt(gateway, 'nsTime')))
  const [port, counter] = [numberAt(message, 'fPort'), numberAt(message, 'fCnt')]
  const [rssi, snr] = [finite(best['rssi']), finite(best['snr'])]
  const decoded = message['object']
  return {
    event: 'uplink',
    device,
    key: `${device.eui}/${textAt(message, 'devAddr') ?? ''}/${counter}/${port}`,
    port,
    counter,
    bytes: bytesAt(message, 'data', ''),
    ...(isObject(decoded) && { decoded }),
    normalized: [],
    time: heard ?? timeOf(message),
    timeFrom: heard === undefined ? 'server' : 'gateway',
    radio: { ...(rssi !== undefined && { rssi }), ...(snr !== undefined && { snr }) },
  }
}

function timeOf(message: JsonObject): string {
  const time = firstTime([textAt(message, 'time')])
  if (time === undefined) throw wrong('/time', 'is missing or no time', 'fehlt oder ist keine Zeitangabe')
  return time
}

function deviceOf(message: JsonObject, place: Place | undefined): Device {
  const info = objectAt(message, 'deviceInfo')
  const eui = euiOf(textAt(info, 'devEui'), '/deviceInfo/devEui')
  const model = textAt(info, 'deviceProfileName')
  const tags = tagsOf(info)
  return { eui, name: textAt(info, 'deviceName') ?? eui, ...(model && { model }), tags, ...(place && { place }) }
}

function placeOf(location: JsonObject): Place | undefined {
  const [latitude, longitude, altitude] = [finite(location['latitude']), finite(location['longitude']), finite(location['altitude'])]
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude, longitude, ...(altitude !== undefined && { altitude }) }
}
