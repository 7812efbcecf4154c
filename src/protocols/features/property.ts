/** property: a parameter named like a property of a feature: the static attribute, or the latest value of the series, has that value. */
import { and, equals, not, nothing, or, type Comparator, type Filter, type Operand, type Path, type Value } from '../../query/filter.ts'

/** Text, and what else the text may stand for: 12 finds the number and the text. */
export function propertyIs(name: string, text: string): Filter {
  if (name === 'types') return { is: 'has', path: ['types'], value: text }
  if (isOwn(name)) return equals([name], text)
  const values = valuesOf(text)
  const any = (path: Path): Filter => or(...values.map((value) => equals(path, value)))
  return or(any(attribute(name)), { is: 'some', through: 'series', where: and(named(name), any(['latestResult'])) })
}

/** What may be asked of a property. */
export type Asking =
  | { readonly how: 'there' }
  | { readonly how: 'compare'; readonly by: Comparator; readonly with: Operand; readonly folded: boolean }
  | { readonly how: 'like'; readonly pattern: string }

/** Of a static attribute, of the latest value of a series, or of when that was ("pm10_time"). */
export function propertyFulfils(name: string, asking: Asking): Filter {
  if (name === 'types') return isMember(asking)
  if (isOwn(name)) return at([name], asking)
  const latest = (of: string, path: Path): Filter => ({ is: 'some', through: 'series', where: and(named(of), at(path, asking)) })
  const moments = name.endsWith('_time') ? [latest(name.slice(0, -'_time'.length), ['latestTime'])] : []
  return or(at(attribute(name), asTold(asking)), latest(name, ['latestResult']), ...moments)
}

function isMember(asking: Asking): Filter {
  if (asking.how === 'like') return { is: 'like', path: ['types'], pattern: asking.pattern }
  if (asking.how === 'there') return { is: 'everything' }
  if (asking.by === '=' && 'value' in asking.with) return { is: 'has', path: ['types'], value: asking.with.value }
  return asking.by === '<>' && 'value' in asking.with ? not({ is: 'has', path: ['types'], value: asking.with.value }) : nothing
}

function at(path: Path, asking: Asking): Filter {
  if (asking.how === 'like') return { is: 'like', path, pattern: asking.pattern }
  if (asking.how === 'there') return { is: 'compare', left: { path }, by: '<>', right: { value: null } }
  const left: Operand = asking.folded ? { call: 'lower', args: [{ path }] } : { path }
  return { is: 'compare', left, by: asking.by, right: asking.with }
}

/** Among attributes a date is a text, and is put in order as one. */
function asTold(asking: Asking): Asking {
  if (asking.how !== 'compare' || !('instant' in asking.with)) return asking
  const { instant } = asking.with
  return { ...asking, with: { value: instant.endsWith('T00:00:00Z') ? instant.slice(0, 10) : instant } }
}

export function hasProperty(name: string): Filter {
  if (name === 'types' || isOwn(name)) return { is: 'everything' }
  const bare = name.replace(/_time$/, '')
  const names = bare === name ? named(name) : or(named(name), named(bare))
  return or({ is: 'exists', path: attribute(name) }, { is: 'some', through: 'series', where: names })
}

const isOwn = (name: string): name is 'iri' | 'name' | 'description' => ['iri', 'name', 'description'].includes(name)

const attribute = (name: string): Path => ['attributes', name]

/** "pm10" is the default series of the attribute, "pm10:left" the one with that instance (http/feature.ts). */
function named(name: string): Filter {
  const colon = name.indexOf(':')
  const whole = and(equals(['attribute'], name), equals(['instance'], ''))
  if (colon === -1) return whole
  return or(whole, and(equals(['attribute'], name.slice(0, colon)), equals(['instance'], name.slice(colon + 1))))
}

function valuesOf(text: string): readonly Value[] {
  if (text === 'true' || text === 'false') return [text, text === 'true']
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN
  return Number.isFinite(number) ? [text, number] : [text]
}
