/** import: rows a second from a CSV file, the whole way: upload, decode, map, store, report. */

/** Uploads a file of so many rows in twenty series and runs it; answers rows a second of the run. */
export async function importRate(url: string, rows: number): Promise<number> {
  const dataset = await call(url, '/api/v1/datasets', { title: `Bench ${Date.now()}` })
  const upload = await send(url, csvOf(rows))
  const mapping = {
    entity: { id: 'station', type: 'Station' },
    series: [{ column: 'value', attribute: 'value', unit: '°C' }],
    time: { columns: ['time'] },
  }
  const options = { upload: upload['upload'], mapping }
  const source = await call(url, '/api/v1/sources', { name: 'Bench', connector: 'csv', options, dataset: dataset['slug'] })
  const began = performance.now()
  let run = await call(url, `/api/v1/sources/${String(source['id'])}/run`, {})
  while (['queued', 'running'].includes(String(run['state']))) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    run = (await (await fetch(`${url}/api/v1/runs/${String(run['id'])}`)).json()) as Record<string, unknown>
  }
  if (run['state'] !== 'succeeded' || run['stored'] !== rows) throw new Error(`The run ended as ${JSON.stringify(run)}`)
  return rows / ((performance.now() - began) / 1000)
}

function csvOf(rows: number): string {
  const lines = ['station;time;value']
  for (let i = 0; i < rows; i++) {
    const time = new Date(Date.UTC(2024, 0, 1) + Math.floor(i / 20) * 600_000).toISOString()
    lines.push(`s${i % 20};${time};${(Math.sin(i / 50) * 20).toFixed(2)}`)
  }
  return lines.join('\n')
}

async function send(url: string, text: string): Promise<Record<string, unknown>> {
  const form = new FormData()
  form.set('file', new Blob([text], { type: 'text/csv' }), 'bench.csv')
  const answer = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers: { 'x-allmende': '1' }, body: form })
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}

async function call(url: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-allmende': '1' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}
