/** pattern: the regular expressions of filters (grammar in pattern-reader.ts): the same meaning in memory and, as text, in PostgreSQL. */
import { Automaton } from './automaton.ts'
import { ANY, readPattern, refusePattern, type Node } from './pattern-reader.ts'

export interface Pattern {
  /** Whether the text holds a match. */
  test(text: string): boolean
  /** For PostgreSQL's `~`, under COLLATE "C". */
  readonly sql: string
}

const REMEMBERED = 500
const remembered = new Map<string, Pattern>()

/** Throws `invalid-query` for what is no pattern, or too large a one. */
export function patternOf(source: string): Pattern {
  const known = remembered.get(source)
  if (known !== undefined) return known
  const node = readPattern(source)
  const program = new Automaton(node, () => refusePattern(source, 'it is too large', 'es ist zu groß'))
  const pattern = { test: (text: string) => program.test(text), sql: written(node) }
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(source, pattern)
  return pattern
}

function written(node: Node): string {
  switch (node.is) {
    case 'set':
      return setWritten(node)
    case 'start':
      return '^'
    case 'end':
      return '$'
    case 'row':
      return node.of.map((part) => (part.is === 'choice' ? `(?:${written(part)})` : written(part))).join('')
    case 'choice':
      return node.of.map(written).join('|')
    case 'repeat':
      return `(?:${written(node.of)})${timesWritten(node)}`
  }
}

function timesWritten({ least, most }: Node & { is: 'repeat' }): string {
  return `{${least},${most === Infinity ? '' : most}}`
}

function setWritten({ ranges, negated }: Node & { is: 'set' }): string {
  const [only] = ranges
  if (!negated && ranges.length === 1 && only !== undefined) {
    if (only[0] === 0 && only[1] === ANY) return '.'
    if (only[0] === only[1]) return letterWritten(only[0])
  }
  // PostgreSQL has no character 0, and its ranges do not go through the surrogates
  const parts = ranges.map(([from, to]) => `${inSet(Math.max(1, from))}-${inSet(to)}`)
  return `[${negated ? '^' : ''}${parts.join('')}]`
}

function letterWritten(point: number): string {
  const letter = String.fromCodePoint(point)
  return /[a-z0-9]/i.test(letter) || point > 127 ? letter : inSet(point)
}

/** As a number, so that nothing of it is taken for a sign of the pattern. */
const inSet = (point: number): string => `\\U${point.toString(16).padStart(8, '0')}`
