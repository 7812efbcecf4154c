/** history: the series of a dataset: one over time, and the newest value of each. */
import { useMemo, useState } from 'react'
import { useFormat } from '../format.ts'
import type { Series } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { SeriesChart } from './chart.tsx'
import { titleOf } from './series-name.ts'
import { Combo } from './combo.tsx'
import { Section } from './page.tsx'
import { Table } from './table.tsx'

export function History({ series }: { readonly series: readonly Series[] }) {
  const { dataset: words, chart } = useWords()
  const filled = useMemo(() => series.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count), [series])
  const [chosen, setChosen] = useState<number>()
  const shown = filled.find(({ id }) => id === chosen) ?? filled.find(({ latest }) => typeof latest?.result === 'number') ?? filled[0]
  const choices = useMemo(
    () => filled.map((one) => ({ id: one.id, name: titleOf(one) })).toSorted((a, b) => a.name.localeCompare(b.name, 'de')),
    [filled],
  )
  if (!shown) return null
  return (
    <>
      <Section id="history" title={words.history}>
        <SeriesChart
          key={shown.id}
          series={shown}
          title={titleOf(shown)}
          chooser={filled.length > 1 && <Combo label={chart.choose} choices={choices} value={shown.id} choose={setChosen} />}
        />
      </Section>
      <Section id="latest" title={words.latest} lead={words.latestLead}>
        <Latest series={filled} choose={setChosen} />
      </Section>
    </>
  )
}

const SHOWN = 12

function Latest({ series, choose }: { readonly series: readonly Series[]; readonly choose: (id: number) => void }) {
  const { dataset: words, states } = useWords()
  const format = useFormat()
  const [shown, setShown] = useState(SHOWN)
  return (
    <>
      <Table
        small
        caption={words.latest}
        rows={series.slice(0, shown)}
        keyOf={({ id }) => id}
        columns={[
          {
            name: words.series,
            cell: (one) => (
              <a className="kern-link" href="#history" onClick={() => choose(one.id)}>
                {titleOf(one)}
              </a>
            ),
          },
          { name: words.value, numeric: true, cell: ({ latest, unit }) => (latest ? format.value(latest.result, unit) : '–') },
          {
            name: words.time,
            cell: ({ latest }) =>
              latest && (
                <time dateTime={latest.time} title={format.time(latest.time)}>
                  {format.age(latest.time)}
                </time>
              ),
          },
        ]}
      />
      {shown < series.length && (
        <div className="al-actions al-actions--small">
          <span className="kern-body kern-body--small">{words.showing(format.number(shown), format.number(series.length))}</span>
          <Button small onClick={() => setShown(shown + 50)}>
            {states.more}
          </Button>
        </div>
      )}
    </>
  )
}
