/** schema-form: a form drawn from a JSON Schema with German and English titles. What it cannot draw is filled in as JSON. */
import { useState, type ReactNode } from 'react'
import { useFormat, type Format } from '../format.ts'
import type { Json, Schema } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { CheckField, SelectField, TextArea, TextField } from './field.tsx'
import { PasswordField } from './password.tsx'
import { References } from './references.tsx'

type Values = Readonly<Record<string, Json>>

interface Drawn {
  readonly schema: Schema
  readonly value: Values
  readonly change: (value: Values) => void
}

export function SchemaForm({ schema, value, change }: Drawn) {
  return (
    <div className="al-form">
      {Object.entries(schema.properties ?? {}).map(([name, part]) => (
        <Part
          key={name}
          name={name}
          schema={part}
          required={schema.required?.includes(name) ?? false}
          value={value[name]}
          change={(next) => change(withValue(value, name, next))}
        />
      ))}
    </div>
  )
}

function withValue(values: Values, name: string, next: Json | undefined): Values {
  const { [name]: _old, ...others } = values
  return next === undefined ? others : { ...others, [name]: next }
}

interface PartProps {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
  readonly value: Json | undefined
  readonly change: (value: Json | undefined) => void
}

const isValues = (value: Json | undefined): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

function Part(props: PartProps) {
  const { schema, value, change, required } = props
  const { label, hint } = aboutOf(props, useFormat())
  if (schema.const !== undefined) return null
  if (schema.enum || schema.oneOf?.every((one) => one.const !== undefined)) return <Choices {...props} />
  if (schema.refers !== undefined) return <References {...props} refers={schema.refers} />
  if (isScalar(schema)) return <Scalar {...props} />
  if (schema.type === 'array' && isDrawn(schema.items)) return <List {...props} items={schema.items} />
  if (schema.type !== 'object' || !schema.properties) return <AsJson {...props} />
  return (
    <Group label={label} hint={hint} open={required}>
      <SchemaForm schema={schema} value={isValues(value) ? value : {}} change={change} />
    </Group>
  )
}

const isScalar = ({ type }: Schema): boolean => typeof type === 'string' && ['boolean', 'number', 'integer', 'string'].includes(type)

function Scalar(props: PartProps) {
  const { type, format } = props.schema
  if (type === 'boolean') return <Truth {...props} />
  if (type === 'string') return <Words {...props} />
  return format === 'money' ? <Money {...props} /> : <Amount {...props} />
}

function Truth(props: PartProps) {
  const { schema, value, change } = props
  return (
    <CheckField
      {...aboutOf(props, useFormat())}
      checked={(value ?? schema.default) === true}
      onChange={({ target }) => change(target.checked)}
    />
  )
}

const isDrawn = (schema: Schema | undefined): schema is Schema =>
  schema?.type === 'string' || (schema?.type === 'object' && schema.properties !== undefined)

/** One after the other, each with a way to take it out, and one to add another. */
function List(props: PartProps & { readonly items: Schema }) {
  const { items, value, change, required } = props
  const { states } = useWords()
  const { label, hint } = aboutOf(props, useFormat())
  const list: readonly Json[] = Array.isArray(value) ? value : []
  const put = (next: readonly Json[]) => change(next.length === 0 ? undefined : next)
  return (
    <Group label={`${label} (${list.length})`} hint={hint} open={required}>
      <ol className="al-list">
        {list.map((one, at) => (
          <li key={at} className="al-list__item">
            <Part
              name={`${label} ${at + 1}`}
              schema={items}
              required
              value={one}
              change={(next) => put(list.with(at, next ?? (items.type === 'string' ? '' : {})))}
            />
            <Button small look="tertiary" onClick={() => put(list.toSpliced(at, 1))}>
              {states.takeOut(`${label} ${at + 1}`)}
            </Button>
          </li>
        ))}
      </ol>
      <Button small onClick={() => put([...list, items.type === 'string' ? '' : {}])}>
        {states.addTo(label)}
      </Button>
    </Group>
  )
}

function Choices(props: PartProps) {
  const { schema, value, change, required } = props
  const format = useFormat()
  const { states } = useWords()
  const shown = value ?? schema.default
  return (
    <SelectField
      {...aboutOf(props, format)}
      optional={!required}
      value={shown === undefined ? '' : wordOf(shown)}
      onChange={({ target }) => change(target.value === '' ? undefined : choiceOf(schema, target.value))}
      choices={[...(required && shown !== undefined ? [] : [{ value: '', label: states.choose }]), ...choicesOf(schema, format)]}
    />
  )
}

