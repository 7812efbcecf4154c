/** indicator-course: where an indicator stands between baseline and target, its values, and one more by hand. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Course, Kept } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import { Section } from './page.tsx'
import { Progress } from './progress.tsx'
import { Refused } from './refused.tsx'
import { Show } from './state.tsx'
import { Table } from './table.tsx'

export function IndicatorCourse({ record }: { readonly record: Kept }) {
  const { sustain: words } = useWords().work
  const course = useResource<Course>(`/sustain/records/${record.id}/values`)
  return (
    <Section id="course" title={words.course}>
      <Show of={course}>{(data) => <Shown record={record} course={data} />}</Show>
      {record.fields['source'] === 'manual' && <Enter id={record.id} reload={course.reload} />}
    </Section>
  )
}

function Shown({ record: { fields }, course: { values, latest, reached, problem } }: { readonly record: Kept; readonly course: Course }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const unit = typeof fields['unit'] === 'string' ? ` ${fields['unit']}` : ''
  return (
    <div className="al-stacked">
      {problem !== undefined && (
        <Alert tone="danger" title={words.unmeasured}>
          <p className="kern-body">{problem}</p>
        </Alert>
      )}
      {latest === undefined ? (
        <p className="kern-body">{words.noValues}</p>
      ) : (
        <p className="kern-body kern-body--large">{`${words.latest}: ${format.number(latest)}${unit}`}</p>
      )}
      {reached !== undefined && (
        <Progress label={words.reached(format.number(reached))} done={Math.max(0, Math.min(100, reached))} total={100} />
      )}
      {values.length > 0 && (
        <Table
          small
          caption={words.course}
          rows={values.toReversed().slice(0, 400)}
          keyOf={({ day }) => day}
          columns={[
            { name: words.day, cell: ({ day }) => format.date(day) },
            { name: words.value, numeric: true, cell: ({ value }) => `${format.number(value)}${unit}` },
            { name: words.how, cell: ({ measured, note, author }) => (measured ? `${words.measured} (${note})` : `${note} (${author})`) },
          ]}
        />
      )}
    </div>
  )
}

function Enter({ id, reload }: { readonly id: number; readonly reload: () => void }) {
  const { sustain: words } = useWords().work
  const act = useAct()
  const [day, setDay] = useState('')
  const [value, setValue] = useState('')
  const [note, setNote] = useState('')
  const enter = () =>
    act.run(async () => {
      await call(`/sustain/records/${id}/values`, { method: 'POST', body: { day, value: Number(value), note } })
      setValue('')
      reload()
    })
  return (
    <div className="al-form">
      <TextField label={words.day} type="date" value={day} onChange={({ target }) => setDay(target.value)} />
      <TextField label={words.value} type="number" step="any" value={value} onChange={({ target }) => setValue(target.value)} />
      <TextField label={words.evidence} hint={words.evidenceHint} value={note} onChange={({ target }) => setNote(target.value)} />
      <Refused refusal={act.refusal} />
      <Button disabled={act.busy || day === '' || value === '' || note.trim() === ''} onClick={() => void enter()}>
        {words.enter}
      </Button>
    </div>
  )
}
