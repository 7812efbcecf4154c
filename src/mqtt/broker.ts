/**
 * broker: MQTT inside the platform, without messages of its own. What is published goes to the standard whose topic it is and is acknowledged
 * when it is durable; what a standard tells goes to whoever subscribed, and never from client to client.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { IConnectPacket } from 'mqtt-packet'
import type { People } from '../govern/people.ts'
import type { Identify } from '../http/identify.ts'
import { gauge } from '../observe.ts'
import { Problem } from '../problem.ts'
import { Connection, type Reception } from './connection.ts'
import { tenantNamed, welcome, type Guest } from './guest.ts'
import { REASON } from './reason.ts'
import { Session, type Place } from './session.ts'
import type { Speaker } from './speaker.ts'
import { LONGEST, tenantTopicOf } from './topic.ts'
import type { Visitor } from './visitor.ts'

export interface Around {
  /** The public address without a slash at its end. */
  readonly url: string
  readonly people: People
  readonly identify: Identify
  readonly speakers: readonly Speaker[]
}

/** Milliseconds that a stop waits for what is being stored. */
const PATIENCE = 3000

export class Broker implements Reception {
  waiting = 0
  private readonly clients = new Map<string, Connection>()
  private readonly connections = new Map<Connection, string | undefined>()
  private readonly around: Around

  constructor(around: Around) {
    this.around = around
    gauge('allmende_mqtt_clients', 'Clients connected by MQTT.', () => this.clients.size)
    gauge('allmende_mqtt_waiting_bytes', 'Bytes that wait for MQTT clients to read them.', () => this.waiting)
  }

  /** A connection, whatever carries it. */
  accept(conn: Duplex, request?: IncomingMessage): void {
    this.connections.set(new Connection(conn, request, this), undefined)
  }

  async enter(
    connection: Connection,
    { username, password, clientId }: IConnectPacket,
    request: IncomingMessage | undefined,
  ): Promise<Visitor> {
    const { people, identify } = this.around
    const guest = await welcome({ username, password, request }, people, identify)
    const id = idOf(clientId, username, password)
    this.clients.get(id)?.end(REASON.takenOver)
    if (this.connections.has(connection)) {
      this.connections.set(connection, id)
      this.clients.set(id, connection)
    }
    return new Session(guest, {
      id,
      deliver: (message) => connection.deliver(message),
      end: (reason) => connection.end(reason),
      placeOf: (topic, of) => this.placeOf(topic, of),
      said: (topic, problem) => this.said(topic, problem),
    })
  }

  left(connection: Connection): void {
    const id = this.connections.get(connection)
    this.connections.delete(connection)
    if (id !== undefined && this.clients.get(id) === connection) this.clients.delete(id)
  }

  /** What is being stored is acknowledged first, as far as that takes no longer than a moment. */
  async close(): Promise<void> {
    const all = [...this.connections.keys()]
    await Promise.race([Promise.all(all.map((connection) => connection.settle())), setTimeout(PATIENCE, undefined, { ref: false })])
    for (const connection of all) connection.end(REASON.stopping)
  }

  private async placeOf(topic: string, { home }: Guest): Promise<Place> {
    if (topic.length > LONGEST) throw new Problem('invalid-query', `A topic has at most ${LONGEST} characters.`)
    const { tenant: slug, rest } = tenantTopicOf(topic)
    const speaker = this.around.speakers.find((one) => one.speaks(rest))
    if (speaker === undefined) throw nothingThere(topic)
    const tenant = slug === undefined ? home : await tenantNamed(slug, this.around.people)
    const { url } = this.around
    const root = slug === undefined && tenant.slug === 'default' ? url : `${url}/t/${encodeURIComponent(tenant.slug)}`
    return { speaker, tenant, topic: rest, root }
  }

  private said(topic: string, problem: Problem): string {
    const speaker = this.around.speakers.find((one) => one.speaks(tenantTopicOf(topic).rest)) ?? this.around.speakers[0]
    return JSON.stringify(speaker?.problem(problem) ?? { message: problem.in('de') })
  }
}

/** Ids of different people are kept apart, or one could throw the other out; strangers, whom nothing tells apart, get one each. */
function idOf(clientId: string, username: string | undefined, password: Buffer | undefined): string {
  const nobody = password === undefined || clientId === ''
  const whose = nobody ? randomUUID() : createHash('sha256').update(`${username} `).update(password).digest('base64url')
  return `${whose}:${clientId}`
}

function nothingThere(topic: string): Problem {
  return new Problem('not-found', { en: `There is nothing at “${topic}”.`, de: `Unter „${topic}“ gibt es nichts.` })
}
