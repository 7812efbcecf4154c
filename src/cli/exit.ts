/** exit: the exit codes of the command line, and which one a fault means. */
import { CommanderError } from 'commander'
import { Problem, type Said } from '../problem.ts'

export const EXIT = { done: 0, failed: 1, usage: 2, rejects: 3, unreachable: 4 } as const

export const EXIT_CODES: Said = {
  de: `
Ergebnis (exit code):
  0  alles getan
  1  fehlgeschlagen; die Meldung sagt, was
  2  Aufruf oder Einstellungen sind falsch
  3  getan, aber einzelne Zeilen wurden abgewiesen
  4  Datenbank oder Quelle nicht erreichbar`,
  en: `
Exit codes:
  0  all done
  1  failed; the message says what
  2  the command line or the settings are wrong
  3  done, but some rows were rejected
  4  database or source cannot be reached`,
}

/** A fault in the settings: whatever kind the Problem has, the caller has to change the call. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings'
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof BadSettings) return EXIT.usage
  if (!(error instanceof Problem)) return EXIT.failed
  if (error.kind === 'unavailable' || error.kind === 'busy') return EXIT.unreachable
  return error.kind.startsWith('invalid') ? EXIT.usage : EXIT.failed
}
