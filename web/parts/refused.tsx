/** refused: why the server did not do it, where the button was. */
import type { Refusal } from '../api.ts'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'

export function Refused({ refusal }: { readonly refusal: Refusal | undefined }) {
  const { states } = useWords()
  if (!refusal) return null
  return (
    <Alert tone="danger" title={states.failed}>
      <p className="kern-body">{refusal.message || states.failedBody}</p>
    </Alert>
  )
}
