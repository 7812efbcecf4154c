/** open: the broker with its doors, which are opened and closed with those of HTTP. */
import type { Server as HttpServer } from 'node:http'
import type { Config } from '../config.ts'
import { Broker, type Around } from './broker.ts'
import { openPort, openTls, openWebSocket, type Door } from './doors.ts'

export interface Mqtt {
  /** Without ports there are WebSockets only. */
  listen(http: HttpServer, config: Pick<Config, 'host' | 'mqttPort' | 'mqttTls'>): Promise<void>
  /** Where it listens, since `listen`. */
  ports(): Ports
  close(): Promise<void>
}

export interface Ports {
  readonly plain?: number
  readonly tls?: number
}

export function openMqtt(around: Around): Mqtt {
  const broker = new Broker(around)
  const doors: Door[] = []
  let ports: Ports = {}
  return {
    ports: () => ports,
    async listen(http, { host, mqttPort, mqttTls }) {
      doors.push(openWebSocket(broker, http))
      const plain = mqttPort === undefined ? undefined : await openPort(broker, host, mqttPort)
      if (plain) doors.push(plain)
      const tls = mqttTls === undefined ? undefined : await openTls(broker, host, mqttTls)
      if (tls) doors.push(tls)
      ports = { ...(plain && { plain: plain.port }), ...(tls && { tls: tls.port }) }
    },
    async close() {
      const closed = doors.map((door) => door.close())
      await broker.close()
      await Promise.all(closed)
    },
  }
}
