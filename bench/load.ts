/** load: the data of the bench: so many things with one series each, and a year of values at equal steps, by data array as any client could. */

export interface Loaded {
  readonly series: readonly number[]
  readonly observations: number
  readonly seconds: number
}

export const YEAR = { from: Date.UTC(2025, 0, 1), until: Date.UTC(2026, 0, 1) }
const THINGS_AT_ONCE = 8
/** Observations of one request: one series, so many times. */
const CHUNK = 5000

export async function load(url: string, series: number, observations: number, progress: (done: number) => void): Promise<Loaded> {
  const ids = await makeSeries(url, series)
  const each = Math.ceil(observations / series)
  const began = performance.now()
  let done = 0
  const queue = chunks(ids, each)
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      await post(`${url}/sta/v1.1/CreateObservations`, [next.value])
      progress((done += next.value.dataArray.length))
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return { series: ids, observations: done, seconds: (performance.now() - began) / 1000 }
}

export async function makeSeries(url: string, count: number): Promise<number[]> {
  const ids: number[] = []
  let next = 0
  const worker = async () => {
    while (next < count) ids.push(await makeThing(url, next++))
  }
  await Promise.all(Array.from({ length: THINGS_AT_ONCE }, worker))
  return ids
}

async function makeThing(url: string, number: number): Promise<number> {
  const place = { type: 'Point', coordinates: [9.6 + (number % 40) / 1000, 50.28 + Math.floor(number / 40) / 1000] }
  const named = (name: string) => ({ name, description: name })
  const datastream = {
    ...named(`Series ${number}`),
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' },
    Sensor: { ...named(`Sensor ${number}`), encodingType: 'text/plain', metadata: 'none' },
    ObservedProperty: { ...named('Temperature'), definition: `http://example.org/temperature/${number}` },
  }
  const thing = {
    ...named(`Thing ${number}`),
    Locations: [{ ...named(`Place ${number}`), encodingType: 'application/geo+json', location: place }],
    Datastreams: [datastream],
  }
  const answer = await post(`${url}/sta/v1.1/Things`, thing)
  const made = answer.headers.get('location') ?? ''
  const found = (await (await fetch(`${made.replace(/^https?:\/\/[^/]+/, url)}/Datastreams?$select=id`)).json()) as {
    value: { '@iot.id': number }[]
  }
  return found.value[0]?.['@iot.id'] ?? 0
}

interface DataArray {
  readonly Datastream: { readonly '@iot.id': number }
  readonly components: readonly string[]
  readonly dataArray: readonly (readonly [string, number])[]
}

function* chunks(ids: readonly number[], each: number): Generator<DataArray> {
  const step = (YEAR.until - YEAR.from) / each
  for (let from = 0; from < each; from += CHUNK)
    for (const [i, id] of ids.entries()) {
      const size = Math.min(CHUNK, each - from)
      const dataArray = Array.from({ length: size }, (_, k): [string, number] => [
        new Date(YEAR.from + Math.floor((from + k) * step)).toISOString(),
        Math.round(1000 * Math.sin((from + k) / 40 + i)) / 100,
      ])
      yield { Datastream: { '@iot.id': id }, components: ['phenomenonTime', 'result'], dataArray }
    }
}

export async function post(url: string, body: unknown): Promise<Response> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer
}
