/** move: a Thing that is there gets the Locations that it has from now on, in place of those it had. */
import type { Entity } from '../../model/entity.ts'
import type { Writer } from './references.ts'

export interface Move {
  readonly thing: number
  readonly locations: readonly number[]
  /** Where it is then, for the other standards. */
  readonly geometry: Entity['geometry']
}

export async function move({ service, who }: Writer, { thing, locations, geometry }: Move): Promise<void> {
  const links = locations.map((target) => ({ source: thing, name: 'location', target }))
  await service.amend(who, 'entity', thing, (old) => placed(old, geometry), links, ['location'])
}

function placed(old: Entity, geometry: Entity['geometry']): Entity {
  const { geometry: _before, ...rest } = old
  return geometry === undefined ? rest : { ...rest, geometry }
}
