/** depot: the backups of one installation in one place. A piece that several of them need is written once. */
import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import { parseManifest, unreadable, type Manifest } from './manifest.ts'
import type { Entry, Target } from './target.ts'
import { makeKeys, openKeys, openWrap, type Header, type Wrap } from './wrap.ts'

export interface Depot {
  readonly called: string
  readonly sealed: boolean
  nameOf(plain: Buffer): string
  /** Answers its name, and how many bytes had to be written for it: none when it is there already. */
  put(plain: Buffer): Promise<{ readonly name: string; readonly written: number }>
  /** Throws `conflict` when it is missing, cut short or altered. */
  piece(name: string): Promise<Buffer>
  pieces(): Promise<readonly Entry[]>
  removePiece(name: string): Promise<void>
  /** Newest first. */
  backups(): Promise<readonly Listed[]>
  manifest(name: string): Promise<Manifest>
  /** Makes a backup of what was put: there is none before. Answers its name. */
  close(manifest: Manifest): Promise<string>
  removeBackup(name: string): Promise<void>
}

export interface Listed {
  /** "2026-11-25T02-30-00Z-0a1b2c3d4e5f6071": when, and a part of the hash of its manifest. */
  readonly name: string
  readonly taken: string
}

const HEADER = 'allmende-backup.json'
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z-[0-9a-f]{16}$/

/** Where there is none yet, one is made, unless it is only to be read. */
export async function openDepot(target: Target, passphrase: string | undefined, only?: 'reading'): Promise<Depot> {
  return depotOf(target, await wrapOf(target, passphrase, only))
}

export async function newestOf(depot: Depot): Promise<string> {
  const [newest] = await depot.backups()
  if (newest !== undefined) return newest.name
  throw new Problem('not-found', { de: `In ${depot.called} liegt keine Sicherung.`, en: `There is no backup in ${depot.called}.` })
}

async function wrapOf(target: Target, passphrase: string | undefined, only?: 'reading'): Promise<Wrap> {
  const found = await target.get(HEADER)
  if (found !== undefined) return wrapFor(parseHeader(found, target), target, passphrase)
  if (only === 'reading')
    throw new Problem('not-found', { de: `In ${target.called} liegt keine Sicherung.`, en: `There is no backup in ${target.called}.` })
  const { header, keys } = passphrase === undefined ? { header: { format: 1 } satisfies Header, keys: undefined } : makeKeys(passphrase)
  await target.put(HEADER, Buffer.from(`${JSON.stringify(header, undefined, 2)}\n`))
  return openWrap(keys)
}

function wrapFor({ key }: Header, { called }: Target, passphrase: string | undefined): Wrap {
  if (key === undefined && passphrase === undefined) return openWrap()
  if (key !== undefined && passphrase !== undefined) return openWrap(openKeys(passphrase, key))
  throw new Problem(
    'forbidden',
    key === undefined
      ? {
          de: `Die Sicherungen in ${called} sind nicht verschlüsselt. Nehmen Sie für verschlüsselte einen neuen Ort, oder lassen Sie die Passphrase weg.`,
          en: `The backups in ${called} are not encrypted. Take a new place for encrypted ones, or leave out the passphrase.`,
        }
      : {
          de: `Die Sicherungen in ${called} sind verschlüsselt. Nennen Sie die Passphrase mit ALLMENDE_BACKUP_PASSPHRASE.`,
          en: `The backups in ${called} are encrypted. Name the passphrase with ALLMENDE_BACKUP_PASSPHRASE.`,
        },
  )
}

function parseHeader(bytes: Buffer, { called }: Target): Header {
  try {
    const header = JSON.parse(bytes.toString()) as Header
    if (header.format === 1) return header
  } catch {
    // said below
  }
  throw new Problem('conflict', {
    de: `${HEADER} in ${called} ist beschädigt oder von einer neueren Ausgabe.`,
    en: `${HEADER} in ${called} is damaged, or of a newer release.`,
  })
}

function depotOf(target: Target, wrap: Wrap): Depot {
  const placeOf = (name: string): string => `pieces/${name.slice(0, 2)}/${name}`
  return {
    called: target.called,
    sealed: wrap.sealed,
    nameOf: (plain) => wrap.nameOf(plain),
    async put(plain) {
      const name = wrap.nameOf(plain)
      if (await target.has(placeOf(name))) return { name, written: 0 }
      const packed = await wrap.pack(name, plain)
      await target.put(placeOf(name), packed)
      return { name, written: packed.length }
    },
    async piece(name) {
      const packed = await target.get(placeOf(name))
      const plain = packed && (await wrap.unpack(name, packed).catch(() => undefined))
      if (plain === undefined || wrap.nameOf(plain) !== name) throw damaged(target, placeOf(name), packed === undefined)
      return plain
    },
    pieces: () =>
      target.list('pieces/').then((all) => all.map(({ name, written }) => ({ name: name.slice(name.lastIndexOf('/') + 1), written }))),
    removePiece: (name) => target.remove(placeOf(name)),
    backups: () => backupsIn(target),
    manifest: (name) => manifestOf(target, wrap, name),
    async close(manifest) {
      const text = Buffer.from(JSON.stringify(manifest))
      const name = `${manifest.taken.replaceAll(':', '-')}-${digestOf(text)}`
      await target.put(`backups/${name}`, await wrap.pack(name, text))
      return name
    },
    removeBackup: (name) => target.remove(`backups/${name}`),
  }
}

async function backupsIn(target: Target): Promise<readonly Listed[]> {
  const names = (await target.list('backups/')).map(({ name }) => name.slice('backups/'.length)).filter((name) => NAME.test(name))
  return names
    .toSorted()
    .reverse()
    .map((name) => ({ name, taken: `${name.slice(0, 10)}T${name.slice(11, 19).replaceAll('-', ':')}Z` }))
}

async function manifestOf(target: Target, wrap: Wrap, name: string): Promise<Manifest> {
  const packed = NAME.test(name) ? await target.get(`backups/${name}`) : undefined
  if (packed === undefined)
    throw new Problem('not-found', {
      de: `Eine Sicherung „${name}“ gibt es in ${target.called} nicht.`,
      en: `There is no backup “${name}” in ${target.called}.`,
    })
  const text = await wrap.unpack(name, packed).catch(() => undefined)
  if (text === undefined || digestOf(text) !== name.slice(-16)) throw unreadable(name)
  return parseManifest(text.toString(), name)
}

function digestOf(text: Buffer): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function damaged({ called }: Target, place: string, missing: boolean): Problem {
  return new Problem(
    'conflict',
    missing
      ? {
          de: `In ${called} fehlt ${place}. Diese Sicherung ist unvollständig.`,
          en: `${place} is missing in ${called}. This backup is incomplete.`,
        }
      : {
          de: `In ${called} ist ${place} beschädigt oder verändert worden. Diese Sicherung ist nicht zu brauchen.`,
          en: `${place} in ${called} is damaged or was altered. This backup cannot be used.`,
        },
  )
}
