/** references: what the links of a draft point to, looked up in as many questions as there are sets, each refusal with its place. */
import { and, equals, everything, or, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { isDraft, refused, type Draft, type Reference } from './body.ts'
import type { EntityType, SetName } from './version.ts'
import type { Key } from './path.ts'

/** Who writes, and where to. */
export interface Writer {
  readonly service: Service
  readonly who: Principal
  /** The dataset that takes what is new. */
  readonly dataset: number
  /** The dataset whose door was used. */
  readonly door: number | undefined
  /** Whether new items get the ids that their bodies give. */
  readonly clientIds: boolean
}

/** Items that are there already, by set and key. */
export class References {
  private readonly found = new Map<string, Found>()

  itemOf(set: SetName, { key }: Reference): Found | undefined {
    return this.found.get(`${set} ${key}`)
  }

  keep(set: SetName, key: Key, item: Found): void {
    this.found.set(`${set} ${key}`, item)
  }
}

/** Throws `invalid-body` for a link to what is not there, or may not be seen. */
export async function findReferences(writer: Writer, drafts: readonly Draft[]): Promise<References> {
  const references = new References()
  const wanted = new Map<EntityType, Reference[]>()
  for (const { type, links } of drafts)
    for (const [name, targets] of Object.entries(links)) {
      const to = type.navigation[name]?.type
      const mine = targets.flatMap((target) => (isDraft(target) ? [] : [target]))
      if (to !== undefined && mine.length > 0) wanted.set(to, [...(wanted.get(to) ?? []), ...mine])
    }
  for (const [type, of] of wanted) await findAll(writer, type, of, references)
  return references
}

async function findAll({ service, who, door }: Writer, type: EntityType, wanted: readonly Reference[], into: References): Promise<void> {
  const { set } = type
  const keys = [...new Set(wanted.map(({ key }) => key))]
  const own = set === 'Things' || set === 'Datastreams' || set === 'Locations'
  const bound: Filter = own && door !== undefined ? equals(['dataset'], door) : everything
  const named = type.noun === 'entity' ? keys : keys.filter((key) => typeof key === 'number')
  const { items } = await service.find(who, ask(type.noun, and(type.where, oneOf(named), bound), keys.length))
  for (const item of items) {
    into.keep(set, item.id, item)
    if ('iri' in item) into.keep(set, item.iri, item)
  }
  for (const reference of wanted)
    if (into.itemOf(set, reference) === undefined) {
      const { key, pointer } = reference
      throw refused(pointer, { en: `There is no ${type.one} ${key}.`, de: `${type.one} ${key} gibt es nicht.` })
    }
}

function oneOf(keys: readonly Key[]): Filter {
  const numbers = keys.filter((key) => typeof key === 'number')
  const texts = keys.filter((key) => typeof key === 'string')
  const ids: Filter = { is: 'in', path: ['id'], values: numbers }
  return texts.length === 0 ? ids : or(ids, { is: 'in', path: ['iri'], values: texts })
}
