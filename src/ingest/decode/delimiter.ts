/** delimiter: the sign that separates cells, found from the first lines. */
import { parse } from 'csv-parse/sync'

export const DELIMITERS = [';', ',', '\t', '|'] as const

/** Of a first line that does not end. */
const LONGEST = 65_536

/** The lines of a text's start as cells; a line that was cut off at the end is left out. */
export function sampleOf(text: string, delimiter: string, rows = 400): readonly (readonly string[])[] {
  const cut = text.length > 1000 ? Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) : -1
  const whole = cut > 0 ? text.slice(0, cut + 1) : text.slice(0, LONGEST)
  try {
    return parse(whole, { ...PARSING, delimiter, to: rows })
  } catch {
    return []
  }
}

/** How every table of text is parsed, here and in delimited.ts, so that both count the same rows. */
export const PARSING = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: false } as const

/** The delimiter by which most lines have the same number of cells, and many. */
export function delimiterOf(text: string): string {
  let [best, most] = [';', -1]
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(sampleOf(text, delimiter, 100))
    if (score > most) [best, most] = [delimiter, score]
  }
  return best
}

function scoreOf(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>()
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1)
  let [usual, times] = [1, 0]
  for (const [width, count] of widths)
    if (width > 1 && count * Math.log2(width + 1) > times * Math.log2(usual + 1)) [usual, times] = [width, count]
  return usual === 1 ? 0 : (times / rows.length) ** 2 * Math.log2(usual + 1)
}
