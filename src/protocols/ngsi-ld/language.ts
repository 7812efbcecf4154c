/** language: which of the languages there are a reader wants, by RFC 3282 with qualities and RFC 4647 look-up (4.15). */

/** "fr-CH,fr;q=0.9,*;q=0.5" among ['de', 'fr']: 'fr'. Where none is wanted, any. */
export function languageIn(there: readonly string[], wanted: string): string | undefined {
  const ranges = wanted.split(',').map(rangeOf).filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality) // prettier-ignore
  for (const { tag } of ranges) {
    const found = tag === '*' ? there[0] : lookUp(there, tag)
    if (found !== undefined) return found
  }
  return there.includes('@none') ? '@none' : there[0]
}

function rangeOf(text: string): { readonly tag: string; readonly quality: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = q === undefined ? 1 : Number(q.slice(2))
  return { tag, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The tag itself, what is more special, then what is more general: "de-AT" takes "de". */
function lookUp(there: readonly string[], tag: string): string | undefined {
  for (let wanted = tag; wanted !== ''; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('-')))) {
    const found = there.find((one) => one.toLowerCase() === wanted || one.toLowerCase().startsWith(`${wanted}-`))
    if (found !== undefined) return found
  }
  return undefined
}
