/** wire: the bytes of one connection: packets out of them, packets into them, and how many wait for the client to read them. */
import type { Duplex } from 'node:stream'
import { generate, parser, type IConnectPacket, type Packet } from 'mqtt-packet'
import { Frames } from './frames.ts'
import { REASON, type Reason } from './reason.ts'

/** Bytes of one packet; an observation with all its parameters is far smaller. */
export const LARGEST = 1024 * 1024
/** Milliseconds that a last word may take to be read, and that a client may take to read anything at all. */
const LINGER = 1000
const STUCK = 20_000

export interface Ear {
  packet(packet: Packet): void
  /** What came is no MQTT, or too much of it. */
  broken(reason: Reason): void
  /** What was sent has left. */
  drained(): void
  /** The connection has ended. */
  gone(): void
}

export class Wire {
  private version = 4
  private readonly frames: Frames
  private readonly parser = parser()
  private gathered: Buffer[] = []
  private gatheredBytes = 0
  private over = false
  private stuck: NodeJS.Timeout | undefined
  private readonly conn: Duplex
  private readonly ear: Ear

  constructor(conn: Duplex, ear: Ear, largest = LARGEST) {
    this.frames = new Frames(largest)
    this.conn = conn
    this.ear = ear
    this.parser.on('packet', (packet) => this.over || ear.packet(packet))
    this.parser.on('error', () => this.over || ear.broken(REASON.malformed))
    conn.on('data', (chunk: Buffer) => this.read(chunk))
    conn.on('drain', () => this.drained())
    conn.on('error', () => conn.destroy())
    conn.once('end', () => conn.end())
    conn.once('close', () => this.closed())
  }

  private read(chunk: Buffer): void {
    if (this.over) return
    if (!this.frames.fits(chunk)) return this.ear.broken(REASON.tooLarge)
    try {
      this.parser.parse(chunk)
    } catch {
      // the parser reads past the end of some packets that are cut short
      if (!this.over) this.ear.broken(REASON.malformed)
    }
  }

  speak({ protocolVersion }: IConnectPacket): void {
    this.version = protocolVersion ?? 4
  }

  pause(): void {
    this.conn.pause()
  }

  resume(): void {
    if (!this.over) this.conn.resume()
  }

  /** Bytes that have not been read by the client, nor by the system for it. */
  get waiting(): number {
    return this.gatheredBytes + this.conn.writableLength
  }

  /** Of those, the bytes that were there before this moment. */
  get unread(): number {
    return this.conn.writableLength
  }

  /** What is sent at one time leaves in one piece, because each costs a system call. */
  send(packet: Packet): void {
    if (!this.over) this.write(generate(packet, { protocolVersion: this.version }))
  }

  write(bytes: Buffer): void {
    if (this.gathered.push(bytes) === 1) setImmediate(() => this.flush())
    this.gatheredBytes += bytes.length
  }

  private flush(): void {
    const { gathered } = this
    const [first] = gathered
    if (first === undefined || this.conn.destroyed || !this.conn.writable) return
    this.gathered = []
    this.gatheredBytes = 0
    if (!this.conn.write(gathered.length === 1 ? first : Buffer.concat(gathered)))
      this.stuck ??= setTimeout(() => this.conn.destroy(), STUCK)
  }

  private drained(): void {
    clearTimeout(this.stuck)
    this.stuck = undefined
    this.ear.drained()
  }

  /** Ends the connection, with a last word where one is given. */
  end(last?: Packet): void {
    if (this.over) return
    if (last !== undefined) this.send(last)
    this.flush()
    this.over = true
    this.conn.end()
    // the end of the other side is read, or it would never come
    this.conn.resume()
    setTimeout(() => this.conn.destroy(), LINGER).unref()
  }

  destroy(): void {
    this.over = true
    this.conn.destroy()
  }

  private closed(): void {
    this.over = true
    clearTimeout(this.stuck)
    this.gathered = []
    this.ear.gone()
  }
}
