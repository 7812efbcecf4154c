/** wrap: how the pieces of a depot are named and packed: compressed, and sealed by AES-256-GCM where there is a passphrase. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scryptSync } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import { Problem } from '../problem.ts'

export interface Wrap {
  readonly sealed: boolean
  /** By content alone; under a passphrase nobody without it can tell whether a depot holds something they know. */
  nameOf(plain: Uint8Array): string
  pack(name: string, plain: Uint8Array): Promise<Buffer>
  /** Throws when it is not what was packed under this name. */
  unpack(name: string, packed: Uint8Array): Promise<Buffer>
}

/** What is known without the passphrase: as it stands in `allmende-backup.json`. */
export interface Header {
  readonly format: 1
  readonly key?: { readonly scrypt: Scrypt; readonly check: string }
}

interface Scrypt {
  readonly salt: string
  readonly N: number
  readonly r: number
  readonly p: number
}

const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)]
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }
/** A row can be as large as PostgreSQL lets it be. */
const LARGEST = { maxOutputLength: 2 ** 30 }

export function openWrap(keys?: Keys): Wrap {
  return {
    sealed: keys !== undefined,
    nameOf: (plain) => (keys === undefined ? createHash('sha256') : createHmac('sha256', keys.names)).update(plain).digest('hex'),
    async pack(name, plain) {
      const packed = await compress(plain, LEVEL)
      return keys === undefined ? packed : seal(keys.content, name, packed)
    },
    async unpack(name, packed) {
      return decompress(keys === undefined ? packed : unseal(keys.content, name, packed), LARGEST)
    },
  }
}

export interface Keys {
  readonly content: Buffer
  readonly names: Buffer
}

/** A new depot: its header, and the keys that belong to it. */
export function makeKeys(passphrase: string, cost = COST): { readonly header: Header; readonly keys: Keys } {
  const scrypt = { salt: randomBytes(16).toString('base64'), ...cost }
  const keys = keysOf(passphrase, scrypt)
  return { header: { format: 1, key: { scrypt, check: seal(keys.content, CHECK, Buffer.alloc(0)).toString('base64') } }, keys }
}

/** Throws `forbidden` for another passphrase than the one it was made with. */
export function openKeys(passphrase: string, { scrypt, check }: NonNullable<Header['key']>): Keys {
  const keys = keysOf(passphrase, scrypt)
  try {
    unseal(keys.content, CHECK, Buffer.from(check, 'base64'))
    return keys
  } catch (cause) {
    throw new Problem(
      'forbidden',
      { de: 'Die Passphrase öffnet diese Sicherungen nicht.', en: 'The passphrase does not open these backups.' },
      {},
      { cause },
    )
  }
}

/** Half a second and 128 MB for every guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 }
const CHECK = 'check'

function keysOf(passphrase: string, { salt, N, r, p }: Scrypt): Keys {
  const both = scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 64, { N, r, p, maxmem: 256 * N * r })
  return { content: both.subarray(0, 32), names: both.subarray(32) }
}

/** Nonce, tag, text. The name is bound to it: pieces that were exchanged are found out. */
function seal(key: Buffer, name: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

function unseal(key: Buffer, name: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
}
