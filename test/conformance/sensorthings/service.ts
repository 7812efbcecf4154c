/** service: a SensorThings service of its own for a file of tests, and bodies to fill it with. */
import assert from 'node:assert/strict'
import { startPlatform, type Answer, type Platform } from '../../support/platform.ts'

export const ROOT = '/sta/v1.1'
export const HOST = 'http://localhost:8080'

export interface SensorThings {
  readonly platform: Platform
  ask(call: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Posts, expects 201, answers the id. */
  post(path: string, body: unknown): Promise<number>
  /** Gets, expects 200, answers the JSON. */
  get(path: string): Promise<Answer['json']>
  end(): Promise<void>
}

/** Of 1.1, or of what stands at another root. */
export async function startSensorThings(root = ROOT): Promise<SensorThings> {
  const platform = await startPlatform()
  const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
    const [method, path] = call.split(/ (.*)/s)
    return platform.ask(`${method} ${root}${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
  }
  return {
    platform,
    ask,
    async post(path, body) {
      const answer = await ask(`POST ${path}`, body)
      assert.equal(answer.status, 201, answer.text)
      return idIn(answer.headers['location'])
    },
    async get(path) {
      const answer = await ask(`GET ${path}`)
      assert.equal(answer.status, 200, `${path}: ${answer.text}`)
      return answer.json
    },
    end: () => platform.end(),
  }
}

export function idIn(location: string | undefined): number {
  return Number(/\((\d+)\)$/.exec(location ?? '')?.[1])
}

export const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/'
export const celsius = { name: 'Grad Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' }
export const point = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] })
export const place = (name: string, location: object) => ({ name, description: 'Ort', encodingType: 'application/geo+json', location })
export const sensor = (name: string) => ({ name, description: 'Fühler', encodingType: 'application/pdf', metadata: `http://x/${name}.pdf` })
export const property = (name: string) => ({ name, description: 'Größe', definition: `http://x/${name}` })
export const stream = (name: string, more: object = {}) => ({
  name,
  description: 'Reihe',
  unitOfMeasurement: celsius,
  observationType: `${OM}OM_Observation`,
  ObservedProperty: property(`${name} (Größe)`),
  Sensor: sensor(`Fühler ${name}`),
  ...more,
})
export const thing = (name: string, more: object = {}) => ({ name, description: 'Ding', ...more })
