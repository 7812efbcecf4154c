/** health: how the platform is, in plain words: what is well, what is not, since when, and what to do. */
import { statfs } from 'node:fs/promises'
import type { Instant } from '../model/time.ts'
import type { Said } from '../problem.ts'
import type { Store } from '../store/pool.ts'
import { lastUpkeep, type Entry, type Job } from '../store/upkeep.ts'
import { failingSources, vitalsOf, type FailingSource, type Vitals } from '../store/vitals.ts'

export type State = 'well' | 'watch' | 'bad'

export interface Sign {
  readonly about: 'disk' | 'backup' | 'proof' | 'retention' | 'sources' | 'runs' | 'outbox'
  readonly state: State
  readonly said: Said
  readonly since?: Instant
  /** What to do; absent: nothing. */
  readonly act?: Said
}

export interface Facts {
  readonly now: number
  readonly free: number
  readonly size: number
  readonly upkeep: readonly Entry[]
  readonly backups: boolean
  readonly vitals: Vitals
  readonly failing: readonly FailingSource[]
}

export async function factsOf(store: Store, data: string, backups: boolean): Promise<Facts> {
  const [{ bavail, blocks, bsize }, upkeep, vitals, failing] = await Promise.all([
    statfs(data),
    lastUpkeep(store),
    vitalsOf(store),
    failingSources(store),
  ])
  return { now: Date.now(), free: bavail * bsize, size: blocks * bsize, upkeep, backups, vitals, failing }
}

/** What needs somebody comes first. */
export function signsOf(facts: Facts): readonly Sign[] {
  const signs = [disk(facts), backup(facts), ...proof(facts), ...retention(facts), sources(facts), runs(facts), outbox(facts)]
  return (['bad', 'watch', 'well'] as const).flatMap((state) => signs.filter((sign) => sign.state === state))
}

const GB = 1e9
const MINUTE = 60_000
const DAY = 1440 * MINUTE

function disk({ free, size, vitals: { bytes } }: Facts): Sign {
  const share = Math.round((free / size) * 100)
  const [gigabytes, taken] = [(free / GB).toFixed(1), (bytes / GB).toFixed(1)]
  const state = free < GB || share < 3 ? 'bad' : free < 5 * GB || share < 10 ? 'watch' : 'well'
  return {
    about: 'disk',
    state,
    said: {
      de: `Auf dem Datenträger sind ${gigabytes.replace('.', ',')} GB frei (${share} %); die Datenbank belegt ${taken.replace('.', ',')} GB.`,
      en: `${gigabytes} GB of the disk are free (${share} %); the database takes ${taken} GB.`,
    },
    ...(state !== 'well' && {
      act: {
        de: 'Vergrößern Sie den Datenträger, oder legen Sie für große Datensätze fest, wie lange Messwerte bleiben. Ist er voll, wird nichts mehr gespeichert.',
        en: 'Enlarge the disk, or decide for large datasets how long observations stay. When it is full, nothing is stored any more.',
      },
    }),
  }
}

function backup(facts: Facts): Sign {
  const { backups, now } = facts
  const { last, done } = upkeepOf(facts, 'backup')
  if (!backups)
    return {
      about: 'backup',
      state: 'bad',
      said: { de: 'Es wird nicht gesichert.', en: 'There are no backups.' },
      act: {
        de: 'Nennen Sie mit ALLMENDE_BACKUP einen Ort auf einem anderen Rechner, und starten Sie neu.',
        en: 'Name a place on another machine with ALLMENDE_BACKUP, and start again.',
      },
    }
  if (last?.state === 'failed')
    return { about: 'backup', state: 'bad', since: last.began, said: failed('Die letzte Sicherung', 'The last backup', last), act: RETRY }
  if (done === undefined)
    return {
      about: 'backup',
      state: 'watch',
      said: { de: 'Die erste Sicherung steht noch aus.', en: 'The first backup is still to come.' },
      act: { de: 'Mit „allmende backup“ sichern Sie sofort.', en: '“allmende backup” makes one at once.' },
    }
  const late = now - Date.parse(done.began) > 2 * DAY
  return {
    about: 'backup',
    state: late ? 'bad' : 'well',
    since: done.began,
    said: late
      ? { de: 'Die letzte Sicherung ist älter als zwei Tage.', en: 'The last backup is older than two days.' }
      : { de: 'Die letzte Sicherung ist gelungen.', en: 'The last backup succeeded.' },
    ...(late && { act: RETRY }),
  }
}

