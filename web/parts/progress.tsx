/** progress: how far a long work is, in numbers. */
import { useId } from 'react'

export function Progress({ label, done, total }: { readonly label: string; readonly done?: number; readonly total?: number | undefined }) {
  const id = useId()
  return (
    <div className="kern-progress" role="status">
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {total !== undefined && total > 0 && done !== undefined ? (
        <progress id={id} max={total} value={done} />
      ) : (
        <progress id={id} className="al-endless" />
      )}
    </div>
  )
}
