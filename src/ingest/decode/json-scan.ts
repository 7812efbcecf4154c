/** json-scan: finds the elements of one array in a stream of JSON, byte by byte, without holding the rest; bounds depth and size. */
import { LIMITS, tooLarge, unreadable } from './format.ts'

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE, LEFT, RIGHT] = [34, 92, 44, 58, 123, 125, 91, 93]
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** JSON pointer of a container, from the keys on the way. */
function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}

/**
 * Walks over JSON and hands on the elements of the array at `path`; with `path` undefined, what it sees on the way is told to `saw`
 * (pointer of the array, bytes of the element) and nothing is held.
 */
export class ElementScanner {
  private readonly path: string | undefined
  private readonly saw: ((pointer: string, size: number) => void) | undefined
  private readonly file: string | undefined
  /** Containers that are open, outermost first. */
  private readonly kinds: number[] = []
  private readonly keys: string[] = []
  private key = ''
  private keyBytes: number[] | undefined
  private expectsKey = false
  private inString = false
  private escaped = false
  /** Depth of the array whose elements are wanted. */
  private target = -1
  private parts: Uint8Array[] = []
  private held = 0
  /** Elements that were handed on. */
  private count = 0
  private start = -1
  private total = 0
  private began = -1
  private done = false
  found = false

  constructor(path: string | undefined, file?: string, saw?: (pointer: string, size: number) => void) {
    this.path = path
    this.file = file
    this.saw = saw
  }

  /** The elements that end in this chunk. */
  *write(chunk: Uint8Array): Generator<Uint8Array> {
    this.start = this.held > 0 ? 0 : -1
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.inString) this.string(byte)
      else if (!isSpace(byte)) {
        const element = this.structure(byte, at, chunk)
        if (element !== undefined) yield element
      }
    }
    this.total += chunk.length
    if (this.start >= 0) this.hold(chunk.subarray(this.start))
  }

  /** Throws when the text ended too soon. */
  end(): void {
    if (this.kinds.length === 0 && !this.inString) return
    throw unreadable('Die Datei endet mitten im JSON. Wurde sie abgeschnitten?', 'The file ends in the middle of JSON. Was it cut off?', {
      file: this.file,
    })
  }

  private string(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) {
      this.inString = false
      if (this.keyBytes !== undefined) {
        this.key = keyOf(this.keyBytes)
        this.keyBytes = undefined
      }
      return
    }
    if (this.keyBytes !== undefined && this.keyBytes.length < 1024) this.keyBytes.push(byte)
  }

  private structure(byte: number, at: number, chunk: Uint8Array): Uint8Array | undefined {
    const depth = this.kinds.length
    const inTarget = this.target >= 0 && depth >= this.target
    if (depth === this.target) this.begin(byte, at)
    switch (byte) {
      case QUOTE:
        this.quote(inTarget)
        return undefined
      case COLON:
        this.expectsKey = false
        return undefined
      case OPEN:
      case LEFT:
        this.enter(byte, at)
        return undefined
      case COMMA:
        this.expectsKey = this.kinds[depth - 1] === OPEN
        return depth === this.target ? this.element(at, chunk) : undefined
      case CLOSE:
      case RIGHT:
        return this.leave(byte, at, chunk)
      default:
        if (depth === 0) throw this.noJson()
        return undefined
    }
  }

  private quote(inTarget: boolean): void {
    this.inString = true
    if (!inTarget && this.expectsKey) this.keyBytes = []
  }

  private begin(byte: number, at: number): void {
    if (this.start < 0 && byte !== COMMA && byte !== RIGHT) this.start = at
  }

  private enter(byte: number, at: number): void {
    const depth = this.kinds.length
    if (depth >= LIMITS.depth)
      throw tooLarge(
        `Das JSON ist tiefer als ${LIMITS.depth} Ebenen verschachtelt.`,
        `The JSON is nested more than ${LIMITS.depth} levels deep.`,
        { file: this.file },
      )
    if (depth === 0 && this.done) throw this.noJson()
    if (this.target < 0) {
      if (depth > 0) this.keys.push(this.kinds[depth - 1] === LEFT ? '-' : this.key)
      if (byte === OPEN && this.kinds[depth - 1] === LEFT && !this.keys.slice(0, -1).includes('-')) this.began = this.total + at
      if (byte === LEFT && this.path !== undefined && !this.found && pointerOf(this.keys) === this.path) {
        this.target = depth + 1
        this.found = true
      }
    }
    this.kinds.push(byte)
    this.expectsKey = byte === OPEN
  }

  private leave(byte: number, at: number, chunk: Uint8Array): Uint8Array | undefined {
    const depth = this.kinds.length
    if (this.kinds[depth - 1] !== (byte === CLOSE ? OPEN : LEFT)) throw this.noJson()
    const element = depth === this.target ? this.element(at, chunk) : undefined
    if (depth === this.target) this.target = -1
    this.kinds.pop()
    this.expectsKey = false
    if (this.kinds.length === 0) this.done = true
    if (this.target < 0) {
      const parents = this.keys.slice(0, -1)
      if (byte === CLOSE && this.keys.at(-1) === '-' && !parents.includes('-')) this.saw?.(pointerOf(parents), this.total + at - this.began)
      this.keys.pop()
    }
    return element
  }

  private element(at: number, chunk: Uint8Array): Uint8Array | undefined {
    if (this.start < 0) return undefined
    this.hold(chunk.subarray(this.start, at))
    const whole = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts)
    this.parts = []
    this.held = 0
    this.start = -1
    this.count++
    return whole
  }

  private hold(part: Uint8Array): void {
    this.held += part.length
    if (this.held > LIMITS.record)
      throw tooLarge(
        `Element ${this.count + 1} des JSON ist größer als ${LIMITS.record} Bytes.`,
        `Element ${this.count + 1} of the JSON is larger than ${LIMITS.record} bytes.`,
        { file: this.file, line: this.count + 1 },
      )
    // The chunk may be used again by its stream once the next one is asked for.
    this.parts.push(Uint8Array.prototype.slice.call(part))
  }

  private noJson() {
    return unreadable('Das ist kein gültiges JSON.', 'This is not valid JSON.', { file: this.file })
  }
}

function keyOf(bytes: readonly number[]): string {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text
  } catch {
    return text
  }
}

/** The array that most likely holds the rows: the one that fills most of the sample with objects; undefined when there is none. */
export function pathIn(head: Uint8Array, file?: string): string | undefined {
  const sizes = new Map<string, number>()
  const scanner = new ElementScanner(undefined, file, (pointer, size) => sizes.set(pointer, (sizes.get(pointer) ?? 0) + size))
  for (const _ of scanner.write(head)) void _
  if (sizes.has('/features')) return '/features'
  return [...sizes].reduce<readonly [string | undefined, number]>(
    (best, [path, size]) => (size > best[1] ? [path, size] : best),
    [undefined, 0],
  )[0]
}
