/** subscribing: subscriptions made, read, changed and deleted (5.8.1 to 5.8.5). */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { SubscriptionRow, Subscriptions, Wish } from '../../govern/subscriptions.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { mediaOf, send, type Call } from './call.ts'
import { refused } from './body.ts'
import type { Context } from './context.ts'
import { BASE, NULL } from './names.ts'
import { optionsIn, pageIn, isTrue } from './params.ts'
import { pageLinks } from './reading.ts'
import { checkExpiry, parseSubscription, type Plan, type Subscription } from './subscription.ts'

export async function createSubscription(call: Call, shelf: Subscriptions): Promise<FastifyReply> {
  const parsed = parseSubscription(call, call.body)
  checkExpiry(parsed)
  const iri = parsed.id ?? `urn:ngsi-ld:Subscription:${randomUUID()}`
  await shelf.add(call.who, wishOf(parsed, iri))
  return call.reply
    .code(201)
    .header('location', `${BASE}/subscriptions/${encodeURIComponent(iri).replaceAll('%3A', ':')}`)
    .send()
}

function wishOf({ said, plan, active, expires }: Subscription, iri: string): Wish {
  return { iri, said, plan: plan as unknown as Json, active, expires }
}

export async function retrieveSubscription(call: Call, shelf: Subscriptions, iri: string): Promise<FastifyReply> {
  const media = mediaOf(call)
  return send(call, media, await shownTo(call, await shelf.get(call.who, iri)))
}

export async function listSubscriptions(call: Call, shelf: Subscriptions): Promise<FastifyReply> {
  const media = mediaOf(call)
  const page = pageIn(call.parameters)
  const { rows, total } = await shelf.list(call.who, page)
  if (page.count) void call.reply.header('ngsild-results-count', String(total))
  pageLinks(call, page, page.offset + rows.length < total && rows.length > 0 ? '' : undefined, media)
  return send(call, media, await Promise.all(rows.map((row) => shownTo(call, row))))
}

/** 5.8.2: what is said replaces, what is null goes; then the whole is checked as if it were new. */
export async function changeSubscription(call: Call, shelf: Subscriptions, iri: string): Promise<FastifyReply> {
  const old = await shelf.get(call.who, iri)
  if (!isObject(call.body) || Object.keys(call.body).length === 0)
    throw refused('', { en: 'Say what is to change.', de: 'Sagen Sie, was sich ändern soll.' })
  if (call.body['id'] !== undefined && call.body['id'] !== iri)
    throw refused('/id', { en: 'The id is that of the address.', de: 'Die id ist die der Adresse.' })
  const before = await contextOf(call, old)
  const context = call.context.source === before.source || !namesTerms(call.body) ? before : call.context
  const merged = patched(translated(old.said, before, context), call.body)
  const parsed = parseSubscription({ ...call, context }, merged)
  if (call.body['expiresAt'] !== undefined) checkExpiry(parsed)
  await shelf.change(call.who, old, wishOf(parsed, iri))
  return call.reply.code(204).send()
}

function patched(old: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...old }
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name]
    if (value === NULL || value === null) delete merged[name]
    else if ((name === 'notification' || name === 'endpoint') && isObject(value) && isObject(before)) merged[name] = patched(before, value)
    else merged[name] = value
  }
  return merged
}

const namesTerms = (patch: JsonObject): boolean =>
  ['entities', 'watchedAttributes', 'q', 'geoQ', 'notification', 'lang'].some((name) => patch[name] !== undefined)

export async function deleteSubscription(call: Call, shelf: Subscriptions, iri: string): Promise<FastifyReply> {
  await shelf.remove(call.who, iri)
  return call.reply.code(204).send()
}

async function contextOf({ means, who }: Call, row: SubscriptionRow): Promise<Context> {
  const { context, root } = planOf(row)
  return means.contexts.resolve(who.tenant, root, context)
}

export const planOf = ({ plan }: SubscriptionRow): Plan => plan as unknown as Plan

/** By the reader's context, with what has become of it. */
async function shownTo(call: Call, row: SubscriptionRow): Promise<JsonObject> {
  const said = translated(row.said, await contextOf(call, row), call.context)
  const { notification, ...rest } = said
  const sysAttrs = optionsIn(call.parameters, ['sysAttrs', 'count']).includes('sysAttrs') || isTrue(call.parameters, 'sysAttrs')
  return {
    id: row.iri,
    ...rest,
    status: statusOf(row),
    notification: { ...(isObject(notification) ? notification : {}), ...countersOf(row) },
    ...(sysAttrs && { createdAt: row.created, modifiedAt: row.modified }),
  }
}

function statusOf({ active, expires }: SubscriptionRow): string {
  if (expires !== null && Date.parse(expires) <= Date.now()) return 'expired'
  return active ? 'active' : 'paused'
}

function countersOf({ sent, failed, notified, succeeded, refused: failure }: SubscriptionRow): JsonObject {
  const bad = failure !== null && (succeeded === null || Date.parse(failure) > Date.parse(succeeded))
  return {
    status: bad ? 'failed' : 'ok',
    timesSent: sent,
    timesFailed: failed,
    ...(notified !== null && { lastNotification: notified }),
    ...(succeeded !== null && { lastSuccess: succeeded }),
    ...(failure !== null && { lastFailure: failure }),
  }
}

/** Names of types and attributes said by another context; queries are shown in the words they were written in. */
function translated(said: JsonObject, from: Context, to: Context): JsonObject {
  if (from === to) return said
  const term = (one: Json): Json => (typeof one === 'string' && !OWN.has(one) ? to.termOf(from.nameOf(one)) : one)
  const all = (value: Json): Json => (Array.isArray(value) ? value.map(term) : term(value))
  const inside = (value: Json, members: readonly string[]): Json =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, members.includes(name) ? all(one) : one]))
      : value
  const parts = Object.entries(said).map(([name, value]): [string, Json] => {
    if (name === 'watchedAttributes') return [name, all(value)]
    if (name === 'entities' && Array.isArray(value)) return [name, value.map((one: Json) => inside(one, ['type']))]
    return [name, name === 'notification' ? inside(value, ['attributes', 'pick', 'omit']) : value]
  })
  return Object.fromEntries(parts)
}

const OWN = new Set(['id', 'type', 'scope', '*'])
