/**
 * broker: MQTT 3.1.1 inside the platform. aedes speaks the protocol; what is published goes to the standard whose topic it is and is
 * acknowledged when it is durable; what a standard tells goes to whoever subscribed, and never from client to client.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { Aedes, type Client, type ConnectPacket, type PublishPacket, type Subscription } from 'aedes'
import type { People } from '../govern/people.ts'
import type { Identify } from '../http/identify.ts'
import { gauge, observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { Frames } from './frames.ts'
import { tenantNamed, welcome, type Guest } from './guest.ts'
import { Session, type Load } from './session.ts'
import type { Speaker, Spot } from './speaker.ts'
import { errorsOf, isErrors, LONGEST, tenantTopicOf } from './topic.ts'

export interface Around {
  /** The public address without a slash at its end. */
  readonly url: string
  readonly people: People
  readonly identify: Identify
  readonly speakers: readonly Speaker[]
}

/** Bytes of one packet; an observation with all its parameters is far smaller. */
export const LARGEST = 1024 * 1024
/** Milliseconds that a stop waits for what is being stored. */
const PATIENCE = 3000
const LONGEST_CLIENT_ID = 256
/** What a client gets done in one read is handled at once, so that it shares commits. */
const OPTIONS = { connectTimeout: 10_000, drainTimeout: 20_000, maxClientsIdLength: 400, queueLimit: 100, maxInflightInbound: 100 }

interface Visit {
  readonly guest: Guest
  readonly session: Session
}

export class Broker {
  private readonly visits = new WeakMap<Client, Visit>()
  /** What is being stored. */
  private readonly taking = new Set<Promise<void>>()
  private readonly load: Load = { waiting: 0 }
  private readonly aedes: Aedes
  private readonly around: Around

  private constructor(around: Around) {
    this.around = around
    this.aedes = new Aedes({
      ...OPTIONS,
      preConnect: (_client, packet, done) => done(null, prepare(packet)),
      authenticate: (client, username, password, done) => {
        void answer(this.enter(client, username, password), (error) => done(error && refusal(error), error === null))
      },
      authorizePublish: (client, packet, done) => {
        const taken = answer(this.take(client, packet), (error) => done(error))
        this.taking.add(taken)
        void taken.then(() => this.taking.delete(taken))
      },
      authorizeSubscribe: (client, subscription, done) => {
        void answer(this.subscribe(client, subscription), (error, granted) => done(error, granted ? subscription : null))
      },
    })
    this.aedes.on('unsubscribe', (topics, client) => topics.forEach((topic) => this.visits.get(client)?.session.silence(topic)))
    this.aedes.addListener('error', (error: unknown) => observe({ saw: 'crash', error }))
    gauge('allmende_mqtt_clients', 'Clients connected by MQTT.', () => this.aedes.connectedClients)
    gauge('allmende_mqtt_waiting_bytes', 'Bytes that wait for MQTT clients to read them.', () => this.load.waiting)
  }

  static async open(around: Around): Promise<Broker> {
    const broker = new Broker(around)
    await broker.aedes.listen()
    return broker
  }

  /** A connection, whatever carries it. */
  accept(connection: Duplex, request?: IncomingMessage): void {
    bound(connection)
    const client = this.aedes.handle(connection, request)
    connection.once('close', () => this.visits.get(client)?.session.forget())
  }

  /** What is being stored is acknowledged first, as far as that takes no longer than a moment. */
  async close(): Promise<void> {
    await Promise.race([Promise.all(this.taking), setTimeout(PATIENCE, undefined, { ref: false })])
    await setImmediate()
    return new Promise((resolve) => this.aedes.close(resolve))
  }

  private async enter(client: Client, username: string | undefined, password: Buffer | undefined): Promise<void> {
    const { people, identify } = this.around
    const guest = await welcome({ username, password, request: client.req }, people, identify)
    const session = new Session(client, this.load)
    this.visits.set(client, { guest, session })
    if (client.closed) session.forget()
  }

  /** Throws where the client must send it again: its connection ends without an acknowledgement. */
  private async take(client: Client | null, packet: PublishPacket): Promise<void> {
    const visit = client === null ? undefined : this.visits.get(client)
    if (visit === undefined || client === null) throw new Error('nobody is connected')
    const { topic, qos } = packet
    const payload = Buffer.from(packet.payload)
    // What aedes goes on with reaches nobody: subscribers are told by the standard, and nothing is retained.
    Object.assign(packet, { topic: '$taken', payload: Buffer.alloc(0), retain: false })
    if (qos === 2 && (await this.isKnown(client, packet))) return
    const began = performance.now()
    const problem = await this.publish(visit, topic, payload, qos > 0)
    const status = problem?.status ?? 201
    observe({ saw: 'request', id: client.id, door: 'mqtt', method: 'PUBLISH', route: 'topic', status, ms: performance.now() - began })
    if (problem === undefined) return
    if (problem.kind === 'unauthenticated' && !visit.session.open) throw problem
    this.complain(visit, topic, problem)
  }

