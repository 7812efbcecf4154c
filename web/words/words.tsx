/** words: the texts of the interface in the chosen language. English is fetched when it is wanted. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { de, type Words } from './de.ts'
import { chooseLanguage, language, type Language } from './language.ts'

interface Speech {
  readonly words: Words
  readonly language: Language
  readonly speak: (language: Language) => void
}

const Spoken = createContext<Speech>({ words: de, language: 'de', speak: () => undefined })

const wordsIn = async (chosen: Language): Promise<Words> => (chosen === 'en' ? (await import('./en.ts')).en : de)

export function Speaking({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState<{ readonly language: Language; readonly words: Words } | undefined>(
    language() === 'de' ? { language: 'de', words: de } : undefined,
  )
  const [wanted, setWanted] = useState(language())

  useEffect(() => {
    let stale = false
    void wordsIn(wanted).then((words) => {
      if (!stale) setSpoken({ language: wanted, words })
    })
    return () => {
      stale = true
    }
  }, [wanted])

  useEffect(() => {
    document.documentElement.lang = spoken?.language ?? 'de'
  }, [spoken])

  const speech = useMemo(
    () =>
      spoken && {
        ...spoken,
        speak: (chosen: Language) => {
          chooseLanguage(chosen)
          setWanted(chosen)
        },
      },
    [spoken],
  )
  return speech ? <Spoken value={speech}>{children}</Spoken> : null
}

export const useWords = (): Words => use(Spoken).words
export const useSpeech = (): Speech => use(Spoken)
