/** rejects: rows that could not be read, to be corrected and read again. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import type { Json, Listed, Reject, Run } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { Section } from './page.tsx'
import { Refused } from './refused.tsx'
import { Show } from './state.tsx'
import { useToast } from './toast.tsx'

export function Rejects({ run }: { readonly run: Run }) {
  const { runs: words } = useWords().work
  const rejects = useResource<Listed<Reject>>(run.rejected > 0 ? `/runs/${run.id}/rejects?limit=200` : undefined)
  if (run.rejected === 0) return <p className="kern-body">{words.noRejects}</p>
  return (
    <Section id="rejected" title={words.rejects} lead={words.rejectsLead}>
      <Show of={rejects}>{({ items }) => <Editable run={run} rejects={items} />}</Show>
    </Section>
  )
}

type Cells = Readonly<Record<string, Json>>
const isCells = (row: Json | undefined): row is Cells => typeof row === 'object' && row !== null && !Array.isArray(row)

function Editable({ run, rejects }: { readonly run: Run; readonly rejects: readonly Reject[] }) {
  const { runs: words } = useWords().work
  const format = useFormat()
  const say = useToast()
  const act = useAct()
  const [edited, setEdited] = useState<ReadonlyMap<number, Cells>>(new Map())
  const replay = (rows: readonly { readonly id: number; readonly row: Json | undefined }[] | undefined) =>
    act.run(async () => {
      const begun = await call<Run>(`/runs/${run.id}/replay`, { method: 'POST', body: rows ? { rows } : {} })
      say(words.replayed)
      go(`/workspace/runs/${begun.id}`)
    })
  const change = (id: number, cells: Cells) => setEdited(new Map(edited).set(id, cells))
  return (
    <>
      <Refused refusal={act.refusal} />
      <ul className="al-rejects">
        {rejects.map((reject) => (
          <li key={reject.id} className="al-reject">
            <p className="kern-body kern-body--bold">{format.text(reject.reason)}</p>
            <p className="kern-body kern-body--small kern-body--muted">{placeOf(reject, words.line)}</p>
            {isCells(reject.row) && (
              <RowEditor reject={reject} cells={edited.get(reject.id) ?? reject.row} change={(cells) => change(reject.id, cells)} />
            )}
          </li>
        ))}
      </ul>
      <div className="al-actions al-sticky">
        <Button
          look="primary"
          disabled={act.busy || edited.size === 0}
          onClick={() => void replay([...edited].map(([id, row]) => ({ id, row })))}
        >
          {words.replay}
        </Button>
        <Button disabled={act.busy} onClick={() => void replay(undefined)}>
          {words.replayAll}
        </Button>
      </div>
    </>
  )
}

function placeOf({ file, line, column, value }: Reject, lineWord: (line: string) => string): string {
  const parts = [file, line === undefined ? undefined : lineWord(String(line)), column, value === undefined ? undefined : `„${value}“`]
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

function RowEditor({ reject, cells, change }: { readonly reject: Reject; readonly cells: Cells; readonly change: (cells: Cells) => void }) {
  const { runs: words } = useWords().work
  return (
    <details className="al-row-editor" open={reject.column !== undefined}>
      <summary className="kern-link">{words.edit}</summary>
      <div className="al-cells">
        {Object.entries(cells).map(([name, value]) => (
          <label key={name} className={name === reject.column ? 'al-cell al-cell--wrong' : 'al-cell'}>
            <span className="kern-label kern-label--small">{name}</span>
            <input
              className="kern-form-input__input"
              value={value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
              onChange={({ target }) => change({ ...cells, [name]: target.value })}
            />
          </label>
        ))}
      </div>
    </details>
  )
}
