#!/usr/bin/env node
/** cli: the commands of Allmende. */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { backupCommand } from './cli/backup.ts'
import { checkCommand } from './cli/check.ts'
import { demoCommand } from './cli/demo.ts'
import { EXIT_CODES, exitCodeOf } from './cli/exit.ts'
import { exportCommand } from './cli/export.ts'
import { inGerman, titleInGerman } from './cli/german.ts'
import { importCommand } from './cli/import.ts'
import { restoreCommand } from './cli/restore.ts'
import { runCommand } from './cli/run.ts'
import { startCommand } from './cli/start.ts'
import { inWords, language, say } from './cli/terminal.ts'
import { tokenCommand } from './cli/token.ts'
import { userCommand } from './cli/user.ts'
import { Problem } from './problem.ts'

function program(): Command {
  const root = new Command('allmende')
    .description(
      inWords({
        de: 'Allmende, die urbane Datenplattform: Daten anbinden, bewahren, bereitstellen.',
        en: 'Allmende, the urban data platform: connect data, keep them, serve them.',
      }),
    )
    .addHelpText('after', inWords(EXIT_CODES))
  for (const command of [
    startCommand(),
    demoCommand(),
    importCommand(),
    runCommand(),
    exportCommand(),
    backupCommand(),
    restoreCommand(),
    checkCommand(),
    userCommand(),
    tokenCommand(),
  ])
    root.addCommand(command)
  translated(root)
  return root
}

/** The library speaks English; what it says of its own is put into the reader's language, down to the last command. */
function translated(command: Command): void {
  command
    .helpOption('-h, --help', inWords({ de: 'zeigt diese Hilfe', en: 'shows this help' }))
    .helpCommand(false)
    .exitOverride()
  if (language === 'de')
    command.configureHelp({ styleTitle: titleInGerman }).configureOutput({ outputError: (text, write) => write(inGerman(text)) })
  for (const inner of command.commands) translated(inner)
}

// halves the time to start; a folder that cannot be written is passed over
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/allmende', import.meta.url)))

try {
  await program().parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
  if (error instanceof Problem) say(error.said)
  else if (!(error instanceof CommanderError))
    say(
      error instanceof Error && error.name === 'BadSettings'
        ? error.message
        : String(error instanceof Error ? (error.stack ?? error) : error),
    )
}
