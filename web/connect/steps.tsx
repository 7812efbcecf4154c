/** steps: where one is in the wizard, and the ways back and on. */
import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words.tsx'

export function Steps({ at }: { readonly at: number }) {
  const { connect } = useWords().work
  return (
    <ol className="al-steps" aria-label={connect.step(at + 1, connect.steps.length, connect.steps[at] ?? '')}>
      {connect.steps.map((name, step) => (
        <li
          key={name}
          className={step < at ? 'al-step al-step--done' : 'al-step'}
          {...(step === at ? { 'aria-current': 'step' as const } : {})}
        >
          <span className="al-step__number" aria-hidden="true">
            {step + 1}
          </span>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  )
}

export function StepActions({
  back,
  next,
  label,
  disabled = false,
  children,
}: {
  readonly back?: () => void
  readonly next?: () => void
  readonly label?: string
  readonly disabled?: boolean
  readonly children?: ReactNode
}) {
  const { connect } = useWords().work
  return (
    <div className="al-actions al-actions--step">
      {back && <Button onClick={back}>{connect.back}</Button>}
      {next && (
        <Button look="primary" disabled={disabled} onClick={next}>
          {label ?? connect.next}
        </Button>
      )}
      {children}
    </div>
  )
}
