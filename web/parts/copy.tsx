/** copy: an address or a key to take along. */
import { useToast } from './toast.tsx'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'

export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const { states } = useWords()
  const say = useToast()
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    say(states.copied)
  }
  return (
    <div className="al-copy">
      <code className="al-copy__text" tabIndex={0} role="textbox" aria-readonly="true" aria-label={label}>
        {text}
      </code>
      <Button small aria-label={`${label}: ${states.copy}`} onClick={() => void copy()}>
        {states.copy}
      </Button>
    </div>
  )
}

/** A few lines of example, copied as they stand. */
export function CopyLines({ lines, label }: { readonly lines: string; readonly label: string }) {
  const { states } = useWords()
  const say = useToast()
  const copy = async () => {
    await navigator.clipboard.writeText(lines)
    say(states.copied)
  }
  return (
    <figure className="al-lines">
      <figcaption className="al-lines__head">
        <span className="kern-label">{label}</span>
        <Button small look="tertiary" aria-label={`${label}: ${states.copy}`} onClick={() => void copy()}>
          {states.copy}
        </Button>
      </figcaption>
      <pre className="al-lines__text" tabIndex={0}>
        <code>{lines}</code>
      </pre>
    </figure>
  )
}
