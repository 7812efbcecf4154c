/**
 * identity: the UUIDs that CKAN's clients know things by. A harvester takes them for the identity of a package in the whole world, so
 * that each holds which installation it is of (48 bits of its address), what is meant (24 bits), and the number of the dataset (48 bits):
 * UUIDs of version 8 (RFC 9562, 5.8), the same at every call and readable backwards.
 */
import { createHash } from 'node:crypto'
import type { Distribution } from '../../model/dataset.ts'

const hashed = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits)

/** `what` is empty for the dataset itself. */
function uuid(root: string, what: string, number: number): string {
  const [place, meant] = [hashed(root, 12), what === '' ? '000000' : hashed(what, 6)]
  return `${place.slice(0, 8)}-${place.slice(8)}-8${meant.slice(0, 3)}-8${meant.slice(3)}-${number.toString(16).padStart(12, '0')}`
}

export const packageId = (root: string, dataset: number): string => uuid(root, '', dataset)

/** By its address below the root: what the address is called may change, its words not. */
export const resourceId = (root: string, dataset: number, { url }: Pick<Distribution, 'url'>): string =>
  uuid(root, url.startsWith(root) ? url.slice(root.length) : url, dataset)

/** Of what is no dataset: an organisation, a group, a tag. */
export const nameId = (root: string, kind: 'organization' | 'group' | 'tag' | 'user', name: string): string =>
  uuid(root, `${kind}:${name}`, 0)

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-([0-9a-f]{12})$/i

/** The dataset that a UUID of ours is of; undefined for any other text. */
export function datasetIn(root: string, id: string): number | undefined {
  const number = FORM.exec(id)?.[1]
  if (number === undefined || id.slice(0, 13).replace('-', '').toLowerCase() !== hashed(root, 12)) return undefined
  return parseInt(number, 16)
}
