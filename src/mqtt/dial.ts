/** dial: a connection to a broker elsewhere, by its URL. */
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createWebSocketStream, WebSocket } from 'ws'

const PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 }
/** Milliseconds until a broker must have answered. */
const PATIENCE = 10_000

/** Throws what the network or the certificate says. */
export async function dial(url: URL): Promise<Duplex> {
  const signal = AbortSignal.timeout(PATIENCE)
  if (url.protocol === 'ws:' || url.protocol === 'wss:') return dialWebSocket(url, signal)
  const where = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || PORTS[url.protocol] || 1883 }
  const secure = url.protocol === 'mqtts:'
  const socket = secure
    ? connectTls({ ...where, servername: where.host, minVersion: 'TLSv1.2' })
    : connectTcp({ ...where, noDelay: true, keepAlive: true })
  try {
    await once(socket, secure ? 'secureConnect' : 'connect', { signal })
  } catch (error) {
    socket.destroy()
    throw error
  }
  return socket
}

async function dialWebSocket(url: URL, signal: AbortSignal): Promise<Duplex> {
  const address = new URL(url)
  address.username = address.password = ''
  const socket = new WebSocket(address, 'mqtt', { perMessageDeflate: false, maxPayload: 16 * 1024 * 1024 })
  try {
    await once(socket, 'open', { signal })
  } catch (error) {
    socket.on('error', () => {})
    socket.terminate()
    throw error
  }
  return createWebSocketStream(socket)
}
