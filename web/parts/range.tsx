/** range: which time a chart shows. */
import { useWords } from '../words/words.tsx'
import { RANGES, type Range } from './chart-range.ts'
import { TextField } from './field.tsx'

interface Own {
  readonly from: string
  readonly until: string
}

const dayOf = (time: string): string => time.slice(0, 10)

export function RangeChoice({
  range,
  choose,
  own,
  setOwn,
}: {
  readonly range: Range
  readonly choose: (range: Range) => void
  readonly own: Own
  readonly setOwn: (own: Own) => void
}) {
  const { chart } = useWords()
  const change = (part: keyof Own) => (day: string) => {
    if (day !== '') setOwn({ ...own, [part]: part === 'from' ? `${day}T00:00:00.000Z` : `${day}T23:59:59.999Z` })
  }
  return (
    <div className="al-range">
      <fieldset className="al-segments">
        <legend className="kern-label">{chart.range}</legend>
        {RANGES.map((name) => (
          <label key={name} className="al-segment">
            <input type="radio" name="range" value={name} checked={name === range} onChange={() => choose(name)} />
            <span>{chart.ranges[name]}</span>
          </label>
        ))}
      </fieldset>
      {range === 'own' && (
        <div className="al-range__own">
          <TextField label={chart.from} type="date" value={dayOf(own.from)} onChange={({ target }) => change('from')(target.value)} />
          <TextField label={chart.until} type="date" value={dayOf(own.until)} onChange={({ target }) => change('until')(target.value)} />
        </div>
      )}
    </div>
  )
}
