/** receipts: acknowledgements of what a client publishes, sent in the order in which it was published, whenever each is ready [MQTT-4.6.0-2]. */

interface Receipt<T> {
  ready: T | undefined
}

export class Receipts<T> {
  private queue: Receipt<T>[] = []
  private readonly send: (receipt: T) => void

  constructor(send: (receipt: T) => void) {
    this.send = send
  }

  /** Keeps a place; what is called with the acknowledgement fills it. */
  open(): (receipt: T) => void {
    const mine: Receipt<T> = { ready: undefined }
    this.queue.push(mine)
    return (receipt) => {
      mine.ready = receipt
      if (this.queue[0] === mine) this.drain()
    }
  }

  private drain(): void {
    let done = 0
    for (const { ready } of this.queue) {
      if (ready === undefined) break
      this.send(ready)
      done++
    }
    this.queue.splice(0, done)
  }
}
