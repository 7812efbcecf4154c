/** doors: where clients come in: a port of its own, one with TLS, and WebSockets at /mqtt of the HTTP server. */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { Tls } from '../config.ts'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import type { Broker } from './broker.ts'
import { readCertificate, watchCertificate } from './certificate.ts'
import { isHere } from './guest.ts'
import { LARGEST } from './wire.ts'

/** Connections at once; each takes a few kilobytes. */
const MOST = 20_000
const SOCKET = { keepAlive: true, noDelay: true }

export interface Door {
  close(): Promise<void>
}

export async function openPort(broker: Broker, host: string, port: number): Promise<Door & { readonly port: number }> {
  const server = createServer(SOCKET, (socket) => broker.accept(socket))
  const listened = await listen(server, host, port, 'ALLMENDE_MQTT_PORT')
  return { port: listened, close: () => closed(server) }
}

/** A certificate that is renewed is taken for new connections; one that is not usable leaves the old one in place. */
export async function openTls(broker: Broker, host: string, files: Tls): Promise<Door & { readonly port: number }> {
  const { cert, key, until } = await readCertificate(files)
  const server = createTlsServer({ ...SOCKET, cert, key, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 }, (socket) =>
    broker.accept(socket),
  )
  // whoever does not come through the handshake is no client
  server.on('tlsClientError', () => {})
  const listened = await listen(server, host, files.port, 'ALLMENDE_MQTT_TLS_PORT')
  observe({ saw: 'certificate', file: files.certificate, until })
  const stop = watchCertificate(files, () => void renew(server, files))
  return { port: listened, close: () => (stop(), closed(server)) }
}

async function renew(server: TlsServer, files: Tls): Promise<void> {
  try {
    const { cert, key, until } = await readCertificate(files)
    server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' })
    observe({ saw: 'certificate', file: files.certificate, until })
  } catch (error) {
    observe({ saw: 'certificate-refused', error })
  }
}

async function listen(server: Server, host: string, port: number, name: string): Promise<number> {
  server.maxConnections = MOST
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(port, name, error)))
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

function cannotListen(port: number, name: string, cause: Error): Problem {
  const said = {
    en: `Port ${port} for MQTT cannot be opened (${cause.message}). ${name} names another one; empty, it is left out.`,
    de: `Der Port ${port} für MQTT lässt sich nicht öffnen (${cause.message}). ${name} nennt einen anderen; leer bleibt er zu.`,
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
