/** notification: whether a subscription is to be told of what happened, and in which words (5.3.1, 5.8.6). */
import { randomUUID } from 'node:crypto'
import type { Series } from '../../model/series.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { matches, type Related } from '../../query/matches.ts'
import { wayName } from '../../query/filter.ts'
import type { Found } from '../../query/query.ts'
import type { Context } from './context.ts'
import type { Happened } from './happened.ts'
import { MEDIA, NULL } from './names.ts'
import { renderEntity, renderFeature, shows, type Shape } from './render.ts'
import type { State } from './state.ts'
import { shapeOf, type Plan } from './subscription.ts'

/** Whether the change counts, and the entity is one of those it is about. */
export function concerns({ where, watched, triggers }: Plan, { thing, made, attributes }: Happened): boolean {
  const changed = [...attributes].some(([name, change]) => triggers.includes(change) && (watched === undefined || watched.includes(name)))
  return (changed || (made && triggers.includes('entityCreated'))) && matches(where, thing, related)
}

const related: Related = (item, through) => ((item as Found).with?.[wayName(through)]?.items ?? []) as readonly Series[]

/** `gone`: attributes that are told as taken away. */
export interface Told {
  readonly state: State
  readonly gone: readonly string[]
}

export function goneIn({ triggers }: Plan, { attributes }: Happened): readonly string[] {
  return triggers.includes('attributeDeleted') ? [...attributes].flatMap(([name, change]) => (change === 'attributeDeleted' ? [name] : [])) : [] // prettier-ignore
}

export function renderNotification(plan: Plan, subscription: string, told: readonly Told[], context: Context, at: string): JsonObject {
  const shape = shapeOf(plan.shape)
  const data = told.map((one) => dataOf(one, plan, context, shape))
  return {
    id: `urn:ngsi-ld:Notification:${randomUUID()}`,
    type: 'Notification',
    subscriptionId: subscription,
    notifiedAt: at,
    data: plan.endpoint.accept === MEDIA.geojson ? { type: 'FeatureCollection', features: data } : data,
    ...(plan.endpoint.accept === MEDIA.jsonld && { '@context': context.source }),
  }
}

function dataOf({ state, gone }: Told, { endpoint }: Plan, context: Context, shape: Shape): JsonObject {
  const nulls: [string, Json][] = gone.filter((name) => shows(shape, name)).map((name) => [context.termOf(name), NULL])
  if (endpoint.accept !== MEDIA.geojson) return { ...renderEntity(state, context, shape), ...Object.fromEntries(nulls) }
  const feature = renderFeature(state, context, shape, 'location')
  return { ...feature, properties: { ...(feature['properties'] as JsonObject), ...Object.fromEntries(nulls) } }
}
