/** search: one line to look for something. */
import { useId, type FormEvent } from 'react'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'

export function SearchForm({
  label,
  hint,
  value,
  change,
  submit,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly change: (value: string) => void
  readonly submit: (event: FormEvent) => void
}) {
  const id = useId()
  const { start } = useWords()
  return (
    <form role="search" className="al-search" onSubmit={submit}>
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="al-search__line">
        <input
          id={id}
          className="kern-form-input__input"
          type="search"
          name="q"
          value={value}
          onChange={({ target }) => change(target.value)}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        />
        <Button type="submit" look="primary" icon="search">
          {start.searchButton}
        </Button>
      </div>
    </form>
  )
}
