/** Target: where backups lie: named bytes that are there whole or not at all. */
import { openFolder } from './folder.ts'

export interface Target {
  /** As an operator knows it, without any password. */
  readonly called: string
  has(name: string): Promise<boolean>
  /** Durable when it resolves. */
  put(name: string, bytes: Uint8Array): Promise<void>
  get(name: string): Promise<Buffer | undefined>
  /** All that begin so. */
  list(prefix: string): Promise<readonly Entry[]>
  remove(name: string): Promise<void>
}

export interface Entry {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly written: number
}

export function openTarget(address: string): Target {
  return openFolder(address)
}
