/**
 * subscription: a Subscription as callers write it (5.2.12 to 5.2.15), checked, and made into a plan: what of it is looked at with every
 * change. Names in a plan are kept names. What the standard knows and is not done here is refused.
 */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Instant } from '../../model/time.ts'
import { Problem, type Said } from '../../problem.ts'
import { and, type Filter } from '../../query/filter.ts'
import { idOf, refused } from './body.ts'
import type { Call } from './call.ts'
import { rootOf } from './call.ts'
import { parseEndpoint, type Endpoint } from './endpoint.ts'
import { momentOf, shown } from './members.ts'
import { shapeIn } from './params.ts'
import { queryOf } from './query-body.ts'
import type { Shape } from './render.ts'
import { selectionIn } from './selection.ts'
import { ENTITIES } from './write.ts'

export const CHANGES = ['attributeCreated', 'attributeUpdated', 'attributeDeleted'] as const
export type AttributeChange = (typeof CHANGES)[number]
export type Trigger = AttributeChange | 'entityCreated'

export interface Plan {
  readonly where: Filter
  /** Attributes of which a change counts; absent: all. */
  readonly watched?: readonly string[]
  readonly triggers: readonly Trigger[]
  /** Seconds. */
  readonly interval?: number
  readonly throttling?: number
  readonly endpoint: Endpoint
  readonly shape: KeptShape
  /** As the caller named it. */
  readonly context: Json
  /** The address of the tenant when it was made, and how the caller named the tenant. */
  readonly root: string
  readonly tenant?: string
}

/** A shape whose sets are lists. */
export type KeptShape = Omit<Shape, 'pick' | 'omit' | 'datasetIds'> & {
  readonly pick?: readonly string[]
  readonly omit?: readonly string[]
  readonly datasetIds?: readonly string[]
}

export interface Subscription {
  readonly id: string | undefined
  readonly said: JsonObject
  readonly plan: Plan
  readonly active: boolean
  readonly expires: Instant | null
}

/** Found out by the platform; whoever sends them is not heard. */
const SYSTEM = ['status', 'createdAt', 'modifiedAt', 'timesSent', 'timesFailed', 'lastNotification', 'lastSuccess', 'lastFailure']
const TEXTS = ['subscriptionName', 'description', 'q', 'scopeQ', 'lang'] as const
const LATER = ['csf', 'temporalQ', 'splitEntities', 'jsonKeys', 'expandValues', 'ngsildConformance', 'jsonldContext'] as const
const LATER_NOTIFIED = ['join', 'joinLevel', 'showChanges', 'containedBy'] as const
/** Most selectors, watched attributes and the like in one subscription. */
const MOST = 1000

export function parseSubscription(call: Call, body: Json | undefined): Subscription {
  if (!isObject(body)) throw refused('', { en: 'A subscription is a JSON object.', de: 'Eine Subscription ist ein JSON-Objekt.' })
  const said = Object.fromEntries(Object.entries(body).filter(([name]) => !SYSTEM.includes(name)))
  if (said['type'] !== 'Subscription') throw refused('/type', { en: 'The type is “Subscription”.', de: 'Der Typ ist „Subscription“.' })
  refuseLater(said, LATER, '')
  for (const name of TEXTS) textIn(said, name)
  const interval = secondsIn(said, 'timeInterval')
  const throttling = secondsIn(said, 'throttling')
  checkScope(said, interval)
  const { endpoint, shape } = notificationIn(call, said)
  const { id, isActive = true, expiresAt } = said
  if (typeof isActive !== 'boolean') throw refused('/isActive', { en: 'isActive is true or false.', de: 'isActive ist true oder false.' })
  const tenant = call.request.headers['ngsild-tenant']
  const watched = namesIn(call, said, 'watchedAttributes')
  return {
    id: id === undefined ? undefined : idOf(id, '/id'),
    said,
    active: isActive,
    expires: expiresAt === undefined ? null : momentOf(expiresAt, '/expiresAt'),
    plan: {
      where: whereIn(call, said),
      ...(watched && { watched }),
      triggers: triggersIn(said),
      ...(interval !== undefined && { interval }),
      ...(throttling !== undefined && { throttling }),
      endpoint,
      shape,
      context: call.context.source,
      root: rootOf(call.request),
      ...(typeof tenant === 'string' && { tenant }),
    },
  }
}

/** A date that has passed is refused when it is said (5.8.1.4), not when something else is changed later. */
export function checkExpiry({ expires }: Subscription): void {
  if (expires !== null && Date.parse(expires) <= Date.now())
    throw refused('/expiresAt', { en: 'expiresAt has passed already.', de: 'expiresAt ist schon vorbei.' })
}

function checkScope(said: JsonObject, interval: number | undefined): void {
  if (said['entities'] === undefined && said['watchedAttributes'] === undefined && said['localOnly'] !== true)
    throw refused('/entities', {
      en: '“entities” or “watchedAttributes” says what it is about.',
      de: '„entities“ oder „watchedAttributes“ sagt, worum es geht.',
    })
  if (interval === undefined) return
  const both = ['watchedAttributes', 'throttling', 'notificationTrigger'].find((name) => said[name] !== undefined)
  if (both !== undefined)
    throw refused(`/${both}`, { en: `“${both}” does not go with timeInterval.`, de: `„${both}“ passt nicht zu timeInterval.` })
}

