/** observe: the closed list of what is worth telling an operator. Rooms say what happened; here it is decided what is logged and what is counted. */
import { pino, type Logger } from 'pino'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export type Sighting =
  | { readonly saw: 'started'; readonly url: string; readonly ms: number }
  | { readonly saw: 'stopping'; readonly why: string }
  | { readonly saw: 'open-mode' }
  | { readonly saw: 'database-started'; readonly ms: number; readonly folder: string }
  | { readonly saw: 'database-elsewhere'; readonly wanted: string; readonly folder: string }
  | { readonly saw: 'database-lost'; readonly code: number; readonly log: string }
  | { readonly saw: 'migrated'; readonly name: string; readonly ms: number }
  | {
      readonly saw: 'request'
      readonly id: string
      readonly door: string
      readonly method: string
      readonly route: string
      readonly status: number
      readonly ms: number
    }
  | { readonly saw: 'written'; readonly observations: number; readonly ms: number }
  | { readonly saw: 'statement-retried'; readonly code: string; readonly attempt: number }
  | { readonly saw: 'connection-lost'; readonly error: string }
  | {
      readonly saw: 'run-ended'
      readonly source: number
      readonly connector: string
      readonly state: string
      readonly stored: number
      readonly rejected: number
      readonly ms: number
    }
  | { readonly saw: 'certificate'; readonly file: string; readonly until: string }
  | { readonly saw: 'certificate-refused'; readonly error: unknown }
  | { readonly saw: 'broker-reached'; readonly broker: string }
  | { readonly saw: 'broker-lost'; readonly error: string }
  | { readonly saw: 'upkeep'; readonly job: string; readonly ms: number; readonly figures: object }
  | { readonly saw: 'upkeep-failed'; readonly job: string; readonly error: unknown }
  | { readonly saw: 'sign-in'; readonly account: number | undefined; readonly succeeded: boolean }
  | { readonly saw: 'crash'; readonly error: unknown; readonly id?: string }
// prettier-ignore

const LEVEL: Readonly<Record<Sighting['saw'], 'debug' | 'info' | 'warn' | 'error'>> = {
  started: 'info',
  stopping: 'info',
  'open-mode': 'warn',
  'database-started': 'info',
  'database-elsewhere': 'info',
  'database-lost': 'error',
  migrated: 'info',
  request: 'debug',
  written: 'debug',
  'statement-retried': 'warn',
  'connection-lost': 'warn',
  'run-ended': 'info',
  certificate: 'info',
  'certificate-refused': 'error',
  'broker-reached': 'info',
  'broker-lost': 'warn',
  upkeep: 'info',
  'upkeep-failed': 'error',
  'sign-in': 'info',
  crash: 'error',
}

let log: Logger = pino({ level: 'silent' })

/** Where the log goes from now on; silent until then, so that tests are quiet. */
export function logTo(level: string): void {
  log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

export const metrics = new Registry()
collectDefaultMetrics({ register: metrics, prefix: 'allmende_' })

const requests = new Histogram({
  name: 'allmende_request_seconds',
  help: 'Time to answer a request, by door, method and status.',
  labelNames: ['door', 'method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
})
const written = new Counter({ name: 'allmende_observations_written_total', help: 'Observations stored.', registers: [metrics] })
const commits = new Counter({ name: 'allmende_write_commits_total', help: 'Commits that stored observations.', registers: [metrics] })
const runs = new Counter({
  name: 'allmende_runs_total',
  help: 'Connector runs, by connector and how they ended.',
  labelNames: ['connector', 'state'],
  registers: [metrics],
})
const rejected = new Counter({
  name: 'allmende_rejected_rows_total',
  help: 'Rows that could not be read.',
  labelNames: ['connector'],
  registers: [metrics],
})
const upkeep = new Counter({
  name: 'allmende_upkeep_total',
  help: 'Backups, their proofs and other upkeep, by how they ended.',
  labelNames: ['job', 'state'],
  registers: [metrics],
})
const crashes = new Counter({ name: 'allmende_crashes_total', help: 'Faults of the platform itself.', registers: [metrics] })
const retries = new Counter({ name: 'allmende_statement_retries_total', help: 'Statements tried again.', registers: [metrics] })

/** A figure read when the metrics are asked for: pool, queue, lag. */
export function gauge(name: string, help: string, read: () => number): void {
  metrics.removeSingleMetric(name)
  new Gauge({
    name,
    help,
    registers: [metrics],
    collect() {
      this.set(read())
    },
  })
}

export function observe(sighting: Sighting): void {
  count(sighting)
  const { saw, ...rest } = sighting
  const level = LEVEL[saw]
  if (log.isLevelEnabled(level)) log[level]('error' in rest ? { ...rest, err: rest.error, error: undefined } : rest, saw)
}

function count(sighting: Sighting): void {
  switch (sighting.saw) {
    case 'request':
      requests.observe({ door: sighting.door, method: sighting.method, status: sighting.status }, sighting.ms / 1000)
      break
    case 'written':
      written.inc(sighting.observations)
      commits.inc()
      break
    case 'run-ended':
      runs.inc({ connector: sighting.connector, state: sighting.state })
      rejected.inc({ connector: sighting.connector }, sighting.rejected)
      break
    case 'upkeep':
      upkeep.inc({ job: sighting.job, state: 'done' })
      break
    case 'upkeep-failed':
      upkeep.inc({ job: sighting.job, state: 'failed' })
      break
    case 'crash':
      crashes.inc()
      break
    case 'statement-retried':
      retries.inc()
      break
    default:
  }
}
