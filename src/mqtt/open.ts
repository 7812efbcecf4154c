/** open: the broker with its doors, and the bridge to a broker of others, opened and closed with the doors of HTTP. */
import type { Server as HttpServer } from 'node:http'
import type { Config } from '../config.ts'
import type { Service } from '../service/service.ts'
import { Bridge } from './bridge.ts'
import { Broker } from './broker.ts'
import { openPort, openTls, openWebSocket, type Door } from './doors.ts'
import type { Around } from './place.ts'

export interface Mqtt {
  /** Without ports there are WebSockets only. */
  listen(http: HttpServer, config: Pick<Config, 'host' | 'mqttPort' | 'mqttTls' | 'mqttBroker'>): Promise<void>
  /** Where it listens, since `listen`. */
  ports(): Ports
  close(): Promise<void>
}

export interface Ports {
  readonly plain?: number
  readonly tls?: number
}

export function openMqtt(around: Around, service: Service): Mqtt {
  const broker = new Broker(around)
  const doors: Door[] = []
  let bridge: Bridge | undefined
  let ports: Ports = {}
  return {
    ports: () => ports,
    async listen(http, { host, mqttPort, mqttTls, mqttBroker }) {
      doors.push(openWebSocket(broker, http))
      const plain = mqttPort === undefined ? undefined : await openPort(broker, host, mqttPort)
      if (plain) doors.push(plain)
      const tls = mqttTls === undefined ? undefined : await openTls(broker, host, mqttTls)
      if (tls) doors.push(tls)
      if (mqttBroker !== undefined) bridge = new Bridge(around, service, mqttBroker)
      ports = { ...(plain && { plain: plain.port }), ...(tls && { tls: tls.port }) }
    },
    async close() {
      const closed = doors.map((door) => door.close())
      await Promise.all([broker.close(), bridge?.close()])
      await Promise.all(closed)
    },
  }
}
