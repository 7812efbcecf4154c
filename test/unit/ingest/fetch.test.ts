/** Calls to the outside, against servers of our own that behave badly in every way. */
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { retryAfterOf } from '../../../src/ingest/call-faults.ts'
import { openOutbound, type Outbound } from '../../../src/ingest/fetch.ts'
import { gather } from '../../../src/ingest/raw.ts'
import { Problem, type Kind } from '../../../src/problem.ts'

const never = new AbortController().signal

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function outbound(t: TestContext, allowed: Parameters<typeof openOutbound>[0] = { loopback: true }): Outbound {
  const opened = openOutbound(allowed)
  t.after(() => opened.close())
  return opened
}

const text = async (out: Outbound, url: string, limits = {}): Promise<string> => {
  const answer = await out.call(url, {}, never, { attempts: 1, ...limits })
  return (await gather(answer.bytes, 1_000_000)).toString()
}

const fails = (kind: Kind, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.kind, kind)
  assert.match(error.in('en'), words)
  assert.notEqual(error.in('de'), error.in('en'))
  return true
}

test('fetch: a body comes as it is', async (t) => {
  const url = await serve(t, (_request, response) => response.end('a;b\n1;2\n'))
  assert.equal(await text(outbound(t), url), 'a;b\n1;2\n')
})

for (const host of [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '169.254.169.254',
  '[fd00:ec2::254]',
])
  test(`fetch: ${host} is refused`, async (t) => {
    await assert.rejects(outbound(t, {}).call(`http://${host}/`, {}, never), fails('forbidden', /internal network/))
  })

test('fetch: a name that leads inside is refused, though only one of its addresses does', async (t) => {
  const out = outbound(t, { resolve: async () => ['8.8.8.8', '10.0.0.1'] })
  await assert.rejects(out.call('http://harmlos.example/', {}, never), fails('forbidden', /harmlos\.example.*10\.0\.0\.1/))
})

test('fetch: a name is resolved once; the connection goes to the address that was checked', async (t) => {
  const url = await serve(t, (request, response) => response.end(request.headers.host))
  let asked = 0
  const out = outbound(t, { loopback: true, resolve: async () => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']) })
  const named = url.replace('127.0.0.1', 'rebind.example')
  assert.equal(await text(out, named), named.slice('http://'.length))
  assert.equal(asked, 1)
})

test('fetch: a redirect is followed, and checked again', async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
    else if (request.url === '/in') response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
    else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else response.end('there')
  })
  const out = outbound(t)
  assert.equal(await text(out, `${url}/a`), 'there')
  await assert.rejects(text(out, `${url}/in`), fails('forbidden', /internal network/))
  await assert.rejects(text(out, `${url}/round`), fails('unavailable', /redirects too often/))
  await assert.rejects(text(out, `${url}/file`), fails('invalid-body', /not an http/))
})

test('fetch: a redirect to another host does not take the secrets along', async (t) => {
  const other = await serve(t, (request, response) => response.end(JSON.stringify(request.headers)))
  const url = await serve(t, (request, response) => {
    if (request.url === '/same') response.end(JSON.stringify(request.headers))
    else response.writeHead(302, { location: request.url === '/out' ? other : '/same' }).end()
  })
  const out = outbound(t)
  const headers = { authorization: 'Bearer s', 'x-api-key': 's', accept: 'text/csv' }
  const seen = async (path: string): Promise<Record<string, string>> => {
    const answer = await out.call(url + path, { headers }, never)
    return JSON.parse((await gather(answer.bytes, 10_000)).toString()) as Record<string, string>
  }
  assert.equal((await seen('/stay'))['x-api-key'], 's')
  const away = await seen('/out')
  assert.deepEqual([away['authorization'], away['x-api-key'], away['accept']], [undefined, undefined, 'text/csv'])
})

for (const [status, kind, words] of [
  [404, 'not-found', /nothing at/],
  [410, 'not-found', /nothing at/],
  [401, 'forbidden', /credentials/],
  [403, 'forbidden', /credentials/],
  [400, 'invalid-query', /refuses/],
  [429, 'busy', /pause/],
  [500, 'unavailable', /500/],
  [503, 'unavailable', /503/],
] as const)
  test(`fetch: ${status} is ${kind}`, async (t) => {
    const url = await serve(t, (_request, response) => response.writeHead(status).end('no'))
    await assert.rejects(text(outbound(t), url), fails(kind, words))
  })

test('fetch: what may pass is tried again', async (t) => {
  let asked = 0
  const url = await serve(t, (_request, response) =>
    ++asked < 3 ? response.writeHead(503, { 'retry-after': '0' }).end() : response.end('now'),
  )
  assert.equal(await text(outbound(t), url, { attempts: 3 }), 'now')
})

test('fetch: a longer wait is left to the schedule, with its length', async (t) => {
  let asked = 0
  const url = await serve(t, (_request, response) => {
    asked++
    response.writeHead(429, { 'retry-after': '3600' }).end()
  })
  await assert.rejects(text(outbound(t), url, { attempts: 3 }), (error) => retryAfterOf(error) === 3600)
  assert.equal(asked, 1)
})

test('fetch: packed bodies are unpacked, bombs stopped at the limit', async (t) => {
  const url = await serve(t, (request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(
      request.url === '/bomb'
        ? gzipSync(Buffer.alloc(20_000_000))
        : request.url === '/broken'
          ? gzipSync('hello').subarray(0, 12)
          : gzipSync('hello'),
    )
  })
  const out = outbound(t)
  assert.equal(await text(out, url), 'hello')
  await assert.rejects(text(out, `${url}/bomb`, { bytes: 1_000_000 }), fails('too-large', /larger than allowed/))
  await assert.rejects(text(out, `${url}/broken`), fails('unavailable', /packed data/))
})

test('fetch: nobody there, no such name, no answer, half an answer', async (t) => {
  const out = outbound(t)
  const gone = await serve(t, () => undefined)
  const silent = await serve(t, () => undefined)
  const half = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setTimeout(() => response.destroy(), 20)
  })
  const closed = createServer()
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
  const dead = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise((done) => closed.close(done))
  assert.ok(gone)
  await assert.rejects(text(out, dead), fails('unavailable', /refuses the connection/))
  await assert.rejects(text(out, silent, { patience: 50 }), fails('unavailable', /too long/))
  await assert.rejects(text(out, half), fails('unavailable', /broke the connection/))
  const unknown = outbound(t, { resolve: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })) })
  await assert.rejects(text(unknown, 'http://gibt-es-nicht.example/'), fails('unavailable', /not known/))
  await assert.rejects(text(out, dead.replace('http:', 'https:')), fails('unavailable', /refuses/))
  await assert.rejects(text(out, silent.replace('127.0.0.1', 'user:pass@127.0.0.1')), fails('invalid-body', /Credentials/))
})

test('fetch: https on a plain port is told apart', async (t) => {
  const url = await serve(t, (_request, response) => response.end())
  await assert.rejects(text(outbound(t), url.replace('http:', 'https:')), fails('forbidden', /does not speak https/))
})

test('fetch: stops when it is told to', async (t) => {
  const url = await serve(t, () => undefined)
  const stop = new AbortController()
  const call = outbound(t).call(url, {}, stop.signal)
  setTimeout(() => stop.abort(), 20)
  await assert.rejects(call, (error: Error) => error.name === 'AbortError')
})
