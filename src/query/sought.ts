/** sought: what a person typed into a search: words, and words in a row between quotes; a word after a minus must not be there. */
import type { Alike } from './alike.ts'

export interface Typed {
  /** One word, or several that stand in a row. */
  readonly words: readonly string[]
  readonly barred: boolean
  /** Instead of the one before: "Kirchen, Kapellen und Klöster". */
  readonly or: boolean
}

/** A word as the dictionary knows it, with what says the same in this catalogue. */
export interface Sought {
  /** Its stems; of words in a row all of them. */
  readonly stems: readonly string[]
  readonly alike: Alike
  readonly barred: boolean
}

/** So many words are looked for at most. */
const MOST = 10

/** No word of a card is longer; PostgreSQL takes none beyond 2046 bytes. */
const LONGEST = 100

/** Words in a row, what joins two names of a thing, or a word; a comma within a number is part of it. */
const PIECE = /(-)?"([^"]*)"|([;/&]|,(?!\p{N}))|(-)?([^\s";/&,]+(?:,\p{N}[^\s";/&,]*)*)/gu
const JOINS = new Set(['und', 'oder', 'and', 'or', 'sowie'])

export function parseTyped(text: string): readonly Typed[] {
  const typed: Typed[] = []
  let or = false
  for (const [, minus, row, joint, barring, word = ''] of text.matchAll(PIECE)) {
    if (joint !== undefined || JOINS.has(word.toLowerCase())) {
      or = typed.length > 0
      continue
    }
    const barred = minus !== undefined || barring !== undefined
    const all = row === undefined ? wordsIn(word).map((one) => [one]) : [wordsIn(row)]
    for (const words of all) if (words.length > 0) typed.push({ words, barred, or: or && !barred })
    or = false
  }
  return typed.slice(0, MOST)
}

/** Letters and digits of any script, with the points and commas inside of numbers. */
export function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? []).map((word) => word.slice(0, LONGEST))
}

/** How it is written where there are no umlauts: "strassenbaeume" for "straßenbäume". */
export function withUmlauts(word: string): string {
  return word.replace(/ae|oe|ue/g, (pair) => UMLAUTS[pair] ?? pair)
}

const UMLAUTS: Readonly<Record<string, string>> = { ae: 'ä', oe: 'ö', ue: 'ü' }
