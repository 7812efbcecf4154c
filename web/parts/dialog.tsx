/** dialog: KERN's dialog on the browser's own, for what should be asked before it is done. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'

export function Dialog({
  title,
  close,
  footer,
  children,
}: {
  readonly title: string
  readonly close: () => void
  readonly footer?: ReactNode
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const { states } = useWords()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog className="kern-dialog" ref={dialog} aria-labelledby={id} onClose={close}>
      <header className="kern-dialog__header">
        <h2 className="kern-title kern-title--large" id={id}>
          {title}
        </h2>
        <Button look="tertiary" icon="close" iconOnly onClick={close}>
          {states.close}
        </Button>
      </header>
      <section className="kern-dialog__body">{children}</section>
      {footer && <footer className="kern-dialog__footer">{footer}</footer>}
    </dialog>
  )
}

export function Confirm({
  title,
  body,
  act,
  close,
  label,
}: {
  readonly title: string
  readonly body: string
  readonly label: string
  readonly act: () => void
  readonly close: () => void
}) {
  const { states } = useWords()
  return (
    <Dialog
      title={title}
      close={close}
      footer={
        <>
          <Button onClick={close}>{states.cancel}</Button>
          <Button look="primary" onClick={act}>
            {label}
          </Button>
        </>
      }
    >
      <p className="kern-body">{body}</p>
    </Dialog>
  )
}
