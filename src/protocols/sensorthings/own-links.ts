/** own-links: links of somebody's own: `"parent.Thing@iot.id": 5` among the properties of an entity leads to that Thing, as `properties/parent.Thing`. */
import type { Path } from '../../query/filter.ts'
import { propertyOf, type EntityType, type Navigation } from './version.ts'

/** What comes of names that lead along such a link: the way, and how many of them it takes. */
export interface OwnLink {
  readonly by: Navigation
  readonly taken: number
}

/** Undefined where the first name is no property that holds JSON, or none after it is such a link. */
export function ownLinkIn(names: readonly string[], type: EntityType): OwnLink | undefined {
  const [name = '', ...keys] = names
  const property = propertyOf(type, name)
  const at = keys.findIndex((key) => oneCalled(key, type) !== undefined)
  const to = oneCalled(keys[at] ?? '', type)
  if (property?.is !== 'json' || to === undefined) return undefined
  const taken = [name, ...keys.slice(0, at + 1)]
  const path: Path = [...property.path, ...keys.slice(0, at), `${keys[at]}@iot.id`]
  const by = { name: taken.join('/'), to: to.set, type: to, many: false, through: { at: path, to: to.noun }, back: '', where: to.where }
  return { by, taken: taken.length }
}

/** Of "parent.Thing" the Things. */
function oneCalled(key: string, { version }: EntityType): EntityType | undefined {
  const dot = key.lastIndexOf('.')
  return dot < 0 ? undefined : Object.values(version.types).find(({ one }) => one === key.slice(dot + 1))
}
