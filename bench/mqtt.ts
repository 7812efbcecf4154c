/**
 * mqtt: messages a second in and out, by sockets of bytes, so that the load generator costs little: MQTT 3.1.1, QoS 1 in with a hundred under
 * way for each client, QoS 0 out.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { generate } from 'mqtt-packet'
import { makeSeries, post } from './load.ts'

export interface Messages {
  readonly perSecond: number
  /** Microseconds of the server's processor for each. */
  readonly cpu: number
}

const SECONDS = Number(process.env['ALLMENDE_BENCH_SECONDS'] ?? 8)
const WINDOW = 100
const PUBACK = 4

/** Each client publishes into series of its own as fast as it is acknowledged. */
export async function publishRate(url: string, port: number, clients: number, seconds = SECONDS): Promise<Messages> {
  const series = await makeSeries(url, clients)
  const sockets = await Promise.all(series.map((_, i) => greet(port, `publisher-${i}`)))
  let acknowledged = 0
  let over = false
  for (const [i, socket] of sockets.entries()) {
    const packet = publishing(`v1.1/Datastreams(${series[i]})/Observations`)
    let rest = 0
    let id = 0
    const send = (count: number): void => {
      const packets: Buffer[] = []
      for (let n = 0; n < count; n++) packets.push(packet((id = (id % 60_000) + 1)))
      socket.write(Buffer.concat(packets))
    }
    socket.on('data', (chunk: Buffer) => {
      const count = Math.floor((rest + chunk.length) / PUBACK)
      rest = (rest + chunk.length) % PUBACK
      acknowledged += count
      if (count > 0 && !over) send(count)
    })
    send(WINDOW)
  }
  const measured = await during(url, seconds, () => acknowledged)
  over = true
  await Promise.all(sockets.map(leave))
  return measured
}

/** One Datastream, heard by so many, observed as often as all of them have heard it. */
export async function fanOutRate(url: string, port: number, subscribers: number, seconds = SECONDS): Promise<Messages> {
  const [series = 0] = await makeSeries(url, 1)
  const topic = `v1.1/Datastreams(${series})/Observations`
  const subscribe = generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] })
  const sockets: Socket[] = []
  for (let i = 0; i < subscribers; i++) {
    const socket = await greet(port, `subscriber-${i}`)
    socket.write(subscribe)
    await once(socket, 'data')
    sockets.push(socket)
  }
  let heard = 0
  for (const socket of sockets)
    socket.on(
      'data',
      counter(() => heard++),
    )
  let over = false
  const publisher = (async () => {
    while (!over) await post(`${url}/sta/v1.1/Datastreams(${series})/Observations`, { result: 21.5 })
  })()
  const measured = await during(url, seconds, () => heard)
  over = true
  await publisher
  await Promise.all(sockets.map(leave))
  return measured
}

async function greet(port: number, clientId: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.write(generate({ cmd: 'connect', clientId, keepalive: 0, clean: true }))
  await once(socket, 'data')
  return socket
}

/** The same message again and again, each with its id. */
function publishing(topic: string): (id: number) => Buffer {
  const packet = generate({ cmd: 'publish', topic, payload: '{"result":21.5}', qos: 1, messageId: 1, retain: false, dup: false })
  const at = 2 + 2 + Buffer.byteLength(topic)
  return (id) => {
    const copy = Buffer.from(packet)
    copy.writeUInt16BE(id, at)
    return copy
  }
}

/** Counts packets in a stream. */
function counter(one: () => void): (chunk: Buffer) => void {
  let [left, length, shift] = [0, 0, -1]
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at)
        at += step
        left -= step
        if (left === 0) one()
        continue
      }
      const byte = chunk[at++] ?? 0
      if (shift < 0) [length, shift] = [0, 0]
      else {
        length |= (byte & 127) << shift
        shift += 7
        if (byte < 128) [left, shift] = [length, -1]
      }
    }
  }
}

async function during(url: string, seconds: number, count: () => number): Promise<Messages> {
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const [began, first, cpu] = [performance.now(), count(), await cpuSeconds(url)]
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const messages = count() - first
  const took = (performance.now() - began) / 1000
  return { perSecond: messages / took, cpu: (1e6 * ((await cpuSeconds(url)) - cpu)) / messages }
}

async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^allmende_process_cpu_seconds_total (\S+)$/m.exec(text)?.[1] ?? NaN)
}

async function leave(socket: Socket): Promise<void> {
  socket.removeAllListeners('data')
  socket.resume()
  socket.end(generate({ cmd: 'disconnect' }))
  await once(socket, 'close')
}
