/** terminal: what the command line says, in the reader's language: results to standard output, everything else to standard error. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Said } from '../problem.ts'

export type Language = 'de' | 'en'

/** From LC_ALL, LC_MESSAGES or LANG, in that order, as every program of the system does. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '')
  return wanted?.toLowerCase().startsWith('de') === true ? 'de' : 'en'
}

export const language = languageOf(process.env)

export function inWords(said: Said): string {
  return typeof said === 'string' ? said : said[language]
}

/** For the person in front of it. */
export function say(said: Said): void {
  process.stderr.write(`${inWords(said)}\n`)
}

/** For the next program in the pipe. */
export function line(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A password, typed unseen, or the first line of what is piped in. Never an argument: others could see it in the list of processes. */
export async function askSecret(question: Said): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`${inWords(question)}: `)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: unseen, terminal: process.stdin.isTTY })
  try {
    for await (const typed of reader) return typed
    return ''
  } finally {
    reader.close()
    if (process.stdin.isTTY) process.stderr.write('\n')
  }
}
