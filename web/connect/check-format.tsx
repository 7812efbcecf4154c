/** check-format: how the file was read; what is wrong is corrected here and read again. */
import { Alert } from '../parts/alert.tsx'
import { SelectField } from '../parts/field.tsx'
import { Table } from '../parts/table.tsx'
import { Section } from '../parts/page.tsx'
import { useFormat } from '../format.ts'
import { useWords } from '../words/words.tsx'
import type { Json } from '../wire.ts'
import { cellOf, type Detected } from './detected.ts'

export type FormatChoice = Readonly<Partial<Record<'encoding' | 'delimiter', string>>>

const ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'utf-16le', 'utf-16be']

export function CheckFormat({
  detected,
  choose,
  busy,
}: {
  readonly detected: Detected
  readonly choose: (choice: FormatChoice) => void
  readonly busy: boolean
}) {
  const { connect } = useWords().work
  const format = useFormat()
  return (
    <div className={busy ? 'al-stacked al-stale' : 'al-stacked'} aria-busy={busy}>
      {detected.delimiter !== undefined && <Delimited detected={detected} choose={choose} />}
      {detected.warnings.map((warning) => (
        <Alert key={format.text(warning)} tone="warning" title={format.text(warning)} />
      ))}
      <Section id="rows" title={connect.rows}>
        <Table<Json>
          small
          caption={connect.rows}
          rows={detected.rows.slice(0, 8)}
          keyOf={(_row, at) => at}
          columns={detected.columns.map(({ name, type }, at) => ({
            name,
            numeric: type === 'number' || type === 'integer',
            cell: (row) => cellOf(row, name, at),
          }))}
        />
      </Section>
    </div>
  )
}

function Delimited({ detected, choose }: { readonly detected: Detected; readonly choose: (choice: FormatChoice) => void }) {
  const { connect } = useWords().work
  const own = detected.encoding?.toLowerCase() ?? 'utf-8'
  const delimiter = detected.delimiter ?? ','
  return (
    <div className="al-fields">
      <SelectField
        label={connect.encoding}
        value={own}
        onChange={({ target }) => choose({ encoding: target.value })}
        choices={[...new Set([own, ...ENCODINGS])].map((value) => ({ value, label: value.toUpperCase() }))}
      />
      <SelectField
        label={connect.delimiter}
        value={delimiter}
        onChange={({ target }) => choose({ delimiter: target.value })}
        choices={[...new Set([delimiter, ',', ';', '\t', '|'])].map((value) => ({ value, label: connect.delimiters[value] ?? value }))}
      />
    </div>
  )
}
