/** secret: values that nobody can guess, and the one-way digest under which they are kept. */
import { hash, randomBytes, randomInt } from 'node:crypto'

/** 256 random bits as text that is safe in addresses and cookies. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256. Enough for random secrets, which cannot be tried one by one; passwords go through argon2id instead. */
export function digest(secret: string): string {
  return hash('sha256', secret, 'hex')
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** The readable part of a token: eight characters that are not mistaken for each other. */
export function makePrefix(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}
