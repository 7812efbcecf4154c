/** actions: the calls of CKAN's Action API (docs.ckan.org, api/index), by name. All of them read; what writes is said to be missing. */
import { LICENCES } from '../../model/licences.ts'
import { Problem } from '../../problem.ts'
import { and, equals, or, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Card } from '../../service/service.ts'
import { visible, type Asked } from './asked.ts'
import { groupAutocomplete, groupList, groupPackages, groupShow, organizationList, organizationShow } from './gatherings.ts'
import { datasetIn, nameId } from './identity.ts'
import { packageOf, resourceOf } from './package.ts'
import { MOST_ROWS, packageSearch } from './search.ts'
import { tagList, tagSearch, tagShow } from './tags.ts'

export type Action = (asked: Asked) => unknown

export const ACTIONS: Readonly<Record<string, Action>> = {
  site_read: () => true,
  status_show: ({ root, language }) => ({
    ckan_version: '2.11.0',
    site_title: URL.parse(root)?.host ?? root,
    site_description: '',
    site_url: root,
    locale_default: language,
    extensions: ['dcat', 'dcatde'],
    error_emails_to: null,
  }),
  help_show: ({ params }) => helpOf(params.needed('name')),

  package_list: async (asked) => (await cardsIn(asked, 'slug', 10_000)).map(({ slug }) => slug),
  package_show: async (asked) => packageOf(await cardOf(asked, asked.params.text('name_or_id') ?? asked.params.needed('id')), asked),
  package_search: packageSearch,
  current_package_list_with_resources: async (asked) => (await cardsIn(asked, 'modified', MOST_ROWS)).map((card) => packageOf(card, asked)),
  package_autocomplete: packageAutocomplete,
  package_activity_list: async (asked) => [activityOf(await cardOf(asked, asked.params.needed('id')), asked)],
  recently_changed_packages_activity_list: async (asked) => (await cardsIn(asked, 'modified', 30)).map((card) => activityOf(card, asked)),

  resource_show: resourceShow,
  resource_search: resourceSearch,
  resource_view_list: () => [],
  format_autocomplete: formatAutocomplete,

  organization_list: organizationList,
  organization_show: organizationShow,
  organization_autocomplete: async (asked) => groupAutocomplete(asked, 'organization'),
  group_list: groupList,
  group_show: groupShow,
  group_package_show: groupPackages,
  group_autocomplete: async (asked) => groupAutocomplete(asked, 'group'),

  tag_list: tagList,
  tag_show: tagShow,
  tag_search: tagSearch,
  tag_autocomplete: async (asked) => (await tagSearch(asked)).results.map(({ name }) => name),
  vocabulary_list: () => [],

  license_list: () =>
    LICENCES.map(({ code, title, page, iri, open }) => ({
      id: code,
      title,
      url: page || iri,
      status: 'active',
      od_conformance: open ? 'approved' : 'not reviewed',
      is_okd_compliant: open,
    })),

  datastore_search: missingTable,
  datastore_info: missingTable,
  datastore_search_sql: () => {
    throw new Problem('forbidden', {
      en: 'SQL is not taken from outside. The data are at the addresses that the resources of the package name.',
      de: 'SQL wird von außen nicht angenommen. Die Daten stehen unter den Adressen, die die Ressourcen des Pakets nennen.',
    })
  },
}

/** Throws `invalid-query` for a name that is none. */
function helpOf(name: string): string {
  if (Object.hasOwn(ACTIONS, name)) return `${name}: see https://docs.ckan.org/en/latest/api/#ckan.logic.action.get.${name}`
  throw new Problem('not-found', { en: `Action ${name} not found`, de: `Die Aktion ${name} gibt es nicht` })
}

/** Under its name or its id. */
async function cardOf(asked: Asked, text: string): Promise<Card> {
  const number = datasetIn(asked.root, text)
  const named: Filter = number === undefined ? equals(['slug'], text) : or(equals(['slug'], text), equals(['id'], number))
  const { items } = await asked.service.cards(asked.who, ask('dataset', and(visible(asked, true), named), 1), asked.root)
  if (items[0] !== undefined) return items[0]
  throw new Problem('not-found', { en: 'Not found', de: `Den Datensatz „${text}“ gibt es nicht.` }, { parameter: 'id' })
}