const RETRY: Said = {
  de: 'Ist der Ort erreichbar, und ist dort Platz? Danach sichern Sie mit „allmende backup“.',
  en: 'Can the place be reached, and is there room? Then make one with “allmende backup”.',
}

/** Only where there are backups to be proven. */
function proof(facts: Facts): readonly Sign[] {
  const { last, done } = upkeepOf(facts, 'proof')
  if (!facts.backups || upkeepOf(facts, 'backup').done === undefined) return []
  if (last?.state === 'failed')
    return [
      {
        about: 'proof',
        state: 'bad',
        since: last.began,
        said: failed('Die Probe der letzten Sicherung', 'Proving the last backup', last),
        act: CHECK,
      },
    ]
  if (done === undefined)
    return [{ about: 'proof', state: 'watch', said: { de: 'Noch keine Sicherung wurde probehalber wiederhergestellt.', en: 'No backup has been restored to prove it yet.' }, act: CHECK }] // prettier-ignore
  return [{ about: 'proof', state: 'well', since: done.began, said: { de: 'Die Sicherung wurde probehalber wiederhergestellt und verglichen.', en: 'The backup was restored and compared to prove it.' } }] // prettier-ignore
}

const CHECK: Said = {
  de: '„allmende backup check“ stellt die neueste Sicherung in einer zweiten Datenbank wieder her und vergleicht.',
  en: '“allmende backup check” restores the newest backup into a second database and compares.',
}

function retention(facts: Facts): readonly Sign[] {
  const { last } = upkeepOf(facts, 'retention')
  if (last?.state !== 'failed') return []
  return [
    {
      about: 'retention',
      state: 'watch',
      since: last.began,
      said: failed('Das Ausdünnen alter Messwerte', 'Thinning out old observations', last),
    },
  ]
}

function sources({ failing }: Facts): Sign {
  const [first] = failing
  if (first === undefined) return { about: 'sources', state: 'well', said: { de: 'Alle Quellen liefern.', en: 'All sources deliver.' } }
  const names = failing.map(({ name, tenant }) => `${name} (${tenant})`).join(', ')
  return {
    about: 'sources',
    state: 'watch',
    since: first.since,
    said: { de: `Diese Quellen liefern nicht: ${names}.`, en: `These sources do not deliver: ${names}.` },
    act: { de: 'Ihr letzter Lauf sagt, woran es liegt.', en: 'Their last run says why.' },
  }
}

function runs({ now, vitals: { waiting } }: Facts): Sign {
  const late = waiting !== null && now - Date.parse(waiting) > 15 * MINUTE
  if (!late) return { about: 'runs', state: 'well', said: { de: 'Kein Lauf wartet länger als eine Viertelstunde.', en: 'No run waits longer than a quarter of an hour.' } } // prettier-ignore
  return {
    about: 'runs',
    state: 'watch',
    since: waiting,
    said: { de: 'Läufe warten länger als eine Viertelstunde.', en: 'Runs wait longer than a quarter of an hour.' },
    act: {
      de: 'Läuft ein sehr großer Lauf, oder ist die Maschine überlastet? Brechen Sie ihn ab, oder starten Sie einen weiteren Knoten.',
      en: 'Is a very large run under way, or is the machine overloaded? Cancel it, or start another node.',
    },
  }
}

function outbox({ now, vitals: { unread } }: Facts): Sign {
  const late = unread !== null && now - Date.parse(unread) > 5 * MINUTE
  if (!late)
    return { about: 'outbox', state: 'well', said: { de: 'Änderungen werden sofort weitergegeben.', en: 'Changes are passed on at once.' } }
  return {
    about: 'outbox',
    state: 'bad',
    since: unread,
    said: { de: 'Benachrichtigungen hängen zurück.', en: 'Notifications lag behind.' },
    act: { de: 'Das Protokoll sagt, woran es liegt. Ein Neustart verliert nichts.', en: 'The log says why. Starting again loses nothing.' },
  }
}

function upkeepOf({ upkeep }: Facts, job: Job): { readonly last?: Entry; readonly done?: Entry } {
  const entries = upkeep.filter((entry) => entry.job === job && entry.state !== 'running').toSorted((a, b) => b.id - a.id)
  const done = upkeep.find((entry) => entry.job === job && entry.state === 'done')
  return { ...(entries[0] && { last: entries[0] }), ...(done && { done }) }
}

function failed(de: string, en: string, { error }: Entry): Said {
  const why = typeof error === 'string' ? { de: error, en: error } : (error ?? { de: '', en: '' })
  return { de: `${de} ist gescheitert: ${why.de}`, en: `${en} failed: ${why.en}` }
}
