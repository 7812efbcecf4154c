/** property: a parameter named like a property of a feature: the static attribute, or the latest value of the series, has that value. */
import { and, equals, or, type Filter, type Path, type Value } from '../../query/filter.ts'

/** Text, and what else the text may stand for: 12 finds the number and the text. */
export function propertyIs(name: string, text: string): Filter {
  if (name === 'types') return { is: 'has', path: ['types'], value: text }
  if (isOwn(name)) return equals([name], text)
  const values = valuesOf(text)
  const any = (path: Path): Filter => or(...values.map((value) => equals(path, value)))
  return or(any(attribute(name)), { is: 'some', through: 'series', where: and(named(name), any(['latestResult'])) })
}

export function hasProperty(name: string): Filter {
  if (name === 'types' || isOwn(name)) return { is: 'everything' }
  return or({ is: 'exists', path: attribute(name) }, { is: 'some', through: 'series', where: named(name) })
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
