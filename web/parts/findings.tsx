/** findings: what the checks before a release have found. */
import { useFormat } from '../format.ts'
import type { Finding } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { Badge } from './alert.tsx'

const TONES = { blocks: 'danger', asks: 'warning', warns: 'info' } as const

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { release: words } = useWords().work
  const format = useFormat()
  if (findings.length === 0) return <p className="kern-body">{words.noFindings}</p>
  return (
    <ul className="kern-list kern-list--bullet">
      {findings.map(({ key, weight, said }) => (
        <li key={key}>
          <Badge tone={TONES[weight]}>{words.weights[weight]}</Badge> {typeof said === 'string' ? said : format.text(said)}
        </li>
      ))}
    </ul>
  )
}