  /** A message of QoS 2 that comes again was stored already. */
  private async isKnown(client: Client, packet: PublishPacket): Promise<boolean> {
    const { persistence } = this.aedes as unknown as { readonly persistence: Incoming }
    return persistence.incomingGetPacket(client, packet).then(
      () => true,
      () => false,
    )
  }

  /** What cannot be stored just now is thrown where it can be sent again. */
  private async publish(visit: Visit, topic: string, payload: Buffer, again: boolean): Promise<Problem | undefined> {
    try {
      const { speaker, spot } = await this.spotOf(visit, topic)
      await speaker.publish(spot, payload)
      return undefined
    } catch (error) {
      if (again && error instanceof Problem && (error.kind === 'busy' || error.kind === 'unavailable')) throw error
      return problemOf(error)
    }
  }

  private async subscribe(client: Client, { topic, qos }: Subscription): Promise<boolean> {
    const visit = this.visits.get(client)
    if (visit === undefined) return false
    const { session } = visit
    try {
      await session.subscribe(topic, qos, () => this.listen(visit, topic))
      return true
    } catch (error) {
      this.complain(visit, topic, problemOf(error))
      return false
    }
  }

  /** Errors are told by the broker itself, all else by the standard. */
  private async listen(visit: Visit, topic: string): Promise<() => void> {
    if (isErrors(topic) && topic.length <= LONGEST) return () => {}
    const { speaker, spot } = await this.spotOf(visit, topic)
    return speaker.subscribe(spot, (text) => visit.session.tell(topic, text))
  }

  private async spotOf({ guest, session }: Visit, topic: string): Promise<{ readonly speaker: Speaker; readonly spot: Spot }> {
    if (topic.length > LONGEST) throw new Problem('invalid-query', `A topic has at most ${LONGEST} characters.`)
    const { tenant: slug, rest } = tenantTopicOf(topic)
    const speaker = this.around.speakers.find((one) => one.speaks(rest))
    if (speaker === undefined) throw nothingThere(topic)
    const tenant = slug === undefined ? guest.home : await tenantNamed(slug, this.around.people)
    const root =
      slug === undefined && tenant.slug === 'default' ? this.around.url : `${this.around.url}/t/${encodeURIComponent(tenant.slug)}`
    return { speaker, spot: { topic: rest, tenant: tenant.id, root, who: () => session.asking(() => guest.who(tenant)) } }
  }

  private complain({ session }: Visit, topic: string, problem: Problem): void {
    const speaker = this.around.speakers.find((one) => one.speaks(tenantTopicOf(topic).rest)) ?? this.around.speakers[0]
    session.tell(errorsOf(topic), JSON.stringify(speaker?.problem(problem) ?? { message: problem.in('de') }))
  }
}

/** aedes is told by a call, once. */
async function answer<T>(promise: Promise<T>, told: (error: Error | null, result?: T) => void): Promise<void> {
  const [settled] = await Promise.allSettled([promise])
  if (settled.status === 'fulfilled') told(null, settled.value)
  else told(settled.reason instanceof Error ? settled.reason : new Error(String(settled.reason)))
}

interface Incoming {
  incomingGetPacket(client: Client, packet: PublishPacket): Promise<unknown>
}

/**
 * Ids of different people are kept apart, or one could throw the other out; strangers, whom nothing tells apart, get one each.
 * Sessions end with the connection: CONNACK says so, and clients subscribe anew.
 */
function prepare(packet: ConnectPacket): boolean {
  if (packet.clientId.length > LONGEST_CLIENT_ID) return false
  const { username, password, clientId } = packet
  const nobody = password === undefined || clientId === ''
  const whose = nobody ? randomUUID() : createHash('sha256').update(`${username} `).update(password).digest('base64url')
  Object.assign(packet, { clean: true, clientId: `${whose}:${clientId}` })
  return true
}

/** What is larger than allowed is refused at its head, before it is gathered. */
function bound(connection: Duplex): void {
  const frames = new Frames(LARGEST)
  const read = connection.read.bind(connection)
  connection.read = (size?: number): unknown => {
    const chunk: unknown = read(size)
    if (!(chunk instanceof Uint8Array) || frames.fits(chunk)) return chunk
    connection.destroy(new Error('packet too large'))
    return null
  }
}

function refusal(error: unknown): Error & { returnCode: 3 | 4 | 5 } {
  const problem = problemOf(error)
  const returnCode = problem.kind === 'unauthenticated' ? 4 : problem.kind === 'not-found' || problem.kind === 'forbidden' ? 5 : 3
  return Object.assign(new Error(problem.message), { returnCode } as const)
}

/** Anything but a Problem is a fault of ours: it is told to the operator, not to the client. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  observe({ saw: 'crash', error })
  return new Problem('unavailable', { en: 'This is a fault of the platform.', de: 'Das ist ein Fehler der Plattform.' })
}

function nothingThere(topic: string): Problem {
  return new Problem('not-found', { en: `There is nothing at “${topic}”.`, de: `Unter „${topic}“ gibt es nichts.` })
}
