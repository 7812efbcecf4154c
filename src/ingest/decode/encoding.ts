/** encoding: bytes to text: byte order mark, then strict UTF-8, then Windows-1252, which every byte fits; or what the user says. */
import iconv from 'iconv-lite'
import { Problem } from '../../problem.ts'

/** The encoding that the first bytes speak for. */
export function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return wideIn(head.subarray(0, 4096)) ?? (isUtf8(head) ? 'utf-8' : 'windows-1252')
}

/** UTF-16 without a mark: of latin letters every other byte is zero. */
function wideIn(sample: Uint8Array): string | undefined {
  let [even, odd] = [0, 0]
  for (let at = 0; at < sample.length; at++)
    if (sample[at] === 0 && at % 2 === 0) even++
    else if (sample[at] === 0) odd++
  const half = sample.length / 2
  if (odd > half * 0.4 && even < half * 0.1) return 'utf-16le'
  return even > half * 0.4 && odd < half * 0.1 ? 'utf-16be' : undefined
}

/** The sample may end within a character. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

export interface TextReader {
  text(chunk: Uint8Array): string
  end(): string
}

/** A decoder by name; leaves out the byte order mark. Throws for a name that nobody knows. */
export function textReader(encoding: string): TextReader {
  if (/^utf-?8$/i.test(encoding)) {
    const decoder = new TextDecoder('utf-8')
    return { text: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() }
  }
  const known: boolean = iconv.encodingExists(encoding)
  if (!known) {
    throw new Problem('invalid-body', {
      de: `Die Zeichenkodierung „${encoding}“ ist nicht bekannt. Üblich sind UTF-8 und Windows-1252.`,
      en: `The encoding “${encoding}” is not known. Usual are UTF-8 and Windows-1252.`,
    })
  }
  const decoder = iconv.getDecoder(encoding, { stripBOM: true })
  return { text: (chunk) => decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)), end: () => decoder.end() ?? '' }
}

/** Stands where bytes were no character of the encoding. */
export const UNREADABLE = '\ufffd'
