/**
 * sandbox: payload decoders written for network servers, run in QuickJS (WebAssembly): no files, no network, little memory,
 * little time. Both dialects are spoken: `decodeUplink({bytes, fPort, …})` of The Things Stack and ChirpStack, and the older
 * `Decoder(bytes, port)` and `Decode(fPort, bytes)`.
 */
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC, type QuickJSWASMModule } from 'quickjs-emscripten'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { Problem } from '../problem.ts'

/** Milliseconds of computing that a decoder may take: what ChirpStack grants. On a busy machine they last longer, and that is no fault of its. */
const TIME = 100
const PATIENCE = 1000
/** Pages of 64 kB of the whole WebAssembly module. The runtime's own limit does not count what an allocation really takes: it let 2 GB pass. */
const PAGES = 256
/** With the default stack, endless recursion breaks the host instead of the guest. */
const STACK = 64 * 1024
/** Characters of source and of result. */
const LARGEST = 256 * 1024

export interface Uplink {
  readonly bytes: Uint8Array
  readonly port: number
  readonly time: string
  readonly variables?: Readonly<Record<string, string>>
}

export interface Decoded {
  readonly data: JsonObject
  readonly warnings: readonly string[]
}

/** Not in the libraries of types that a server has. */
declare const WebAssembly: { readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => object }

let loaded: Promise<QuickJSWASMModule> | undefined

/** Runs a decoder over one uplink. Throws `invalid-body` with the decoder's own words when it fails, loops, or gives nothing useful. */
export async function decodePayload(source: string, uplink: Uplink): Promise<Decoded> {
  if (source.length > LARGEST) throw wrong('it is longer than 256 kB', 'er ist länger als 256 kB')
  loaded ??= load()
  return parseResult(evaluate(await loaded, `${PRELUDE}\n${source}\n${callOf(uplink)}`))
}

function load(): Promise<QuickJSWASMModule> {
  const wasmMemory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES })
  return newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory }))
}

/** What ChirpStack offers beside the language, as far as decoders use it. */
const PRELUDE = `
var module = { exports: {} }, exports = module.exports;
var console = { log: function () {} };
var Buffer = { from: function (value, encoding) {
  var list = typeof value !== 'string' ? Array.from(value) : encoding === 'hex'
    ? (value.match(/../g) || []).map(function (pair) { return parseInt(pair, 16) })
    : Array.from(value).map(function (letter) { return letter.charCodeAt(0) });
  list.toString = function (as) {
    return as === 'hex' ? list.map(function (byte) { return ('0' + (byte & 255).toString(16)).slice(-2) }).join('') : String.fromCharCode.apply(null, list);
  };
  list.readUInt8 = function (at) { return list[at] & 255 };
  list.readInt8 = function (at) { return (list[at] << 24) >> 24 };
  list.readUInt16BE = function (at) { return (list[at] << 8) | list[at + 1] };
  list.readUInt16LE = function (at) { return list[at] | (list[at + 1] << 8) };
  list.readInt16BE = function (at) { return (list.readUInt16BE(at) << 16) >> 16 };
  list.readInt16LE = function (at) { return (list.readUInt16LE(at) << 16) >> 16 };
  list.readUInt32BE = function (at) { return ((list[at] << 24) | (list[at + 1] << 16) | (list[at + 2] << 8) | list[at + 3]) >>> 0 };
  list.readUInt32LE = function (at) { return ((list[at + 3] << 24) | (list[at + 2] << 16) | (list[at + 1] << 8) | list[at]) >>> 0 };
  return list;
} };
`

/** The input reaches the guest as JSON only: nothing of it is code. */
function callOf({ bytes, port, time, variables = {} }: Uplink): string {
  const input = JSON.stringify({ bytes: [...bytes], fPort: port, recvTime: time, variables })
  return `;(function (text) {
    var input = JSON.parse(text);
    input.recvTime = new Date(input.recvTime);
    var find = typeof decodeUplink === 'function' ? decodeUplink : exports.decodeUplink || module.exports.decodeUplink;
    if (find) return JSON.stringify(find(input));
    if (typeof Decoder === 'function') return JSON.stringify({ data: Decoder(input.bytes, input.fPort) });
    if (typeof Decode === 'function') return JSON.stringify({ data: Decode(input.fPort, input.bytes, input.variables) });
    throw new Error('there is no function decodeUplink');
  })(${JSON.stringify(input)})`
}

function evaluate(module: QuickJSWASMModule, code: string): string {
  const runtime = module.newRuntime({ maxStackSizeBytes: STACK })
  const late = deadline()
  runtime.setInterruptHandler(late)
  try {
    const context = runtime.newContext()
    try {
      const result = context.evalCode(code, 'decoder.js')
      if (result.error)
        throw failed(
          result.error.consume((handle) => context.dump(handle) as unknown),
          late(),
        )
      const value = result.value.consume((handle) => context.getString(handle))
      return value
    } finally {
      context.dispose()
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    // The WebAssembly module may be left in a state of its own: the next decoder gets a new one.
    loaded = undefined
    throw wrong('it broke off', 'er brach ab')
  } finally {
    dispose(runtime)
  }
}

/** Whether the time is up that begins now. */
function deadline(): () => boolean {
  const spent = () => process.threadCpuUsage().user / 1000
  const [began, until] = [spent(), performance.now() + PATIENCE]
  return () => spent() - began > TIME || performance.now() > until
}

function dispose(runtime: { dispose(): void }): void {
  try {
    runtime.dispose()
  } catch {
    loaded = undefined
  }
}

function failed(error: unknown, late: boolean): Problem {
  if (late) return wrong(`it was stopped after ${TIME} ms`, `er wurde nach ${TIME} ms angehalten`)
  const text = isError(error) ? `${error.name}: ${error.message}` : String(error)
  return wrong(text, text)
}

function isError(error: unknown): error is { readonly name: string; readonly message: string } {
  return typeof error === 'object' && error !== null && 'message' in error && 'name' in error
}

function parseResult(text: string): Decoded {
  if (text.length > LARGEST) throw wrong('its result is larger than 256 kB', 'sein Ergebnis ist größer als 256 kB')
  const result: Json = text === 'undefined' ? null : (JSON.parse(text) as Json)
  const errors = isObject(result) ? listOf(result['errors']) : []
  if (errors.length > 0) throw wrong(errors.join('; '), errors.join('; '))
  if (!isObject(result) || !isObject(result['data'])) throw wrong('it gives no data', 'er liefert keine Daten')
  return { data: result['data'], warnings: listOf(result['warnings']) }
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function wrong(en: string, de: string): Problem {
  return new Problem('invalid-body', { en: `The decoder failed: ${en}.`, de: `Der Decoder ist gescheitert: ${de}.` }, { field: 'decoder' })
}