function whereIn(call: Call, said: JsonObject): Filter {
  const { entities, q, geoQ, scopeQ } = said
  const body: Record<string, Json> = { type: 'Query' }
  for (const [name, value] of Object.entries({ entities, q, geoQ, scopeQ })) if (value !== undefined) body[name] = value
  const asked = queryOf({ ...call, parameters: new URLSearchParams({ local: 'true' }), body })
  return and(ENTITIES, call.within, selectionIn(asked).where)
}

function notificationIn(call: Call, said: JsonObject): { readonly endpoint: Endpoint; readonly shape: KeptShape } {
  const notification = said['notification']
  if (!isObject(notification)) throw refused('/notification', { en: '“notification” is missing.', de: '„notification“ fehlt.' })
  refuseLater(notification, LATER_NOTIFIED, '/notification')
  const parameters = new URLSearchParams()
  for (const name of ['attributes', 'pick', 'omit'] as const) {
    const names = listIn(notification[name], `/notification/${name}`)
    if (names) parameters.set(name === 'attributes' ? 'attrs' : name, names.join(','))
  }
  const datasetIds = listIn(said['datasetId'], '/datasetId')
  if (datasetIds) parameters.set('datasetId', datasetIds.join(','))
  if (typeof said['lang'] === 'string') parameters.set('lang', said['lang'])
  const { format, sysAttrs } = notification
  if (format !== undefined) parameters.set('format', shown(format))
  if (sysAttrs !== undefined) parameters.set('sysAttrs', shown(sysAttrs))
  return { endpoint: parseEndpoint(notification['endpoint']), shape: keptShape(shapeIn(parameters, call.context)) }
}

function keptShape({ pick, omit, datasetIds, ...rest }: Shape): KeptShape {
  return { ...rest, ...(pick && { pick: [...pick] }), ...(omit && { omit: [...omit] }), ...(datasetIds && { datasetIds: [...datasetIds] }) }
}

/** The reverse of keptShape. */
export function shapeOf({ pick, omit, datasetIds, ...rest }: KeptShape): Shape {
  const sets = { ...(pick && { pick: new Set(pick) }), ...(omit && { omit: new Set(omit) }) }
  return { ...rest, ...sets, ...(datasetIds && { datasetIds: new Set(datasetIds) }) }
}

/** Without a word: attributes that come and change; deletions are silent (5.2.12). */
function triggersIn(said: JsonObject): readonly Trigger[] {
  const names = listIn(said['notificationTrigger'], '/notificationTrigger')
  if (names === undefined) return ['attributeCreated', 'attributeUpdated']
  return [...new Set(names.flatMap(triggersOf))]
}

function triggersOf(name: string): readonly Trigger[] {
  if (name === 'entityUpdated') return CHANGES
  if (name === 'entityCreated') return [name]
  const change = CHANGES.find((one) => one === name)
  if (change !== undefined) return [change]
  if (name === 'entityDeleted') throw later(name, '/notificationTrigger')
  throw refused('/notificationTrigger', { en: `“${name}” is no trigger.`, de: `„${name}“ ist kein Auslöser.` })
}

function namesIn({ context }: Call, said: JsonObject, member: string): readonly string[] | undefined {
  return listIn(said[member], `/${member}`)?.map((term) => {
    if (/[<>"'=;()\s]/.test(term)) throw refused(`/${member}`, { en: `“${term}” cannot be a name.`, de: `„${term}“ kann kein Name sein.` })
    return context.nameOf(term)
  })
}

function listIn(value: Json | undefined, pointer: string): readonly string[] | undefined {
  if (value === undefined) return undefined
  const list = (Array.isArray(value) ? value : [value]) as readonly Json[]
  if (list.length > 0 && list.length <= MOST && list.every((one) => typeof one === 'string' && one !== '' && !one.includes(',')))
    return list as readonly string[]
  throw refused(pointer, {
    en: 'This is a list of names with something in it.',
    de: 'Hier steht eine Liste von Namen, die nicht leer ist.',
  })
}

function textIn(said: JsonObject, member: string): void {
  const value = said[member]
  if (value !== undefined && (typeof value !== 'string' || value === ''))
    throw refused(`/${member}`, { en: `“${member}” is a text.`, de: `„${member}“ ist ein Text.` })
}

function secondsIn(said: JsonObject, member: string): number | undefined {
  const value = said[member]
  if (value === undefined) return undefined
  if (typeof value === 'number' && value > 0 && value <= 1e9) return value
  throw refused(`/${member}`, {
    en: `“${member}” is a number of seconds above 0.`,
    de: `„${member}“ ist eine Zahl von Sekunden über 0.`,
  })
}

function refuseLater(said: JsonObject, names: readonly string[], pointer: string): void {
  const name = names.find((one) => said[one] !== undefined && said[one] !== false && said[one] !== '@none')
  if (name !== undefined) throw later(name, `${pointer}/${name}`)
}

export function later(name: string, pointer: string): Problem {
  const words: Said = {
    en: `“${name}” is not supported in subscriptions yet.`,
    de: `„${name}“ wird in Subscriptions noch nicht unterstützt.`,
  }
  return new Problem('not-implemented', words, { pointer })
}
