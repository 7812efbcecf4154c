/** visitor: what a connection needs of whoever is at its other end: what is published, what is wanted, and when it is over. */
import type { IPublishPacket } from 'mqtt-packet'
import type { Problem } from '../problem.ts'

export interface Published {
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly payload: Buffer
  readonly properties: IPublishPacket['properties'] | undefined
}

export interface Wanted {
  readonly topic: string
  readonly quality: 0 | 1 | 2
  /** Not what this client has published itself. */
  readonly othersOnly: boolean
  readonly identifier: number | undefined
  /** When the latest value is to be sent at once: always, where the topic was not heard before, or never. */
  readonly latest: 'always' | 'new' | 'never'
}

/** What a client may do and hear. */
export interface Visitor {
  /** Ends when it is durable. Answers what is wrong with it; throws where it must be sent again. */
  take(message: Published): Promise<Problem | undefined>
  /** Answers what to do when that has been acknowledged. Throws a Problem. */
  subscribe(wanted: Wanted): Promise<() => void>
  unsubscribe(topic: string): boolean
  leave(): void
}
