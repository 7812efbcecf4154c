/** doors: where clients come in: a port of its own, and WebSockets at /mqtt of the HTTP server. */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { Problem } from '../problem.ts'
import type { Broker } from './broker.ts'
import { isHere } from './guest.ts'
import { LARGEST } from './wire.ts'

/** Connections at once; each takes a few kilobytes. */
const MOST = 20_000

export interface Door {
  close(): Promise<void>
}

export async function openPort(broker: Broker, host: string, port: number): Promise<Door & { readonly port: number }> {
  const server = createServer({ keepAlive: true, noDelay: true }, (socket) => broker.accept(socket))
  server.maxConnections = MOST
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(port, error)))
    server.listen(port, host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) }
}

function cannotListen(port: number, cause: Error): Problem {
  const said = {
    en: `Port ${port} for MQTT cannot be opened (${cause.message}). ALLMENDE_MQTT_PORT names another one; empty, it is left out.`,
    de: `Der Port ${port} für MQTT lässt sich nicht öffnen (${cause.message}). ALLMENDE_MQTT_PORT nennt einen anderen; leer bleibt er zu.`,
  }
  return new Problem('unavailable', said, {}, { cause })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

export function openWebSocket(broker: Broker, server: HttpServer): Door {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST + 1024, perMessageDeflate: false, handleProtocols })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!isHere(request.url) || sockets.clients.size >= MOST) {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => broker.accept(createWebSocketStream(webSocket), request))
  }
  server.on('upgrade', upgrade)
  return {
    close() {
      server.off('upgrade', upgrade)
      return new Promise((resolve) => sockets.close(() => resolve()))
    },
  }
}

function handleProtocols(offered: ReadonlySet<string>): string | false {
  return ['mqtt', 'mqttv3.1'].find((name) => offered.has(name)) ?? false
}
