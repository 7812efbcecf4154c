/** greeting: CONNECT and CONNACK: who is not let in, and what a client of MQTT 5 is told of us. */
import { randomUUID } from 'node:crypto'
import type { IConnectPacket } from 'mqtt-packet'
import { MOST_ALIASES } from './aliases.ts'
import { REASON, type Reason } from './reason.ts'
import { REPLIES } from './topic.ts'
import { LARGEST } from './wire.ts'

/** Messages that may be under way at a time, either way, unless the client wants fewer. */
export const WINDOW = 1000
const LONGEST_CLIENT_ID = 256

/** MQTT 5 can refuse a message, and say why unless it is asked not to; before it, all are acknowledged that need not come again. */
export type Refusing = 'never' | 'shortly' | 'saying why'

export const isFive = ({ protocolVersion }: IConnectPacket): boolean => protocolVersion === 5

export function refusalOf({ clientId, clean, protocolVersion, properties }: IConnectPacket): Reason | undefined {
  if (clientId.length > LONGEST_CLIENT_ID || (clientId === '' && clean !== true && protocolVersion !== 5)) return REASON.clientId
  return properties?.authenticationMethod === undefined ? undefined : REASON.method
}

export function refusingFor(hello: IConnectPacket): Refusing {
  if (!isFive(hello)) return 'never'
  return hello.properties?.requestProblemInformation === false ? 'shortly' : 'saying why'
}

/** What a client of MQTT 5 is told of us. */
export function termsFor({ clientId, properties = {} }: IConnectPacket) {
  return {
    receiveMaximum: WINDOW,
    maximumPacketSize: LARGEST,
    topicAliasMaximum: MOST_ALIASES,
    wildcardSubscriptionAvailable: false,
    sharedSubscriptionAvailable: false,
    ...(clientId === '' && { assignedClientIdentifier: randomUUID() }),
    ...(properties.sessionExpiryInterval && { sessionExpiryInterval: 0 }),
    ...(properties.requestResponseInformation && { responseInformation: REPLIES }),
  }
}
