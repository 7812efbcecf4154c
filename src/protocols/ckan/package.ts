/** package: the card of a dataset as CKAN's package, its doors as resources; keys and extras are those that harvesters of German portals read. */
import type { Distribution } from '../../model/dataset.ts'
import type { Json } from '../../model/json.ts'
import { licenceOf } from '../../model/licences.ts'
import { textIn } from '../../model/text.ts'
import type { Card } from '../../service/service.ts'
import { brief as groupOf } from './group.ts'
import { packageId, resourceId } from './identity.ts'
import { formatOf } from './names.ts'
import { brief as organizationOf } from './organization.ts'
import { tag } from './tag.ts'

export interface Reader {
  readonly root: string
  readonly language: 'de' | 'en'
}

export function packageOf(card: Card, { root, language }: Reader) {
  const id = packageId(root, card.id)
  const organization = card.publisher === undefined ? null : organizationOf(root, card.publisher.name)
  return {
    id,
    name: card.slug,
    title: textIn(card.title, language) || card.slug,
    notes: textIn(card.description, language),
    url: `${root}/datasets/${card.slug}`,
    version: typeof card.properties['version'] === 'string' ? card.properties['version'] : null,
    state: 'active',
    type: 'dataset',
    private: card.access !== 'public',
    author: card.publisher?.name ?? null,
    author_email: card.publisher?.email ?? null,
    maintainer: card.contact?.name ?? null,
    maintainer_email: card.contact?.email ?? null,
    ...licenceOfPackage(card),
    owner_org: organization?.id ?? null,
    organization,
    metadata_created: momentOf(card.created),
    metadata_modified: momentOf(card.modified),
    num_resources: card.distributions.length,
    num_tags: card.keywords.length,
    resources: card.distributions.map((door, position) => resourceOf(door, card, position, { root, language })),
    tags: card.keywords.map((word) => tag(root, word)),
    groups: card.themes.map((theme) => groupOf(root, theme, language)),
    extras: extrasOf(card, root),
    relationships_as_subject: [],
    relationships_as_object: [],
    creator_user_id: null,
  }
}

function licenceOfPackage({ licence }: Card) {
  if (licence === undefined) return { license_id: null, license_title: null, license_url: null, isopen: false }
  const listed = licenceOf(licence)
  if (listed === undefined) return { license_id: licence, license_title: licence, license_url: licence, isopen: false }
  return { license_id: listed.code, license_title: listed.title, license_url: listed.page || listed.iri, isopen: listed.open }
}

export function resourceOf(door: Distribution, card: Card, position: number, { root, language }: Reader) {
  return {
    id: resourceId(root, card.id, door),
    package_id: packageId(root, card.id),
    name: textIn(door.title, language),
    description: `${textIn(card.title, language) || card.slug}: ${textIn(door.title, language)}`,
    url: door.url,
    format: formatOf(door),
    mimetype: door.mediaType === '' ? null : door.mediaType,
    size: null,
    hash: '',
    created: momentOf(card.created),
    last_modified: momentOf(card.modified),
    metadata_modified: momentOf(card.modified),
    position,
    state: 'active',
    resource_type: door.kind === 'service' ? 'api' : 'file',
    url_type: null,
    datastore_active: false,
    license: licenceOf(card.licence ?? '')?.iri ?? card.licence ?? null,
    licenseAttributionByText: card.publisher?.name ?? null,
  }
}

/** Naive, in UTC, with microseconds, as Python prints it. */
function momentOf(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, -1)}000`
}

/** By the keys that ckanext-dcatde reads. */
function extrasOf({ properties, extent, period, publisher, contact, created, modified, slug }: Card, root: string) {
  const all: Readonly<Record<string, Json | undefined>> = {
    identifier: `${root}/datasets/${slug}`,
    issued: created,
    modified,
    contributorID: listOf(properties['contributorID']),
    politicalGeocodingLevelURI: listOf(properties['geocodingLevel']),
    politicalGeocodingURI: listOf(properties['geocoding']),
    frequency: properties['frequency'],
    publisher_name: publisher?.name,
    publisher_email: publisher?.email,
    publisher_url: publisher?.url,
    contact_name: contact?.name,
    contact_email: contact?.email,
    contact_url: contact?.url,
    temporal_start: period?.start,
    temporal_end: period?.end,
    spatial: extent && JSON.stringify(polygonOf(extent)),
  }
  return Object.entries(all).flatMap(([key, value]) =>
    value === undefined || value === null || value === ''
      ? []
      : [{ key, value: typeof value === 'string' ? value : JSON.stringify(value) }],
  )
}

/** CKAN holds lists as JSON in a text. */
function listOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  return JSON.stringify(Array.isArray(value) ? value : [value])
}

function polygonOf([west, south, east, north]: NonNullable<Card['extent']>) {
  return { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } // prettier-ignore
}
