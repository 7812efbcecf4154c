/** row-acts: what can be done with a row of a table; heard with the row's name. */
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'

export function RowActs({ name, edit, remove }: { readonly name: string; readonly edit: () => void; readonly remove: () => void }) {
  const { accounts: words } = useWords().work
  return (
    <div className="al-actions">
      <Button small look="secondary" aria-label={`${words.edit}: ${name}`} onClick={edit}>
        {words.edit}
      </Button>
      <Button small look="tertiary" aria-label={`${words.remove}: ${name}`} onClick={remove}>
        {words.remove}
      </Button>
    </div>
  )
}
