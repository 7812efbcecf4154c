/** cut: a stream in pieces, at the same places whenever the same comes again: what was only added to shares its first pieces. */

export const PIECE = 8 * 1024 * 1024

/** With `lines`, each piece ends with the line that reaches `size`; else it has exactly so many bytes. The last one is shorter. */
export async function* cut(chunks: AsyncIterable<Uint8Array>, lines: boolean, size = PIECE): AsyncIterable<Buffer> {
  let held: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let end = endIn(rest, size - length, lines); end !== -1; end = endIn(rest, size - length, lines)) {
      yield Buffer.concat([...held, rest.subarray(0, end)])
      rest = rest.subarray(end)
      held = []
      length = 0
    }
    held.push(rest)
    length += rest.length
  }
  if (length > 0) yield Buffer.concat(held)
}

/** Where in this chunk the piece ends that needs `missing` bytes more; -1 when it goes on. */
function endIn(chunk: Buffer, missing: number, lines: boolean): number {
  if (!lines) return chunk.length >= missing ? missing : -1
  if (chunk.length === 0) return -1
  const found = chunk.indexOf(NEWLINE, Math.max(0, missing - 1))
  return found === -1 ? -1 : found + 1
}

const NEWLINE = 10

export function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}
