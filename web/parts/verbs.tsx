/** verbs: what someone or something may do, to be ticked. */
import { useWords } from '../words/words.tsx'
import { CheckField } from './field.tsx'

export const VERBS = ['read', 'read-metadata', 'append', 'change', 'delete', 'manage', 'release']

export function Verbs({
  legend,
  chosen,
  choose,
}: {
  readonly legend: string
  readonly chosen: readonly string[]
  readonly choose: (verbs: readonly string[]) => void
}) {
  const { tokens: words } = useWords().work
  const turned = (verb: string) => VERBS.filter((one) => (one === verb ? !chosen.includes(verb) : chosen.includes(one)))
  return (
    <fieldset className="kern-fieldset">
      <legend className="kern-label">{legend}</legend>
      <div className="kern-fieldset__body">
        {VERBS.map((verb) => (
          <CheckField key={verb} label={words.verbNames[verb]} checked={chosen.includes(verb)} onChange={() => choose(turned(verb))} />
        ))}
      </div>
    </fieldset>
  )
}
