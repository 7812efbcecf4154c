/** place: where a topic leads: to which standard, in which tenant, at which address. */
import type { People } from '../govern/people.ts'
import type { Tenant } from '../govern/tenants.ts'
import type { Identify } from '../http/identify.ts'
import { Problem } from '../problem.ts'
import { tenantNamed } from './guest.ts'
import type { Speaker, Spot } from './speaker.ts'
import { LONGEST, tenantTopicOf } from './topic.ts'

export interface Around {
  /** The public address without a slash at its end. */
  readonly url: string
  readonly people: People
  readonly identify: Identify
  readonly speakers: readonly Speaker[]
}

export interface Place extends Pick<Spot, 'topic' | 'root'> {
  readonly speaker: Speaker
  readonly tenant: Tenant
}

/** Without a tenant of its own a topic belongs to `home`. Throws a Problem. */
export async function placeOf(topic: string, home: Tenant, { url, people, speakers }: Around): Promise<Place> {
  if (topic.length > LONGEST) throw new Problem('invalid-query', `A topic has at most ${LONGEST} characters.`)
  const { tenant: slug, rest } = tenantTopicOf(topic)
  const speaker = speakers.find((one) => one.speaks(rest))
  if (speaker === undefined)
    throw new Problem('not-found', { en: `There is nothing at “${topic}”.`, de: `Unter „${topic}“ gibt es nichts.` })
  const tenant = slug === undefined ? home : await tenantNamed(slug, people)
  return { speaker, tenant, topic: rest, root: rootOf(tenant, url, slug !== undefined) }
}

/** The default tenant has a prefix only where it is named. */
export function rootOf({ slug }: Tenant, url: string, named = false): string {
  return !named && slug === 'default' ? url : `${url}/t/${encodeURIComponent(slug)}`
}

/** A problem as clients of the topic know it. */
export function said(topic: string, problem: Problem, { speakers }: Pick<Around, 'speakers'>): string {
  const speaker = speakers.find((one) => one.speaks(tenantTopicOf(topic).rest)) ?? speakers[0]
  return JSON.stringify(speaker?.problem(problem) ?? { message: problem.in('de') })
}
