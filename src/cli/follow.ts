/** follow: a run watched to its end, and its report: what was read, stored and rejected, with the first reasons. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Intake, RunCard } from '../govern/intake.ts'
import { Problem, type Said } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { bar } from './bar.ts'
import { EXIT } from './exit.ts'
import { inWords, language, say, table } from './terminal.ts'

const LOOK_MS = 200
const REASONS = 10

/** Answers the exit code; throws the Problem that ended the run. */
export async function follow(intake: Intake, who: Principal, begun: RunCard): Promise<number> {
  const progress = bar({ de: 'Zeilen', en: 'Rows' })
  let run = begun
  while (run.state === 'queued' || run.state === 'running') {
    await wait(LOOK_MS)
    run = await intake.runOf(who, run.id)
    progress.at(run.read, run.total ?? undefined)
  }
  progress.end()
  report(run)
  if (run.rejected > 0) await reasons(intake, who, run)
  if (run.error !== null) throw new Problem(run.error.kind === 'unavailable' ? 'unavailable' : 'conflict', run.error.said, run.error.at)
  return run.rejected > 0 ? EXIT.rejects : EXIT.done
}

const STATES: Readonly<Record<RunCard['state'], Said>> = {
  queued: { de: 'wartet', en: 'queued' },
  running: { de: 'läuft', en: 'running' },
  succeeded: { de: 'gelungen', en: 'succeeded' },
  partly: { de: 'teilweise gelungen', en: 'partly succeeded' },
  failed: { de: 'gescheitert', en: 'failed' },
  cancelled: { de: 'abgebrochen', en: 'cancelled' },
}

function report({ id, dry, state, read, stored, replaced, skipped, rejected, warnings }: RunCard): void {
  const number = new Intl.NumberFormat(language)
  const how = inWords(STATES[state])
  const title = dry ? { de: `Probelauf ${id}: ${how}`, en: `Dry run ${id}: ${how}` } : { de: `Lauf ${id}: ${how}`, en: `Run ${id}: ${how}` }
  const rows: readonly (readonly [string, string, number])[] = [
    ['Zeilen gelesen', 'rows read', read],
    ['gespeichert', 'stored', stored],
    ['ersetzt', 'replaced', replaced],
    ['übersprungen', 'skipped', skipped],
    ['abgewiesen', 'rejected', rejected],
  ]
  say(title)
  say(table(rows.map(([de, en, count]) => [`  ${inWords({ de, en })}`, number.format(count)])))
  for (const warning of warnings) say(warning)
}

async function reasons(intake: Intake, who: Principal, { id, rejected }: RunCard): Promise<void> {
  const { items } = await intake.rejects(who, id, 0, REASONS)
  const head = [
    inWords({ de: 'Zeile', en: 'line' }),
    inWords({ de: 'Spalte', en: 'column' }),
    inWords({ de: 'Wert', en: 'value' }),
    inWords({ de: 'Grund', en: 'reason' }),
  ]
  say(
    table([
      head,
      ...items.map(({ line, column, value, reason }) => [String(line ?? '–'), column ?? '–', (value ?? '–').slice(0, 30), inWords(reason)]),
    ]),
  )
  if (rejected > items.length) say({ de: `… und ${rejected - items.length} weitere.`, en: `… and ${rejected - items.length} more.` })
}
