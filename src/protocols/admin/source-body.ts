/** source-body: what is sent about sources, previews and replays. Each field is named; what is not is ignored. */
import type { Corrected, DetectWish, PreviewWish, SourceWish } from '../../govern/intake.ts'
import { Problem } from '../../problem.ts'
import { fieldsOf, type Fields } from './people-body.ts'

export function parseSource(body: unknown): SourceWish {
  const fields = fieldsOf(body)
  return {
    name: textIn(fields, 'name'),
    connector: textIn(fields, 'connector'),
    dataset: textIn(fields, 'dataset'),
    options: optionsIn(fields),
    ...settingsIn(fields),
  }
}

/** Only what is there is changed. */
export function parseSourceChange(body: unknown): Partial<SourceWish> {
  const fields = fieldsOf(body)
  return {
    ...(fields['name'] === undefined ? {} : { name: textIn(fields, 'name') }),
    ...(fields['connector'] === undefined ? {} : { connector: textIn(fields, 'connector') }),
    ...(fields['dataset'] === undefined ? {} : { dataset: textIn(fields, 'dataset') }),
    ...(fields['options'] === undefined ? {} : { options: optionsIn(fields) }),
    ...settingsIn(fields),
  }
}

function settingsIn(fields: Fields): Pick<SourceWish, 'schedule' | 'zone' | 'enabled' | 'retention'> {
  const { schedule, enabled, retention } = fields
  return {
    ...(schedule === undefined ? {} : { schedule: schedule === null || schedule === '' ? null : textIn(fields, 'schedule') }),
    ...(fields['zone'] === undefined ? {} : { zone: textIn(fields, 'zone') }),
    ...(enabled === undefined ? {} : { enabled: truthIn(fields, 'enabled') }),
    ...(retention === undefined ? {} : { retention: daysIn(retention) }),
  }
}

export function parseDetect(body: unknown): DetectWish {
  const fields = fieldsOf(body)
  return {
    ...(fields['upload'] === undefined ? {} : { upload: textIn(fields, 'upload') }),
    ...(fields['url'] === undefined ? {} : { url: textIn(fields, 'url') }),
    ...(fields['options'] === undefined ? {} : { options: optionsIn(fields) }),
  }
}

export function parsePreview(body: unknown): PreviewWish {
  const fields = fieldsOf(body)
  const { source, limit } = fields
  return {
    connector: textIn(fields, 'connector'),
    options: optionsIn(fields),
    ...(typeof source === 'number' ? { source } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
    ...(typeof fields['dataset'] === 'string' && fields['dataset'] !== '' ? { dataset: fields['dataset'] } : {}),
  }
}

/** Undefined: everything, as it came. */
export function parseReplay(body: unknown): readonly Corrected[] | undefined {
  const rows = body === undefined || body === null ? undefined : fieldsOf(body)['rows']
  if (rows === undefined || rows === null) return undefined
  if (!Array.isArray(rows) || rows.length > 1000)
    throw fault('/rows', 'Erwartet wird eine Liste von höchstens 1000 Zeilen.', 'A list of at most 1000 rows is expected.')
  return rows.map((row: unknown, position) => {
    const { id, row: corrected } = fieldsOf(row)
    if (typeof id !== 'number') throw fault(`/rows/${position}/id`, '„id“ fehlt.', '“id” is missing.')
    return { id, row: corrected }
  })
}

export function parseHosts(body: unknown): readonly string[] {
  const { hosts } = fieldsOf(body)
  if (Array.isArray(hosts) && hosts.length <= 1000 && hosts.every((host) => typeof host === 'string')) return hosts
  throw fault('/hosts', '„hosts“ muss eine Liste von Rechnernamen sein.', '“hosts” must be a list of host names.')
}

function optionsIn(fields: Fields): Fields {
  const { options } = fields
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return { ...options }
  throw fault('/options', '„options“ fehlt oder ist kein Objekt.', '“options” is missing or not an object.')
}

function textIn(fields: Fields, field: string): string {
  const value = fields[field]
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 4000) return value
  throw fault(`/${field}`, `„${field}“ fehlt oder ist kein Text.`, `“${field}” is missing or not a text.`)
}

function truthIn(fields: Fields, field: string): boolean {
  const value = fields[field]
  if (typeof value === 'boolean') return value
  throw fault(`/${field}`, `„${field}“ muss true oder false sein.`, `“${field}” must be true or false.`)
}

function daysIn(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 3650) return value
  throw fault('/retention', 'Rohdaten werden 1 bis 3650 Tage aufbewahrt.', 'Raw data are kept for 1 to 3650 days.')
}

function fault(pointer: string, de: string, en: string): Problem {
  return new Problem('invalid-body', { de, en }, { pointer })
}
