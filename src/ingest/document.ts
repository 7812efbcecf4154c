/** document: a small text from outside or to it, once and through the guard: a context that a caller names, a notification. */
import type { Call, Outbound } from './fetch.ts'

export interface Document {
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const BYTES = 4 * 1024 * 1024
/** Somebody waits for the answer. */
const PATIENCE = 5000

export async function fetchDocument(outbound: Outbound, address: string, accept: string): Promise<Document> {
  const limits = { bytes: BYTES, patience: PATIENCE, redirects: 3, attempts: 1 }
  const { headers, bytes } = await outbound.call(address, { headers: { accept } }, AbortSignal.timeout(2 * PATIENCE), limits)
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return { headers, text: Buffer.concat(chunks).toString('utf8') }
}

/** What is answered is not read; a redirect is no answer. */
export async function postDocument(outbound: Outbound, address: string, call: Call, patience: number): Promise<void> {
  const limits = { bytes: BYTES, patience, redirects: 0, attempts: 1 }
  const { bytes } = await outbound.call(address, call, AbortSignal.timeout(patience), limits)
  for await (const _ of bytes);
}