async function cardsIn({ service, who, root, params }: Asked, by: 'slug' | 'modified', most: number): Promise<readonly Card[]> {
  const limit = params.count('limit', most, most)
  const offset = params.text('offset') === undefined ? (params.count('page', 1, 1_000_000) - 1) * limit : params.count('offset', 0, 1e9)
  const order = [{ by: { path: [by] as const }, descending: by === 'modified' }]
  const query = { ...ask('dataset', visible({ who })), order, page: { limit, offset: Math.max(0, offset) } }
  return (await service.cards(who, query, root)).items
}

async function packageAutocomplete({ service, who, params, language }: Asked) {
  const part = params.needed('q').toLowerCase()
  const holds = (path: readonly [string, ...string[]]): Filter => ({
    is: 'text',
    left: { call: 'lower', args: [{ path }] },
    how: 'contains',
    part: { value: part },
  })
  const where = and(visible({ who }), or(holds(['slug']), holds(['title', 'de']), holds(['title', 'en'])))
  const { items } = await service.find(who, ask('dataset', where, params.count('limit', 10, 100)))
  return items.map(({ slug, title }) => {
    const shown = title[language] ?? slug
    return { name: slug, title: shown, match_field: slug.includes(part) ? 'name' : 'title', match_displayed: shown }
  })
}

async function formatAutocomplete(asked: Asked) {
  const part = asked.params.text('q')?.toLowerCase() ?? ''
  return (await asked.formats()).map((format) => format.toLowerCase()).filter((format) => format.includes(part))
}

async function resourceShow(asked: Asked) {
  const id = asked.params.needed('id')
  const number = datasetIn(asked.root, id)
  const card = number === undefined ? undefined : await cardOf(asked, id)
  const found = card?.distributions
    .map((door, position) => resourceOf(door, card, position, asked))
    .find((resource) => resource.id === id.toLowerCase())
  if (found !== undefined) return found
  throw new Problem('not-found', { en: 'Not found', de: `Die Ressource „${id}“ gibt es nicht.` }, { parameter: 'id' })
}

/** "format:csv", "name:excel": the text is part of the field, as in CKAN. */
async function resourceSearch(asked: Asked) {
  const wanted = asked.params.list('query').map((text) => {
    const [, field = '', part = ''] = /^(\w+):(.*)$/s.exec(text) ?? []
    if (!SEARCHED.includes(field))
      throw new Problem(
        'invalid-query',
        {
          en: `“${text}” is not field:text with a field of ${SEARCHED.join(', ')}.`,
          de: `„${text}“ ist nicht Feld:Text mit einem Feld aus ${SEARCHED.join(', ')}.`,
        },
        { parameter: 'query' },
      )
    return { field: field as 'name', part: part.toLowerCase() }
  })
  const cards = await cardsIn(asked, 'slug', MOST_ROWS)
  const all = cards.flatMap((card) => card.distributions.map((door, position) => resourceOf(door, card, position, asked)))
  const results = all.filter((resource) => wanted.every(({ field, part }) => resource[field].toLowerCase().includes(part)))
  return { count: results.length, results }
}

const SEARCHED = ['name', 'description', 'url', 'format']

/** The last change of a dataset; who made it is not said. */
function activityOf(card: Card, asked: Asked) {
  const packed = packageOf(card, asked)
  return {
    id: nameId(asked.root, 'user', `${card.slug} ${card.modified}`),
    timestamp: packed.metadata_modified,
    object_id: packed.id,
    user_id: nameId(asked.root, 'user', 'platform'),
    activity_type: card.created === card.modified ? 'new package' : 'changed package',
    data: { package: packed },
  }
}

function missingTable({ params }: Asked): never {
  throw new Problem('not-found', {
    en: `Resource “${params.text('resource_id') ?? params.text('id') ?? ''}” is not held as a table here; fetch its address.`,
    de: `Die Ressource „${params.text('resource_id') ?? params.text('id') ?? ''}“ liegt hier nicht als Tabelle; rufen Sie ihre Adresse ab.`,
  })
}
