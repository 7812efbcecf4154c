/** crash: a page that fails to draw fails alone; the rest of the frame stays. */
import { Component, type ReactNode } from 'react'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'
import { Button } from './button.tsx'

export class Crash extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const { states } = useWords()
  return (
    <Alert tone="danger" title={states.failed}>
      <Button icon="autorenew" onClick={() => location.reload()}>
        {states.again}
      </Button>
    </Alert>
  )
}
