/** attribute: the term under which other standards see what a Datastream measures, made of its observed property's name. */

const LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', µ: 'u' }

/** Letters, digits and underscores, beginning with a letter: "Feinstaub PM10" is feinstaub_pm10. */
export function attributeOf(name: string): string {
  const term = name
    .toLowerCase()
    .replace(/[äöüßµ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(term) ? term.slice(0, 100) : `value${term === '' ? '' : `_${term}`}`.slice(0, 100)
}
