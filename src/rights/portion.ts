/** portion: a grant for less than a whole dataset: some kinds of things, some of what is measured, a district, the older values, or means alone. */
import type { Geometry } from '../model/geometry.ts'
import type { Noun } from '../model/noun.ts'
import { shifted, type Instant } from '../model/time.ts'
import { and, equals, everything, nothing, or, type Filter } from '../query/filter.ts'
import type { Verb } from './verbs.ts'

/** Everything that is said must hold; of a list, one is enough. */
export interface Portion {
  /** Types of entities: "WeatherObserved". */
  readonly types?: readonly string[]
  /** Scopes and what lies below them: "/Stadt/Nord". */
  readonly scopes?: readonly string[]
  /** Attributes: of them the measured values, and what is said once and for all. */
  readonly attributes?: readonly string[]
  /** Things that lie within. */
  readonly within?: Geometry
  /** Seconds that a value must be old. */
  readonly olderThan?: number
  /** No single values, but their means over so long, or longer. */
  readonly means?: Period
}

export const PERIODS = ['hour', 'day', 'week', 'month', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** Whether single values are kept back: all of them, or the newer ones. */
export function isVeiled({ olderThan, means }: Portion): boolean {
  return olderThan !== undefined || means !== undefined
}

/** What of a dataset is meant, at this moment. Of a dataset's card there is no part. */
export function portionOf(portion: Portion, verb: Verb, noun: Exclude<Noun, 'dataset'>, at: Instant): Filter {
  if (noun === 'entity') return verb === 'read' ? or(things(portion), around(portion)) : written(portion)
  if (noun === 'series') return series(portion)
  if (verb === 'append') return through('series', series(portion))
  return portion.means === undefined ? and(through('series', series(portion)), old(portion, at)) : nothing
}

/** Who may write some attributes alone may not write the thing that has them. */
function written(portion: Portion): Filter {
  return portion.attributes === undefined ? things(portion) : nothing
}

/** The things themselves. */
function things({ types, scopes, within }: Portion): Filter {
  return and(
    equals(['role'], 'thing'),
    among(types, (type) => ({ is: 'has', path: ['types'], value: type })),
    among(scopes, (scope) => ({ is: 'like', path: ['scopes'], pattern: `^${quoted(scope)}(/|$)` })),
    within === undefined ? everything : lies(within),
  )
}

/** Where things have no geometry of their own, their locations say where they are. */
function lies(geometry: Geometry): Filter {
  const inside: Filter = { is: 'spatial', path: ['geometry'], relation: 'within', geometry }
  return or(inside, through('locations', inside))
}

/** What is needed to understand the things that are seen: where they are, what measures, and what is measured. */
function around(portion: Portion): Filter {
  const seen = series(portion)
  const features = or(through('featured', seen), through('ultimateOf', seen))
  return or(
    and(equals(['role'], 'location'), through('things', things(portion))),
    and({ is: 'in', path: ['role'], values: ['sensor', 'actuator'] }, through('sensing', seen)),
    and(equals(['role'], 'property'), through('observing', seen)),
    and(equals(['role'], 'feature'), features),
    and(equals(['role'], 'feature-type'), through('kindOf', features)),
  )
}

function series(portion: Portion): Filter {
  const { attributes, types, scopes, within } = portion
  const ofSome = types !== undefined || scopes !== undefined || within !== undefined
  return and(
    attributes === undefined ? everything : { is: 'in', path: ['attribute'], values: attributes },
    ofSome ? through('entity', things(portion)) : everything,
  )
}

function old({ olderThan }: Portion, at: Instant): Filter {
  if (olderThan === undefined) return everything
  const instant = shifted(at, -olderThan)
  const before = (field: string): Filter => ({ is: 'compare', left: { path: [field] }, by: '<', right: { instant: instant ?? at } })
  // an interval is as old as its end
  return instant === undefined ? nothing : and(before('time'), or(before('end'), equals(['end'], null)))
}

function through(relation: string, where: Filter): Filter {
  return { is: 'some', through: relation, where }
}

function among(values: readonly string[] | undefined, one: (value: string) => Filter): Filter {
  return values === undefined ? everything : or(...values.map(one))
}

/** A text as a pattern that only it matches. */
function quoted(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, (sign) => `\\${sign}`)
}
