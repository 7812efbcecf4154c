/** figures: the signs of health as numbers, for Prometheus. Read once a minute, not with every scrape. */
import { gauge } from '../observe.ts'
import type { Job } from '../store/upkeep.ts'
import type { Facts } from './health.ts'

export interface Figures {
  take(facts: Facts): void
}

/** What never happened has no age, and no sample. */
const NEVER = Number.NaN

export function openFigures(): Figures {
  let facts: Facts | undefined
  const figure = (name: string, help: string, read: (facts: Facts) => number): void =>
    gauge(name, help, () => (facts === undefined ? NEVER : read(facts)))
  figure('allmende_disk_free_bytes', 'Free space where the data lie.', ({ free }) => free)
  figure('allmende_disk_size_bytes', 'Size of the disk where the data lie.', ({ size }) => size)
  figure('allmende_database_bytes', 'Size of the database.', ({ vitals }) => vitals.bytes)
  figure('allmende_backup_age_seconds', 'Time since the newest good backup began.', (all) => ageOf(all, 'backup'))
  figure('allmende_backup_proof_age_seconds', 'Time since a backup was last restored and compared.', (all) => ageOf(all, 'proof'))
  figure('allmende_sources_failing', 'Sources whose last run failed.', ({ failing }) => failing.length)
  figure('allmende_runs_waiting_seconds', 'How long the oldest run has been waiting.', ({ now, vitals }) => since(now, vitals.waiting) ?? 0)
  figure(
    'allmende_outbox_lag_seconds',
    'How far the slowest reader of changes is behind.',
    ({ now, vitals }) => since(now, vitals.unread) ?? 0,
  )
  return { take: (seen) => (facts = seen) }
}

function ageOf({ now, upkeep }: Facts, wanted: Job): number {
  return since(now, upkeep.find(({ job, state }) => job === wanted && state === 'done')?.began ?? null) ?? NEVER
}

function since(now: number, at: string | null): number | undefined {
  return at === null ? undefined : Math.max(0, Math.round((now - Date.parse(at)) / 1000))
}
