/** depot: where the backups of this installation lie, by option or by setting. */
import { openDepot, type Depot } from '../backup/depot.ts'
import { openTarget } from '../backup/target.ts'
import type { Config } from '../config.ts'
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
