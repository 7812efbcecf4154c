/** relations: how the nouns hang together: every name that `some` and `include` may go through. */
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import { typeOf } from './fields.ts'
import type { Through } from './filter.ts'

export interface Relation {
  readonly to: Noun
  readonly many: boolean
}

const one = (to: Noun): Relation => ({ to, many: false })
const many = (to: Noun): Relation => ({ to, many: true })

export const RELATIONS: Readonly<Record<Noun, Readonly<Record<string, Relation>>>> = {
  dataset: { entities: many('entity'), series: many('series') },
  entity: {
    dataset: one('dataset'),
    /** Of a thing: what is measured about it. */
    series: many('series'),
    /** Of a thing: where it is; of a location: what is there. */
    locations: many('entity'),
    things: many('entity'),
    /** Of a thing or a location: when which was where (observations of a 'place' series). */
    placements: many('observation'),
    /** Of a thing: what it can be told to do. */
    tasking: many('series'),
    /** Of a sensor or actuator, and of an observed property: its series. */
    sensing: many('series'),
    observing: many('series'),
    /** Of a feature of interest: what was observed of it, the series that are about it, and those that are in the end. */
    observations: many('observation'),
    featured: many('series'),
    ultimateOf: many('series'),
    /** Of a feature: its types; of a type: its features. */
    kinds: many('entity'),
    kindOf: many('entity'),
  },
  series: {
    dataset: one('dataset'),
    entity: one('entity'),
    property: one('entity'),
    /** All observed properties, in the order of the parts of its results. */
    observed: many('entity'),
    sensor: one('entity'),
    feature: one('entity'),
    ultimates: many('entity'),
    observations: many('observation'),
  },
  observation: {
    dataset: one('dataset'),
    series: one('series'),
    /** Its own feature of interest, else the series'. */
    feature: one('entity'),
    /** Of a placement: the thing, and its locations at that time. */
    thing: one('entity'),
    places: many('entity'),
  },
}

export function relationOf(noun: Noun, through: Through): Relation {
  if (typeof through !== 'string') {
    typeOf(noun, through.at)
    return one(through.to)
  }
  const relation = Object.hasOwn(RELATIONS[noun], through) ? RELATIONS[noun][through] : undefined
  if (relation === undefined) throw new Problem('invalid-query', `${noun} has no relation “${through}”.`)
  return relation
}
