/** toast: a short message that comes and goes, read out without stealing the focus. */
import { createContext, use, useCallback, useState, type ReactNode } from 'react'
import { useWords } from '../words/words.tsx'
import { Icon } from './icon.tsx'

type Say = (text: string, tone?: 'success' | 'danger') => void

const Toasts = createContext<Say>(() => undefined)
const SHOWN = 6000

interface Message {
  readonly id: number
  readonly text: string
  readonly tone: 'success' | 'danger'
}

export function Toasting({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Message[]>([])
  const { states } = useWords()
  const drop = useCallback((id: number) => setMessages((all) => all.filter((one) => one.id !== id)), [])
  const say = useCallback<Say>(
    (text, tone = 'success') => {
      const id = Date.now() + Math.random()
      setMessages((all) => [...all.slice(-2), { id, text, tone }])
      setTimeout(() => drop(id), SHOWN)
    },
    [drop],
  )
  return (
    <Toasts value={say}>
      {children}
      <section className="al-toasts" aria-label={states.notifications} aria-live="polite">
        {messages.map(({ id, text, tone }) => (
          <div key={id} className={`al-toast al-toast--${tone}`}>
            <Icon name={tone} />
            <span className="kern-body">{text}</span>
            <button type="button" className="al-toast__close" aria-label={states.close} onClick={() => drop(id)}>
              <Icon name="close" size="small" />
            </button>
          </div>
        ))}
      </section>
    </Toasts>
  )
}

export const useToast = (): Say => use(Toasts)
