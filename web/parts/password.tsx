/** password: a field whose content may be shown; it can be pasted and filled in by password managers. */
import { useState, type ComponentProps } from 'react'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Field } from './field.tsx'

export function PasswordField({
  label,
  hint,
  error,
  ...rest
}: { readonly label: string; readonly hint?: string; readonly error?: string } & ComponentProps<'input'>) {
  const { signIn } = useWords().work
  const [seen, setSeen] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => (
        <div className="al-password">
          <input {...rest} {...tied} type={seen ? 'text' : 'password'} className="kern-form-input__input" />
          <Button icon={seen ? 'visibility-off' : 'visibility'} iconOnly aria-pressed={seen} onClick={() => setSeen(!seen)}>
            {seen ? signIn.hide : signIn.show}
          </Button>
        </div>
      )}
    </Field>
  )
}
