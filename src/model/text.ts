/** Text: words in several languages, by language tag. German and English are the ones the platform itself speaks. */
export type Language = 'de' | 'en'
export type Text = Readonly<Partial<Record<string, string>>>

/** The text in the wanted language, else German, English, or whichever there is; '' when there is none. */
export function textIn(text: Text | undefined, language: string): string {
  if (text === undefined) return ''
  return text[language] ?? text['de'] ?? text['en'] ?? Object.values(text)[0] ?? ''
}
