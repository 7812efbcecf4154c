/** tide-gauge: the water level of one gauge, as a port authority answers it: {"gauge": "…", "values": [["2026-05-01T10:00:00Z", 312], …]}. */
import type { Connector, Raw, Rejected, Run } from '../../src/ingest/connector.ts'
import type { Draft } from '../../src/model/draft.ts'
import { isObject } from '../../src/model/json.ts'
import { isInstant } from '../../src/model/time.ts'
import { seriesUnit } from '../../src/model/units.ts'
import { Problem } from '../../src/problem.ts'

export interface TideGaugeOptions {
  readonly url: string
  readonly gauge: string
}

export const tideGauge: Connector<TideGaugeOptions> = {
  name: 'tide-gauge',
  title: { de: 'Pegel des Hafens', en: 'Tide gauge of the port' },
  mode: 'pull',
  options: {
    type: 'object',
    required: ['url', 'gauge'],
    additionalProperties: false,
    properties: {
      url: { type: 'string', format: 'uri', title: { de: 'Adresse', en: 'Address' } },
      gauge: { type: 'string', title: { de: 'Pegel', en: 'Gauge' } },
    },
  },
  async *read({ url, gauge }, run) {
    const raw = await run.fetch(`${url}?gauge=${encodeURIComponent(gauge)}&since=${run.cursor ?? ''}`)
    const rows = rowsOf(await raw.json(), raw)
    const entity = `urn:tide-gauge:${encodeURIComponent(gauge)}`
    yield { draft: 'entity', iri: entity, type: 'WaterObserved', name: gauge }
    yield { draft: 'series', entity, attribute: 'waterLevel', name: 'Wasserstand', unit: seriesUnit('cm') }
    yield* levels(entity, rows, run)
  },
}

/** The source as a whole cannot be read: the run ends with this Problem. */
function rowsOf(body: unknown, { name }: Raw): readonly unknown[] {
  const values = isObject(body) ? body['values'] : undefined
  if (Array.isArray(values)) return values
  throw new Problem(
    'invalid-body',
    { de: 'In der Antwort fehlt die Liste „values“.', en: 'The answer lacks the list “values”.' },
    { file: name },
  )
}

/** A single row cannot be read: it is yielded with its reason, and the run goes on. */
function* levels(entity: string, rows: readonly unknown[], run: Run): Iterable<Draft | Rejected> {
  for (const [at, row] of rows.entries()) {
    run.row(row, at + 1)
    const [time, result] = Array.isArray(row) ? (row as readonly unknown[]) : []
    if (typeof time !== 'string' || !isInstant(time)) yield refused(at + 1, time)
    else if (typeof result === 'number') {
      yield { draft: 'observation', entity, attribute: 'waterLevel', time, result }
      run.reached(time)
    }
  }
}

function refused(line: number, value: unknown): Rejected {
  return {
    draft: 'rejected',
    line,
    column: 'time',
    value: String(value),
    reason: { de: 'Das ist kein Zeitpunkt.', en: 'This is no time.' },
  }
}