function Amount(props: PartProps) {
  const { schema, value, change, required } = props
  const shown = value ?? schema.default
  return (
    <TextField
      {...aboutOf(props, useFormat())}
      optional={!required}
      type="number"
      value={typeof shown === 'number' ? shown : ''}
      min={schema.minimum}
      max={schema.maximum}
      onChange={({ target }) => change(target.value === '' ? undefined : Number(target.value))}
    />
  )
}

/** Written in euros, kept in cents: 84.000,50 or 84000.50. */
function Money(props: PartProps) {
  const { value, change, required } = props
  const [text, setText] = useState(typeof value === 'number' ? (value / 100).toFixed(2).replace('.', ',') : '')
  const about = aboutOf(props, useFormat())
  const write = (next: string) => {
    setText(next)
    change(next.trim() === '' ? undefined : centsIn(next))
  }
  return (
    <TextField
      {...about}
      label={`${about.label} (€)`}
      optional={!required}
      inputMode="decimal"
      value={text}
      onChange={({ target }) => write(target.value)}
    />
  )
}

/** What is no amount stays as it was written, so that it is refused with its place. */
export function centsIn(text: string): number | string {
  const plain = /,\d{1,2}$/.test(text.trim()) ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(/[.](?=\d{3}(?:\D|$))/g, '')
  const [, euros, cents = ''] = /^\s*(\d{1,12})(?:[.](\d{1,2}))?\s*€?\s*$/.exec(plain) ?? []
  return euros === undefined ? text : Number(euros) * 100 + Number(cents.padEnd(2, '0'))
}

/** Open when it must be filled in, else folded. */
function Group({
  label,
  hint,
  open,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  readonly open: boolean
  readonly children: ReactNode
}) {
  return (
    <details className="kern-accordion" open={open}>
      <summary className="kern-accordion__header">
        <span className="kern-title">{label}</span>
      </summary>
      <section className="kern-accordion__body">
        {hint && <p className="kern-hint">{hint}</p>}
        {children}
      </section>
    </details>
  )
}

function Words(props: PartProps) {
  const { schema, required, change } = props
  const value = props.value ?? schema.default
  const about = aboutOf(props, useFormat())
  const text = typeof value === 'string' ? value : ''
  const next = (said: string) => change(said === '' ? undefined : said)
  if (schema.writeOnly) return <PasswordField {...about} autoComplete="off" value={text} onChange={({ target }) => next(target.value)} />
  if (schema.format === 'code' || schema.format === 'multiline' || schema.contentMediaType !== undefined)
    return (
      <TextArea
        {...about}
        optional={!required}
        rows={schema.format === 'multiline' ? 4 : 12}
        spellCheck={schema.format === 'multiline'}
        value={text}
        onChange={({ target }) => next(target.value)}
      />
    )
  return (
    <TextField
      {...about}
      optional={!required}
      required={required}
      type={schema.format === 'uri' ? 'url' : schema.format === 'date' ? 'date' : 'text'}
      value={text}
      onChange={({ target }) => next(target.value)}
    />
  )
}

/** Kept as text while it is being written; taken over once it is JSON. */
function AsJson(props: PartProps) {
  const { required, value, change } = props
  const { states } = useWords()
  const about = { hint: states.asJson, ...aboutOf(props, useFormat()) }
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [error, setError] = useState<string>()
  const write = (next: string) => {
    setText(next)
    try {
      change(next.trim() === '' ? undefined : (JSON.parse(next) as Json))
      setError(undefined)
    } catch {
      setError('JSON')
    }
  }
  return (
    <TextArea
      {...about}
      error={error}
      optional={!required}
      rows={text.split('\n').length + 2}
      spellCheck={false}
      className="al-mono"
      value={text}
      onChange={({ target }) => write(target.value)}
    />
  )
}

function aboutOf({ name, schema }: PartProps, format: Format) {
  const hint = format.text(schema.description)
  return { label: format.text(schema.title) || name, ...(hint !== '' && { hint }) }
}

function choicesOf(schema: Schema, format: Format) {
  if (schema.enum) return schema.enum.map((value) => ({ value: wordOf(value), label: wordOf(value) }))
  return (schema.oneOf ?? []).map((one) => ({ value: wordOf(one.const), label: format.text(one.title) || wordOf(one.const) }))
}

function choiceOf(schema: Schema, text: string): Json | undefined {
  const values = schema.enum ?? schema.oneOf?.map((one) => one.const)
  return values?.find((value) => wordOf(value) === text) ?? undefined
}

const wordOf = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value))
