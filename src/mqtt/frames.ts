/** frames: the lengths of MQTT packets read along in a stream of bytes, so that one that is too large is refused at its head. */

/** Where in a packet the stream is: at its first byte, in its length, or in the rest. */
type Part = 'head' | 'length' | 'rest'

export class Frames {
  private part: Part = 'head'
  private shift = 0
  private length = 0
  private left = 0
  private readonly largest: number

  /** `largest` counts the bytes behind the head. */
  constructor(largest: number) {
    this.largest = largest
  }

  /** False as soon as a packet announces more than is allowed, or a length that is none. */
  fits(chunk: Uint8Array): boolean {
    let at = 0
    while (at < chunk.length) {
      if (this.part === 'rest') at += this.skip(chunk.length - at)
      else if (!this.read(chunk[at++] ?? 0)) return false
    }
    return true
  }

  private skip(there: number): number {
    const taken = Math.min(there, this.left)
    this.left -= taken
    if (this.left === 0) this.part = 'head'
    return taken
  }

  private read(byte: number): boolean {
    if (this.part === 'head') {
      this.part = 'length'
      this.shift = this.length = 0
      return true
    }
    this.length += (byte & 127) << this.shift
    this.shift += 7
    if (this.length > this.largest || this.shift > 28) return false
    if ((byte & 128) !== 0) return this.shift < 28
    this.left = this.length
    this.part = this.left === 0 ? 'head' : 'rest'
    return true
  }
}
