/** json-text: a value as JSON that PostgreSQL takes: it refuses the character 0 and halves of surrogate pairs, which broken files are full of. */

export function jsonText(value: unknown): string {
  // JSON.stringify escapes exactly these two with \u; a pair of backslashes before is text.
  return JSON.stringify(value).replaceAll(
    /(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/g,
    (_escape, pair: string | undefined) => pair ?? '\\ufffd',
  )
}
