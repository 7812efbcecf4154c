/** open: the broker with its doors, which are opened and closed with those of HTTP. */
import type { Server as HttpServer } from 'node:http'
import { Broker, type Around } from './broker.ts'
import { openPort, openWebSocket, type Door } from './doors.ts'

export interface Mqtt {
  /** Without a port there are WebSockets only. */
  listen(http: HttpServer, host: string, port: number | undefined): Promise<void>
  /** Where it listens, since `listen`. */
  port(): number | undefined
  close(): Promise<void>
}

export function openMqtt(around: Around): Mqtt {
  const broker = new Broker(around)
  const doors: Door[] = []
  let listened: number | undefined
  return {
    port: () => listened,
    async listen(http, host, port) {
      doors.push(openWebSocket(broker, http))
      if (port === undefined) return
      const door = await openPort(broker, host, port)
      doors.push(door)
      listened = door.port
    },
    async close() {
      const closed = doors.map((door) => door.close())
      await broker.close()
      await Promise.all(closed)
    },
  }
}
