/** options: what a LoRaWAN source can be told. */

export interface LorawanOptions {
  /** Source of a payload decoder; absent: what the network server decoded itself. */
  readonly decoder?: string
  /** Type of the devices: "AirQualityObserved". */
  readonly type?: string
  /** Which values become series; absent: all that are found. */
  readonly fields?: readonly Field[]
  /** Also keep signal strength and signal-to-noise ratio. */
  readonly radio?: boolean
}

export interface Field {
  readonly path: string
  readonly attribute?: string
  readonly name?: string
  readonly unit?: string
}

export const LORAWAN_OPTIONS = {
  type: 'object',
  additionalProperties: false,
  properties: {
    type: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_]*$',
      default: 'Device',
      title: { de: 'Art der Geräte', en: 'Type of the devices' },
      description: { de: 'Zum Beispiel AirQualityObserved oder ParkingSpot.', en: 'For example AirQualityObserved or ParkingSpot.' },
    },
    decoder: {
      type: 'string',
      maxLength: 262144,
      format: 'code',
      title: { de: 'Decoder (JavaScript)', en: 'Decoder (JavaScript)' },
      description: {
        de: 'Funktion decodeUplink, wie The Things Stack und ChirpStack sie verwenden. Leer lassen, wenn der Netzwerkserver selbst decodiert.',
        en: 'Function decodeUplink, as The Things Stack and ChirpStack use it. Leave empty when the network server decodes.',
      },
    },
    fields: {
      type: 'array',
      title: { de: 'Messwerte', en: 'Values' },
      description: { de: 'Leer: alle gefundenen Zahlen.', en: 'Empty: all numbers that are found.' },
      items: {
        type: 'object',
        required: ['path'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', title: { de: 'Feld im decodierten Inhalt', en: 'Field in the decoded content' } },
          attribute: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$', title: { de: 'Kurzname', en: 'Short name' } },
          name: { type: 'string', title: { de: 'Bezeichnung', en: 'Name' } },
          unit: { type: 'string', title: { de: 'Einheit', en: 'Unit' } },
        },
      },
    },
    radio: { type: 'boolean', default: false, title: { de: 'Funkwerte speichern (RSSI, SNR)', en: 'Keep radio values (RSSI, SNR)' } },
  },
} as const
