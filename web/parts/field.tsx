/** field: KERN's form fields with label, hint and error tied together. */
import { useId, type ComponentProps, type ReactNode } from 'react'
import { useWords } from '../words/words.tsx'
import { Icon } from './icon.tsx'

interface About {
  readonly label: ReactNode
  readonly hint?: ReactNode | undefined
  readonly error?: string | undefined
  readonly optional?: boolean
}

interface Tied {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** Label, hint and error around whatever is filled in. */
export function Field({ label, hint, error, optional, children }: About & { readonly children: (tied: Tied) => ReactNode }) {
  const id = useId()
  const { states } = useWords()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={error ? 'kern-form-input kern-form-input--error' : 'kern-form-input'}>
      <label className="kern-label" htmlFor={id}>
        {label}
        {optional && <span className="kern-label__optional"> {states.optional}</span>}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children({ id, ...(described && { 'aria-describedby': described }), ...(error && { 'aria-invalid': true as const }) })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="kern-error" role="alert" {...(id && { id })}>
      <Icon name="danger" />
      <span className="kern-body">{children}</span>
    </p>
  )
}

export function TextField({ label, hint, error, optional, ...rest }: About & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(tied) => (
        <input type="text" {...rest} {...tied} className={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`} />
      )}
    </Field>
  )
}

export function TextArea({ label, hint, error, optional, ...rest }: About & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(tied) => <textarea rows={4} {...rest} {...tied} className="kern-form-input__input al-area" />}
    </Field>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  choices,
  ...rest
}: About & ComponentProps<'select'> & { readonly choices: readonly Choice[] }) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(tied) => (
        <div className="kern-form-input__select-wrapper">
          <select {...rest} {...tied} className="kern-form-input__select">
            {choices.map(({ value, label: name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  )
}

export function CheckField({ label, hint, ...rest }: Pick<About, 'label' | 'hint'> & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="al-check">
      <div className="kern-form-check">
        <input
          {...rest}
          type="checkbox"
          className="kern-form-check__checkbox"
          id={id}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        />
        <label className="kern-label" htmlFor={id}>
          {label}
        </label>
      </div>
      {hint && (
        <div className="kern-hint al-check__hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  )
}

/** One of a few, all in sight. */
export function RadioField({
  legend,
  name,
  value,
  choices,
  choose,
}: {
  readonly legend: ReactNode
  readonly name: string
  readonly value: string
  readonly choices: readonly (Choice & { readonly hint?: string })[]
  readonly choose: (value: string) => void
}) {
  return (
    <fieldset className="kern-fieldset">
      <legend className="kern-label">{legend}</legend>
      <div className="kern-fieldset__body">
        {choices.map((choice) => (
          <div className="al-check" key={choice.value}>
            <div className="kern-form-check">
              <input
                type="radio"
                className="kern-form-check__radio"
                id={`${name}-${choice.value}`}
                name={name}
                value={choice.value}
                checked={choice.value === value}
                onChange={() => choose(choice.value)}
                {...(choice.hint ? { 'aria-describedby': `${name}-${choice.value}-hint` } : {})}
              />
              <label className="kern-label" htmlFor={`${name}-${choice.value}`}>
                {choice.label}
              </label>
            </div>
            {choice.hint && (
              <div className="kern-hint al-check__hint" id={`${name}-${choice.value}-hint`}>
                {choice.hint}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
