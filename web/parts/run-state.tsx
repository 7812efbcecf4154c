/** run-state: how a run ended, or how far it is; and its numbers. */
import { useFormat } from '../format.ts'
import type { Run, RunState } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Badge, type Tone } from './alert.tsx'
import { Progress } from './progress.tsx'

const TONES: Readonly<Record<RunState, Tone>> = {
  queued: 'info',
  running: 'info',
  succeeded: 'success',
  partly: 'warning',
  failed: 'danger',
  cancelled: 'warning',
}

export const isUnderWay = ({ state }: Pick<Run, 'state'>): boolean => state === 'queued' || state === 'running'

export function RunBadge({ run }: { readonly run: Run }) {
  const { runs } = useWords().work
  return <Badge tone={TONES[run.state]}>{run.dry ? `${runs.dry}: ${runs.states[run.state]}` : runs.states[run.state]}</Badge>
}

export function RunProgress({ run, label }: { readonly run: Run; readonly label?: string }) {
  const { runs } = useWords().work
  const format = useFormat()
  const far = run.total ? runs.progress(format.number(run.read), format.number(run.total)) : runs.progressOpen(format.number(run.read))
  return <Progress label={label === undefined ? far : `${label}: ${far}`} done={run.read} total={run.total ?? undefined} />
}

export function RunNumbers({ run }: { readonly run: Run }) {
  const { runs } = useWords().work
  const format = useFormat()
  const numbers = [
    [runs.read, run.read],
    [runs.stored, run.stored],
    [runs.skipped, run.skipped],
    [runs.replaced, run.replaced],
    [runs.rejected, run.rejected],
  ] as const
  return (
    <dl className="al-numbers">
      {numbers.map(([name, value]) => (
        <div key={name} className={value > 0 && name === runs.rejected ? 'al-number al-number--warning' : 'al-number'}>
          <dt>{name}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
