/** language: which language the reader chose, remembered; else what the browser asks for, German if in doubt. */
export type Language = 'de' | 'en'

const KEY = 'allmende-language'

let current: Language = remembered() ?? (navigator.languages.find((tag) => /^(de|en)\b/.test(tag))?.startsWith('en') ? 'en' : 'de')

export const language = (): Language => current

export function chooseLanguage(chosen: Language): void {
  current = chosen
  try {
    localStorage.setItem(KEY, chosen)
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

function remembered(): Language | undefined {
  try {
    const word = localStorage.getItem(KEY)
    return word === 'de' || word === 'en' ? word : undefined
  } catch {
    return undefined
  }
}
