/** depot: where the backups of this installation lie, by option or by setting. */
import { openDepot, type Depot } from '../backup/depot.ts'
import { openTarget } from '../backup/target.ts'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'
import { BadSettings } from './exit.ts'
import { inWords } from './terminal.ts'

export const PLACE = { de: 'Ort der Sicherungen; sonst ALLMENDE_BACKUP', en: 'where backups are; else ALLMENDE_BACKUP' }

export async function depotFor({ backup }: Config, place: string | undefined, only?: 'reading'): Promise<Depot> {
  const chosen = place ?? backup.to
  if (chosen === undefined)
    throw new BadSettings(
      inWords({
        de: 'Wohin? Nennen Sie den Ort der Sicherungen mit --to oder ALLMENDE_BACKUP.',
        en: 'Where to? Name the place of the backups with --to or ALLMENDE_BACKUP.',
      }),
    )
  return openDepot(openTarget(chosen), backup.passphrase, only)
}

export async function newestOf(depot: Depot): Promise<string> {
  const [newest] = await depot.backups()
  if (newest !== undefined) return newest.name
  throw new Problem('not-found', { de: `In ${depot.called} liegt keine Sicherung.`, en: `There is no backup in ${depot.called}.` })
}
