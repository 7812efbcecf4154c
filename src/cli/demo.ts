/** demo: the example town, so that every page has something to show. */
import { Command, InvalidArgumentError } from 'commander'
import { loadTown } from '../demo/load.ts'
import { loadOrganisation } from '../demo/organisation.ts'
import { bar } from './bar.ts'
import { withPlatform } from './platform.ts'
import { inWords, say } from './terminal.ts'

interface Options {
  readonly tenant?: string
  readonly days: number
}

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      inWords({
        de: 'lädt die Beispielstadt: ein Jahr Daten einer erfundenen Stadt',
        en: 'loads the example town: a year of data of an invented town',
      }),
    )
    .option('--tenant <slug>', inWords({ de: 'Mandant', en: 'tenant' }))
    .option('--days <number>', inWords({ de: 'so viele Tage bis heute', en: 'so many days up to today' }), daysOf, 365)
    .action(demo)
}

function daysOf(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days > 0 && days <= 3660) return days
  throw new InvalidArgumentError(
    inWords({ de: 'Eine Zahl zwischen 1 und 3660 wird erwartet.', en: 'A number between 1 and 3660 is expected.' }),
  )
}

async function demo({ tenant, days }: Options): Promise<void> {
  const progress = bar({ de: 'Beispielstadt', en: 'Example town' })
  const done = await withPlatform(tenant, async (app, who) => {
    const count = await loadTown(app.service, app.release, who, { hours: days * 24, progress: (at, total) => progress.at(at, total) })
    await loadOrganisation(app.sustain.records, who)
    return count
  })
  progress.end()
  say({ de: `${done} Messwerte geladen.`, en: `${done} observations loaded.` })
}
