/** sql: SQL as a value. Holes become numbered parameters, nested sql`` is spliced, and nothing else can reach the text. */

export class Sql {
  readonly strings: readonly string[]
  readonly holes: readonly unknown[]

  constructor(strings: readonly string[], holes: readonly unknown[]) {
    this.strings = strings
    this.holes = holes
  }

  toQuery(): { readonly text: string; readonly values: unknown[] } {
    const values: unknown[] = []
    return { text: write(this, values), values }
  }
}

function write(part: Sql, values: unknown[]): string {
  let text = part.strings[0] ?? ''
  for (let i = 0; i < part.holes.length; i++) {
    const hole = part.holes[i]
    text += (hole instanceof Sql ? write(hole, values) : `$${values.push(hole)}`) + (part.strings[i + 1] ?? '')
  }
  return text
}

export function sql(strings: TemplateStringsArray, ...holes: readonly unknown[]): Sql {
  return new Sql(strings, holes)
}

/** A name from our own tables (never from a request), quoted. */
export function name(identifier: string): Sql {
  return new Sql([`"${identifier.replaceAll('"', '""')}"`], [])
}

/** Text of our own code as SQL; never anything that came from outside. */
export function raw(text: string): Sql {
  return new Sql([text], [])
}

export function join(parts: readonly Sql[], by: string): Sql {
  if (parts.length === 0) return raw('')
  return new Sql(['', ...parts.slice(1).map(() => by), ''], parts)
}
