/** grant-body: grants as they are sent: to whom, of which dataset, by a role or right by right, of which portion, what for and until when. */
import { isObject, type Json } from '../../model/json.ts'
import { polygonOf, type Geometry } from '../../model/geometry.ts'
import { relate } from '../../model/geos.ts'
import { isGeometry } from '../../model/wkb.ts'
import { Problem } from '../../problem.ts'
import { PERIODS, type Period, type Portion } from '../../rights/portion.ts'
import { isRole, ROLES, type RoleName } from '../../rights/roles.ts'
import type { Holder, NewGrant } from '../../govern/grants.ts'
import { fault, fieldsOf, futureOf, listOf, optional, textOf, textsOf, verbsIn, type Fields } from './people-body.ts'

/** Datasets are named by slug in bodies and by id inside; null: every dataset of the tenant. */
export type GrantBody = Omit<NewGrant, 'dataset'> & { readonly dataset: string | null }

/** Undefined when nothing is said about grants. */
export function parseGrants(body: unknown): readonly GrantBody[] | undefined {
  const grants = fieldsOf(body)['grants'] ?? undefined
  if (grants === undefined) return undefined
  return listOf(grants, '/grants').map((grant, position) => parseGrant(grant, `/grants/${position}`))
}

export function parseGrant(body: unknown, at = ''): GrantBody {
  const fields = fieldsOf(body)
  const dataset = fields['dataset'] === null ? null : textOf(fields, 'dataset', at)
  const role = roleIn(fields, at, dataset)
  const portion = fields['portion'] ?? undefined
  return {
    dataset,
    verbs: role === undefined ? verbsIn(fields['verbs'], `${at}/verbs`) : [],
    ...(role !== undefined && { role }),
    ...(portion !== undefined && { portion: portionIn(portion, `${at}/portion`) }),
    ...optional(fields, 'purpose', (from, name) => textOf(from, name, at)),
    ...optional(fields, 'expires', (from, name) => futureOf(from, name, at)),
  }
}

/** `{"account": 7}` or `{"team": 3}`. */
export function parseHolder(body: unknown): Holder {
  const to = fieldsOf(body)['to']
  if (isObject(to as Json)) {
    const { account, team } = to as { readonly account?: unknown; readonly team?: unknown }
    if (Number.isInteger(account) && team === undefined) return { account: account as number }
    if (Number.isInteger(team) && account === undefined) return { team: team as number }
  }
  throw fault('/to', { de: 'Erwartet wird {"account": …} oder {"team": …}.', en: 'Expected is {"account": …} or {"team": …}.' })
}

function roleIn(fields: Fields, at: string, dataset: string | null): RoleName | undefined {
  const role = fields['role'] ?? undefined
  if (role === undefined) return undefined
  const known = Object.keys(ROLES).join(', ')
  if (typeof role !== 'string' || !isRole(role))
    throw fault(`${at}/role`, { de: `Erwartet wird eine Rolle aus: ${known}.`, en: `Expected is a role out of: ${known}.` })
  if (dataset === null || ROLES[role].onDataset) return role
  throw fault(`${at}/role`, {
    de: `Die Rolle „${role}“ gilt für den ganzen Mandanten ("dataset": null).`,
    en: `The role “${role}” is held for the whole tenant ("dataset": null).`,
  })
}

const READERS: Readonly<Record<string, (value: unknown, pointer: string) => Portion[keyof Portion]>> = {
  types: someTexts,
  scopes: (value, pointer) => someTexts(value, pointer).map((scope, i) => scopeOf(scope, `${pointer}/${i}`)),
  attributes: someTexts,
  within: areaOf,
  olderThan: secondsOf,
  means: periodOf,
}

function portionIn(value: unknown, pointer: string): Portion {
  const fields = objectAt(value, pointer)
  const said = Object.entries(fields).filter(([, part]) => part !== null && part !== undefined)
  const portion = said.map(([name, part]) => {
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined
    const known = Object.keys(READERS).join(', ')
    if (reader === undefined) throw fault(`${pointer}/${name}`, { de: `Bekannt sind: ${known}.`, en: `Known are: ${known}.` })
    return [name, reader(part, `${pointer}/${name}`)] as const
  })
  if (portion.length > 0) return Object.fromEntries(portion) as Portion
  throw fault(pointer, { de: 'Der Ausschnitt sagt nicht, was gemeint ist.', en: 'The portion does not say what is meant.' })
}

function objectAt(value: unknown, pointer: string): Fields {
  if (isObject(value as Json)) return value as Fields
  throw fault(pointer, { de: 'Erwartet wird ein JSON-Objekt.', en: 'A JSON object is expected.' })
}

function someTexts(value: unknown, pointer: string): readonly string[] {
  const texts = textsOf(value, pointer)
  if (texts.length > 0) return texts
  throw fault(pointer, { de: 'Die Liste ist leer.', en: 'The list is empty.' })
}

function scopeOf(scope: string, pointer: string): string {
  if (/^(\/[^/]+)+$/.test(scope) && scope.length <= 400) return scope
  throw fault(pointer, { de: `„${scope}“ ist kein Pfad wie „/Stadt/Nord“.`, en: `“${scope}” is no path such as “/Town/North”.` })
}

/** A GeoJSON Polygon or MultiPolygon, or a box: west, south, east, north. */
function areaOf(value: unknown, pointer: string): Geometry {
  if (Array.isArray(value) && value.length === 4 && value.every((one) => typeof one === 'number' && Number.isFinite(one))) {
    const [west = 0, south = 0, east = 0, north = 0] = value as readonly number[]
    if (west < east && south < north) return polygonOf([west, south, east, north])
  }
  if (isGeometry(value) && (value.type === 'Polygon' || value.type === 'MultiPolygon') && isUsable(value)) return value
  throw fault(pointer, {
    de: 'Erwartet wird eine Fläche: Polygon oder MultiPolygon als GeoJSON, oder [West, Süd, Ost, Nord].',
    en: 'An area is expected: Polygon or MultiPolygon as GeoJSON, or [west, south, east, north].',
  })
}

function isUsable(area: Geometry): boolean {
  try {
    relate('within', { type: 'Point', coordinates: [0, 0] }, area)
    return true
  } catch {
    return false
  }
}

const YEARS = 100 * 366 * 86_400

function secondsOf(value: unknown, pointer: string): number {
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) <= YEARS) return value as number
  throw fault(pointer, { de: 'Erwartet wird eine Zahl von Sekunden.', en: 'A number of seconds is expected.' })
}

function periodOf(value: unknown, pointer: string): Period {
  const period = PERIODS.find((one) => one === value)
  if (period !== undefined) return period
  throw new Problem('invalid-body', { de: `Erwartet wird: ${PERIODS.join(', ')}.`, en: `Expected is: ${PERIODS.join(', ')}.` }, { pointer })
}
