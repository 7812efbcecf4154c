/** seal: secrets of sources encrypted at rest, with a key that lies beside the data and not in the database. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem.ts'

export interface Seal {
  close(plain: string): string
  /** Throws `unavailable` when it was sealed with another key. */
  open(sealed: string): string
}

const PREFIX = 'sealed:'

export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(PREFIX)
}

/** Reads the key from the data folder, or makes it. Whoever copies the database alone cannot read the secrets. */
export function openSeal(folder: string): Seal {
  const key = keyIn(folder)
  return {
    close(plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new Problem(
          'conflict',
          {
            de: 'Das hinterlegte Geheimnis dieser Verbindung kann nicht mehr gelesen werden. Bitte geben Sie es neu ein.',
            en: 'The stored secret of this connection can no longer be read. Please enter it again.',
          },
          {},
          { cause },
        )
      }
    },
  }
}

function keyIn(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'secret.key')
  const own = join(folder, `secret.${process.pid}.tmp`)
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own)
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new Problem('unavailable', `The key in ${file} is not 64 hexadecimal digits.`)
  return key
}
