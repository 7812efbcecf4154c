/**
 * broker: MQTT inside the platform, without messages of its own. What is published goes to the standard whose topic it is and is acknowledged
 * when it is durable; what a standard tells goes to whoever subscribed, and never from client to client.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { IConnectPacket } from 'mqtt-packet'
import { gauge } from '../observe.ts'
import { Connection, type Reception } from './connection.ts'
import { welcome } from './guest.ts'
import { placeOf, said, type Around } from './place.ts'
import { REASON } from './reason.ts'
import { Session } from './session.ts'
import type { Visitor } from './visitor.ts'

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
      placeOf: (topic) => placeOf(topic, guest.home, this.around),
      said: (topic, problem) => said(topic, problem, this.around),
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
}

/** Ids of different people are kept apart, or one could throw the other out; strangers, whom nothing tells apart, get one each. */
function idOf(clientId: string, username: string | undefined, password: Buffer | undefined): string {
  const nobody = password === undefined || clientId === ''
  const whose = nobody ? randomUUID() : createHash('sha256').update(`${username} `).update(password).digest('base64url')
  return `${whose}:${clientId}`
}
