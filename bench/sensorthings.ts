/** sensorthings: what readers of SensorThings ask at once: a whole network with its latest values, one filter over a million results, a district among 100,000 places. */
import { post } from './load.ts'
import { rate, single, type Rate } from './rate.ts'

export interface Network {
  /** Milliseconds for all Things with their Datastreams and the latest Observation of each, alone. */
  readonly whole: number
  /** The same in pages of 100. */
  readonly pages: Rate
}

const STREAMS = 5
const AT_ONCE = 8

/** So many Things with five Datastreams each, of which every one has a hundred Observations. */
export async function networkRate(url: string, things: number): Promise<Network> {
  const ids = await inParallel(things, (number) => makeStation(url, number))
  const [from, to] = [Math.min(...ids), Math.max(...ids)]
  const mine = `$filter=${encodeURIComponent(`id ge ${from} and id le ${to}`)}`
  const expand = `$expand=${encodeURIComponent('Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))')}`
  const whole = await single(url, `/sta/v1.1/Things?$top=${things}&${mine}&${expand}`, 7)
  const pages = Array.from({ length: things / 100 }, (_, i) => ({ path: `/sta/v1.1/Things?$top=100&$skip=${i * 100}&${mine}&${expand}` }))
  return { whole, pages: await rate(url, 8, pages) }
}

/** Milliseconds from sending an array of so many observations until they are durable, the median of eleven. */
export async function arrayTime(url: string, series: number, rows: number): Promise<number> {
  const took: number[] = []
  for (let turn = 0; turn < 11; turn++) {
    const body = dataArray(series, rows, Date.UTC(2027, turn))
    const began = performance.now()
    await (await post(`${url}/sta/v1.1/CreateObservations`, body)).arrayBuffer()
    took.push(performance.now() - began)
  }
  return took.toSorted((a, b) => a - b)[5] ?? NaN
}

export interface Filtered {
  /** Milliseconds for the hundred in time order that fulfil it, of which there are many. */
  readonly many: number
  /** For the few that do, found only at the end of looking through all, with their count. */
  readonly few: number
}

/** A filter on results within one Datastream of so many Observations. */
export async function filterTime(url: string, series: number, count: number): Promise<Filtered> {
  const rows = 10_000
  for (let i = 0; i < count / rows; i++)
    await (
      await post(`${url}/sta/v1.1/CreateObservations`, dataArray(series, rows, Date.UTC(2028, 0) + i * rows * 1000, i === 0))
    ).arrayBuffer()
  const path = (filter: string) => `/sta/v1.1/Datastreams(${series})/Observations?$count=true&$filter=${encodeURIComponent(filter)}`
  return { many: await single(url, path('result gt 0'), 7), few: await single(url, path('result gt 1000'), 7) }
}

export interface Placed {
  /** Milliseconds for a page of 100 of the thousandth that lies in a square, and with their count. */
  readonly square: number
  /** For those in a shape with 200 corners. */
  readonly district: number
}

/** So many FeaturesOfInterest, of which a spatial filter wants a few. */
export async function spatialTime(url: string, count: number): Promise<Placed> {
  const side = Math.ceil(Math.sqrt(count))
  await inParallel(count / 1000, async (thousand) => {
    const requests = Array.from({ length: 1000 }, (_, i) => featureRequest(thousand * 1000 + i, side))
    await (await post(`${url}/sta/v1.1/$batch`, { requests })).arrayBuffer()
    return thousand
  })
  const path = (wkt: string) =>
    `/sta/v1.1/FeaturesOfInterest?$count=true&$filter=${encodeURIComponent(`st_within(feature, geography'${wkt}')`)}`
  return { square: await single(url, path(around(4, 32)), 7), district: await single(url, path(around(200, 100)), 7) }
}

function featureRequest(number: number, side: number): object {
  const coordinates = [8 + (number % side) * STEP, 50 + Math.floor(number / side) * STEP]
  const body = { name: `F${number}`, description: '', encodingType: 'application/geo+json', feature: { type: 'Point', coordinates } }
  return { id: String(number), method: 'post', url: 'FeaturesOfInterest', body }
}

const STEP = 0.001

/** A ring of so many corners around so many places. */
function around(corners: number, width: number): string {
  const radius = (width / Math.SQRT2) * STEP
  const ring = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / corners
    return `${(8.1 + radius * Math.cos(angle)).toFixed(6)} ${(50.1 + radius * Math.sin(angle)).toFixed(6)}`
  })
  return `POLYGON((${[...ring, ring[0]].join(', ')}))`
}

async function makeStation(url: string, number: number): Promise<number> {
  const named = (name: string) => ({ name, description: name })
  const datastream = (i: number) => ({
    ...named(`Station ${number}, ${i}`),
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' },
    Sensor: { ...named(`Sensor ${number}, ${i}`), encodingType: 'text/plain', metadata: 'none' },
    ObservedProperty: { ...named(`Property ${i}`), definition: `http://example.org/station/${number}/${i}` },
    Observations: Array.from({ length: 100 }, (_, hour) => ({
      phenomenonTime: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
      result: hour + i,
    })),
  })
  const place = { type: 'Point', coordinates: [9 + number / 1e5, 51] }
  const made = await post(`${url}/sta/v1.1/Things`, {
    ...named(`Station ${number}`),
    Locations: [{ ...named(`Site ${number}`), encodingType: 'application/geo+json', location: place }],
    Datastreams: Array.from({ length: STREAMS }, (_, i) => datastream(i)),
  })
  return Number(/\((\d+)\)$/.exec(made.headers.get('location') ?? '')?.[1])
}

/** One a second; with `peaks` three that stand out. */
function dataArray(series: number, rows: number, from: number, peaks = false): readonly object[] {
  const value = (i: number) => (peaks && i < 3 ? 2000 : Math.round(1000 * Math.sin(i / 40)) / 100)
  const rowsOf = Array.from({ length: rows }, (_, i) => [new Date(from + i * 1000).toISOString(), value(i)])
  return [{ Datastream: { '@iot.id': series }, components: ['phenomenonTime', 'result'], dataArray: rowsOf }]
}

async function inParallel(count: number, work: (number: number) => Promise<number>): Promise<readonly number[]> {
  const done: number[] = []
  let next = 0
  const worker = async () => {
    while (next < count) done.push(await work(next++))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return done
}
