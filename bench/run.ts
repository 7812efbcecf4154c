/**
 * run: `npm run bench`. Starts the platform on its own PostgreSQL, loads it, and prints what it does a second.
 * ALLMENDE_BENCH_OBSERVATIONS (10,000,000) and ALLMENDE_BENCH_SERIES (1,000) say how much is loaded, ALLMENDE_BENCH_SECONDS (8)
 * how long each row runs, ALLMENDE_BENCH_DATA where the data are kept for the next time.
 */
import { availableParallelism, cpus } from 'node:os'
import { importRate } from './import.ts'
import { load, makeSeries, YEAR } from './load.ts'
import { fanOutRate, publishRate, type Messages } from './mqtt.ts'
import { benchFolder, roomLeft, startPlatform, throwAway, type Platform } from './platform.ts'
import { rate, single, type Rate, type Shot } from './rate.ts'
import { arrayTime, filterTime, networkRate, spatialTime } from './sensorthings.ts'
import { storedBytes } from './stored.ts'
import { print, type Row } from './table.ts'

const OBSERVATIONS = Number(process.env['ALLMENDE_BENCH_OBSERVATIONS'] ?? 10_000_000)
const SERIES = Number(process.env['ALLMENDE_BENCH_SERIES'] ?? 1000)

const { folder, kept } = benchFolder()
if (roomLeft(folder) < OBSERVATIONS / 2e6) throw new Error(`${folder} has too little room: about ${OBSERVATIONS / 4e6} GB are needed.`)

const rows: Row[] = []
const say = (name: string, value: string, aim = '') => {
  rows.push({ name, value, aim })
  console.error(`${name}: ${value}`)
}
const perSecond = ({ perSecond: n, median, late }: Rate) => `${Math.round(n).toLocaleString('en')}/s (p50 ${median} ms, p99 ${late} ms)`

const first = await startPlatform(folder)
say('first start, empty folder', `${(first.started / 1000).toFixed(1)} s`)
await first.stop()
const platform = await startPlatform(folder)
say('start until ready', `${(platform.started / 1000).toFixed(1)} s`, '< 3 s')
try {
  await measure(platform)
} finally {
  await platform.stop()
  if (!kept) throwAway(folder)
}
print(rows, `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, load generator and database on the same machine`)

async function measure({ url, mqttPort }: Platform): Promise<void> {
  const loaded = await load(url, SERIES, OBSERVATIONS, progress('loading', OBSERVATIONS))
  say('data array, 5,000 a request', `${Math.round(loaded.observations / loaded.seconds).toLocaleString('en')} observations/s`, '100,000/s')
  say('memory after loading', await resident(url))
  say('bytes per observation, with indexes', String(await storedBytes(folder)), '< 120')
  await reads(url, loaded.series)
  await writes(url)
  await network(url)
  say('CSV file, 500,000 rows', `${Math.round(await importRate(url, 500_000)).toLocaleString('en')} rows/s`, '60,000/s')
  say('memory of the server process', await resident(url), '< 250 MB')
  await messages(url, mqttPort)
  say('memory after 1,000 clients of MQTT', await resident(url))
}

async function reads(url: string, series: readonly number[]): Promise<void> {
  const observations = (query: string): Shot[] =>
    series.slice(0, 200).map((id) => ({ path: `/sta/v1.1/Datastreams(${id})/Observations?${query}` }))
  const day = `$filter=${encodeURIComponent('phenomenonTime ge 2025-06-01T00:00:00Z and phenomenonTime lt 2025-06-02T00:00:00Z')}`
  say('latest observation', perSecond(await rate(url, 32, observations('$orderby=phenomenonTime%20desc&$top=1'))))
  say('latest 100 observations', perSecond(await rate(url, 32, observations('$orderby=phenomenonTime%20desc&$top=100'))), '3,000/s')
  say('a window of 24 hours', perSecond(await rate(url, 32, observations(day))))
  say(
    'latest, alone',
    `${(await single(url, observations('$orderby=phenomenonTime%20desc&$top=1')[0]?.path ?? '')).toFixed(1)} ms`,
    '< 5 ms',
  )
  say('$count of all observations', `${(await single(url, '/sta/v1.1/Observations?$count=true&$top=0')).toFixed(1)} ms`, '< 5 ms')
  const year = `from=${new Date(YEAR.from).toISOString()}&until=${new Date(YEAR.until).toISOString()}`
  say(
    'a year by day, one series',
    `${(await single(url, `/api/v1/series/${series[0]}/summary?bucket=day&${year}`)).toFixed(1)} ms`,
    '< 50 ms',
  )
}

async function writes(url: string): Promise<void> {
  const series = await makeSeries(url, 64)
  const shots = series.map((id): Shot => ({
    path: `/sta/v1.1/Datastreams(${id})/Observations`,
    method: 'POST',
    body: JSON.stringify({ result: 21.5 }),
  }))
  say('single POST, 64 connections, durable', perSecond(await rate(url, 64, shots)), '10,000/s')
}

async function network(url: string): Promise<void> {
  const ms = (took: number) => `${took.toFixed(1)} ms`
  const { whole, pages } = await networkRate(url, 1000)
  say('1,000 Things, 5 Datastreams each, with the latest of each', ms(whole))
  say('the same in pages of 100', perSecond(pages))
  const [a = 0, b = 0] = await makeSeries(url, 2)
  say('data array of 10,000, until durable', ms(await arrayTime(url, a, 10_000)))
  const { many, few } = await filterTime(url, b, 1_000_000)
  say('a filter on result in a series of 1 million, half fit, counted', ms(many))
  say('the same, 3 fit', ms(few))
  const { square, district } = await spatialTime(url, 100_000)
  say('100,000 FeaturesOfInterest, 500 in a square, counted', ms(square))
  say('the same, 15,000 within 200 corners', ms(district))
}

async function messages(url: string, port: number): Promise<void> {
  const told = ({ perSecond: n, cpu }: Messages) => `${Math.round(n).toLocaleString('en')}/s (${cpu.toFixed(0)} µs of the server each)`
  say('MQTT in, QoS 1 from 20 clients, durable', told(await publishRate(url, port, 20)), '10,000/s')
  say('MQTT out, to 1,000 subscribers', told(await fanOutRate(url, port, 1000)))
}

/** What is resident, 65 MB of it the program of Node itself. */
async function resident(url: string): Promise<string> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const bytes = Number(/^allmende_process_resident_memory_bytes (\S+)$/m.exec(text)?.[1] ?? NaN)
  return `${(bytes / 1e6).toFixed(0)} MB`
}

function progress(what: string, total: number): (done: number) => void {
  let told = 0
  return (done) => {
    if (done - told < total / 20 && done < total) return
    told = done
    console.error(`${what}: ${Math.round((100 * done) / total)} %`)
  }
}
