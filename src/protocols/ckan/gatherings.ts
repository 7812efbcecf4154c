/** gatherings: organisations and groups listed and shown: publishers and themes, with the packages that are theirs. */
import { Problem } from '../../problem.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { publishersOf, visible, type Asked } from './asked.ts'
import { facetsOf } from './facets.ts'
import { group } from './group.ts'
import { nameId } from './identity.ts'
import { nameOf } from './names.ts'
import { organization } from './organization.ts'
import { packageOf } from './package.ts'
import { themeOf } from '../../model/themes.ts'

const MOST_PACKAGES = 1000

export async function organizationList(asked: Asked) {
  return listed(asked, await organizations(asked), 'organizations')
}

export async function groupList(asked: Asked) {
  return listed(asked, await groups(asked), 'groups')
}

interface Gathering {
  readonly id: string
  readonly name: string
  readonly title: string
}

/** Names alone, or all that is known of each. */
function listed<T extends Gathering>({ params }: Asked, all: readonly T[], only: string): readonly (T | string)[] {
  const wanted = params.list(only)
  const sorted = all.toSorted((a, b) => (a.title < b.title ? -1 : 1)).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const [offset, limit] = [params.count('offset', 0, 1e9), params.count('limit', 1000, 10_000)]
  const page = sorted.slice(offset, offset + limit)
  return params.flag('all_fields') ? page : page.map(({ name }) => name)
}

async function organizations(asked: Asked) {
  return (await publishersOf(asked)).map(({ name, count }) => organization(asked.root, name, count))
}

async function groups(asked: Asked) {
  const facets = await facetsOf(asked, visible(asked), ['groups'], 0, 1)
  return (facets.get('groups') ?? []).map(({ name, count }) => group(asked.root, themeOf(name) ?? name, asked.language, count))
}

export async function organizationShow(asked: Asked) {
  const found = named(asked, await organizations(asked), 'organization')
  return { ...found, ...(await packagesIn(asked, equals(['publisher', 'name'], found.title))), users: [], groups: [], tags: [], extras: [] }
}

export async function groupShow(asked: Asked) {
  const found = named(asked, await groups(asked), 'group')
  return { ...found, ...(await packagesIn(asked, inTheme(found.name))), users: [], groups: [], tags: [], extras: [] }
}

export async function groupPackages(asked: Asked) {
  const { name } = named(asked, await groups(asked), 'group')
  return packagesOf(asked, inTheme(name), asked.params.count('limit', MOST_PACKAGES, MOST_PACKAGES))
}

const inTheme = (name: string): Filter => ({ is: 'has', path: ['themes'], value: themeOf(name) ?? name })

async function packagesIn(asked: Asked, where: Filter) {
  return asked.params.flag('include_datasets') ? { packages: await packagesOf(asked, where, MOST_PACKAGES) } : {}
}

async function packagesOf(asked: Asked, where: Filter, limit: number) {
  const { items } = await asked.service.cards(asked.who, ask('dataset', and(visible(asked), where), limit), asked.root)
  return items.map((card) => packageOf(card, asked))
}

function named<T extends Gathering>({ params, root }: Asked, all: readonly T[], kind: 'organization' | 'group'): T {
  const id = params.needed('id')
  const found = all.find((one) => one.name === id || one.id === id || nameId(root, kind, nameOf(id)) === one.id)
  if (found !== undefined) return found
  throw new Problem('not-found', { en: 'Not found', de: `„${id}“ gibt es nicht.` }, { parameter: 'id' })
}

export async function groupAutocomplete(asked: Asked, kind: 'organization' | 'group') {
  const part = asked.params.text('q')?.toLowerCase() ?? ''
  const all = kind === 'group' ? await groups(asked) : await organizations(asked)
  return all
    .filter(({ name, title }) => name.includes(part) || title.toLowerCase().includes(part))
    .slice(0, asked.params.count('limit', 20, 1000))
    .map(({ id, name, title }) => ({ id, name, title }))
}
