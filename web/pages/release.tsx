/** release: one request for release: what it is about, what the checks found, who looks at what, and the decision. */
import { useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { CheckField, TextArea } from '../parts/field.tsx'
import { Findings } from '../parts/findings.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useToast } from '../parts/toast.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { PageProps } from '../app.tsx'
import type { Aspect, ShownCase } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { CaseBadge } from './releases.tsx'

export function ReleasePage({ parameters }: PageProps) {
  const found = useResource<ShownCase>(`/releases/${parameters['id']}`)
  return (
    <Show of={found} page>
      {(one) => <Shown one={one} reload={found.reload} />}
    </Show>
  )
}

function Shown({ one, reload }: { readonly one: ShownCase; readonly reload: () => void }) {
  const { release: words } = useWords().work
  const format = useFormat()
  const { about, card, author, began, reason, findings } = one
  return (
    <div className="al-stacked">
      <PageHead preline={card === undefined ? words.first : words.revision} title={format.text(about.title)}>
        <ButtonLink to={`/workspace/datasets/${about.slug}`}>{words.toDataset}</ButtonLink>
      </PageHead>
      <p className="al-badges">
        <CaseBadge of={one} />
        <span className="kern-body kern-body--muted">{words.askedBy(author.name, format.age(began))}</span>
      </p>
      {reason !== undefined && <p className="kern-body">{reason}</p>}
      <Section id="card" title={words.card}>
        <Compared one={one} />
      </Section>
      <Section id="findings" title={words.findings}>
        <Findings findings={findings} />
      </Section>
      <Reviews one={one} />
      {one.mine.length > 0 && <Decide one={one} reload={reload} />}
      {one.recallable && <Recall one={one} reload={reload} />}
    </div>
  )
}

/** What would be seen; of a revision, what is seen now beside it. */
function Compared({ one: { about, card } }: { readonly one: ShownCase }) {
  const words = useWords()
  const format = useFormat()
  const { release, edit } = words.work
  const rows = [
    { name: edit.title, now: format.text(about.title), wanted: card && format.text(card.title) },
    { name: edit.description, now: format.text(about.description), wanted: card && format.text(card.description) },
    { name: edit.access, now: words.access[about.access], wanted: card && words.access[card.access] },
  ]
  return (
    <Table
      caption={release.card}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { name: release.field, cell: ({ name }) => name },
        { name: release.now, cell: ({ now }) => now },
        ...(card === undefined ? [] : [{ name: release.wanted, cell: ({ wanted }: (typeof rows)[number]) => wanted ?? '' }]),
      ]}
    />
  )
}

function Reviews({ one: { reviews } }: { readonly one: ShownCase }) {
  const { release: words } = useWords().work
  const format = useFormat()
  if (reviews.length === 0) return null
  return (
    <Section id="reviews" title={words.reviews}>
      <Table
        caption={words.reviews}
        rows={reviews}
        keyOf={({ aspect }) => aspect}
        columns={[
          { name: words.aspect, cell: ({ aspect }) => words.aspects[aspect] },
          { name: words.verdict, cell: ({ verdict }) => (verdict === undefined ? words.waiting : words.verdicts[verdict]) },
          { name: words.who, cell: ({ by }) => by?.name ?? '–' },
          { name: words.due, cell: ({ due, at }) => (at === undefined ? due && format.date(due) : format.date(at)) },
          { name: words.reason, cell: ({ reason }) => reason ?? '–' },
        ]}
      />
    </Section>
  )
}

function Decide({ one, reload }: { readonly one: ShownCase; readonly reload: () => void }) {
  const { release: words } = useWords().work
  const act = useAct()
  const say = useToast()
  const [chosen, setChosen] = useState<readonly Aspect[]>(one.mine)
  const [reason, setReason] = useState('')
  const decide = (verdict: 'approved' | 'refused') =>
    act.run(async () => {
      const said = reason.trim() === '' ? {} : { reason }
      await call(`/releases/${one.id}/decide`, { method: 'POST', body: { aspects: chosen, verdict, ...said } })
      say(words.decided)
      reload()
    })
  const turn = (aspect: Aspect) => setChosen(one.mine.filter((each) => (each === aspect ? !chosen.includes(each) : chosen.includes(each))))
  return (
    <Section id="decide" title={words.decide} lead={words.decideLead}>
      <fieldset className="kern-fieldset">
        <legend className="kern-label">{words.aspects.label}</legend>
        <div className="kern-fieldset__body">
          {one.mine.map((aspect) => (
            <CheckField key={aspect} label={words.aspects[aspect]} checked={chosen.includes(aspect)} onChange={() => turn(aspect)} />
          ))}
        </div>
      </fieldset>
      <TextArea label={words.reason} hint={words.reasonHint} optional value={reason} onChange={({ target }) => setReason(target.value)} />
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button look="primary" disabled={act.busy || chosen.length === 0} onClick={() => void decide('approved')}>
          {words.approve}
        </Button>
        <Button disabled={act.busy || chosen.length === 0} onClick={() => void decide('refused')}>
          {words.refuse}
        </Button>
      </div>
    </Section>
  )
}

function Recall({ one, reload }: { readonly one: ShownCase; readonly reload: () => void }) {
  const { release: words } = useWords().work
  const act = useAct()
  const recall = () =>
    act.run(async () => {
      await call(`/releases/${one.id}/recall`, { method: 'POST', body: {} })
      reload()
    })
  return (
    <div className="al-actions">
      <Refused refusal={act.refusal} />
      <Button disabled={act.busy} onClick={() => void recall()}>
        {words.recall}
      </Button>
    </div>
  )
}
