/** set-meaning: what the columns are: id, name, time, place, attributes, and what is measured in which unit. */
import { CheckField, SelectField, TextField } from '../parts/field.tsx'
import { Alert } from '../parts/alert.tsx'
import { useWords } from '../words/words.tsx'
import type { Json } from '../wire.ts'
import type { Detected } from './detected.ts'
import type { Role } from './detected.ts'
import { faultOf, isLong, ROLES, type ColumnMeaning, type Meaning } from './meaning.ts'

const ZONES = ['Europe/Berlin', 'UTC', '+01:00', '+02:00']

interface Set {
  readonly meaning: Meaning
  readonly change: (meaning: Meaning) => void
}

export function SetMeaning({ detected, meaning, change }: Set & { readonly detected: Detected }) {
  const { connect } = useWords().work
  const fault = faultOf(meaning)
  const { long } = meaning.suggested
  return (
    <div className="al-stacked">
      {fault && <Alert tone="warning" title={fault === 'id' ? connect.needId : connect.needTime} />}
      {isLong(meaning) && long && <Alert tone="info" title={connect.long(long.attribute, long.value)} />}
      <div className="al-fields">
        <TextField
          label={connect.entityType}
          hint={connect.entityTypeHint}
          value={meaning.type}
          onChange={({ target }) => change({ ...meaning, type: target.value })}
        />
        <Whole meaning={meaning} change={change} />
      </div>
      <Columns detected={detected} meaning={meaning} change={change} />
    </div>
  )
}

/** What is true of all rows; asked only where it matters. */
function Whole({ meaning, change }: Set) {
  const { connect } = useWords().work
  const has = (...roles: readonly Role[]) => meaning.columns.some(({ role }) => roles.includes(role))
  const zones = ZONES.includes(meaning.zone) ? ZONES : [meaning.zone, ...ZONES]
  const part = (name: 'only' | 'zone' | 'format' | 'crs') => ({
    value: meaning[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) => change({ ...meaning, [name]: target.value }),
  })
  return (
    <>
      {!has('id', 'name') && <TextField label={connect.oneThing} hint={connect.oneThingHint} {...part('only')} />}
      {has('time') && <SelectField label={connect.zone} {...part('zone')} choices={zones.map((zone) => ({ value: zone, label: zone }))} />}
      {has('time') && <TextField label={connect.timeFormat} hint={connect.timeFormatHint} {...part('format')} />}
      {has('x', 'y', 'place') && (
        <SelectField
          label={connect.crs}
          {...part('crs')}
          choices={Object.entries(connect.crsNames).map(([value, label]) => ({ value, label }))}
        />
      )}
      {has('x', 'y', 'place') && has('time') && (
        <CheckField
          label={connect.moves}
          hint={connect.movesHint}
          checked={meaning.moves}
          onChange={({ target }) => change({ ...meaning, moves: target.checked })}
        />
      )}
    </>
  )
}

function Columns({
  detected,
  meaning,
  change,
}: {
  readonly detected: Detected
  readonly meaning: Meaning
  readonly change: (meaning: Meaning) => void
}) {
  const { connect } = useWords().work
  const set = (column: string, part: Partial<ColumnMeaning>) =>
    change({ ...meaning, columns: meaning.columns.map((one) => (one.column === column ? { ...one, ...part } : one)) })
  return (
    <ul className="al-columns" aria-label={connect.columns}>
      {meaning.columns.map((column) => {
        const found = detected.columns.find(({ name }) => name === column.column)
        return (
          <li key={column.column} className={column.role === 'ignore' ? 'al-column al-column--ignored' : 'al-column'}>
            <div className="al-column__name">
              <p className="kern-title">{column.column}</p>
              <p className="kern-body kern-body--small kern-body--muted al-samples">
                {connect.types[found?.type ?? ''] ?? found?.type}: {(found?.samples ?? []).slice(0, 3).map(shown).join(' · ')}
              </p>
            </div>
            <SelectField
              label={connect.role}
              value={column.role}
              onChange={({ target }) => set(column.column, { role: target.value as Role })}
              choices={ROLES.map((role) => ({ value: role, label: connect.roles[role] }))}
            />
            {(column.role === 'series' || column.role === 'attribute') && (
              <TextField
                label={connect.attribute}
                value={column.label}
                onChange={({ target }) => set(column.column, { label: target.value })}
              />
            )}
            {column.role === 'series' && (
              <TextField
                label={connect.unit}
                value={column.unit}
                placeholder="µg/m³"
                onChange={({ target }) => set(column.column, { unit: target.value })}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

const shown = (sample: Json): string => (typeof sample === 'string' ? sample : JSON.stringify(sample))
