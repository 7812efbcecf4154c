/** rate: requests a second and their times, by autocannon: so many connections, so many seconds. Any answer that is no success is a fault of the bench. */
import autocannon from 'autocannon'

export interface Rate {
  readonly perSecond: number
  /** Milliseconds, median and 99 of 100. */
  readonly median: number
  readonly late: number
}

export interface Shot {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly body?: string
}

const SECONDS = Number(process.env['ALLMENDE_BENCH_SECONDS'] ?? 8)

/** Every request takes the next of the shots. */
export async function rate(url: string, connections: number, shots: readonly Shot[], seconds = SECONDS): Promise<Rate> {
  const requests = shots.map(({ path, method = 'GET', body }) => ({
    path,
    method,
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  }))
  await autocannon({ url, connections, duration: 1, requests })
  const result = await autocannon({ url, connections, duration: seconds, requests })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${shots[0]?.path}: ${result.non2xx} answers were no success, ${result.errors} failed.`)
  return { perSecond: result.requests.average, median: result.latency.p50, late: result.latency.p99 }
}

/** Milliseconds of one request at a time: the median of so many. */
export async function single(url: string, path: string, times = 15): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    const answer = await fetch(`${url}${path}`)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    took.push(performance.now() - began)
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? NaN
}
