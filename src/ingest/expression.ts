/** expression: JSONata of a mapping, evaluated for batches of rows in a worker of its own, which is ended when it does not answer. */
import jsonata from 'jsonata'
import { Worker } from 'node:worker_threads'
import type { Json } from '../model/json.ts'
import { Problem } from '../problem.ts'
import { faultOf } from './expression-fault.ts'
import type { Cells, Fault } from './decode/row.ts'

/** Per expression and row; the worker as a whole gets as much for every row, but answers within a minute. */
const TIMEOUT = 1000
const PATIENCE = 10_000
const MEMORY = 192

/** A value, nothing, or why there is none. */
export type Computed = { readonly value: Json | undefined } | { readonly fault: Fault }

export interface Expressions {
  /** For each row, what each expression gives. Throws a Problem when an expression does not come to an end. */
  evaluate(rows: readonly Cells[]): Promise<readonly (readonly Computed[])[]>
  close(): Promise<void>
}

/** Throws a Problem that names the place in an expression that is none. */
export function checkExpression(text: string): void {
  try {
    jsonata(text)
  } catch (cause) {
    const { position } = cause as { position?: number }
    const at = position === undefined ? {} : { column: position }
    const { de, en } = faultOf(cause)
    throw new Problem(
      'invalid-body',
      { de: `Der Ausdruck „${text}“ ist nicht gültig: ${de}`, en: `The expression “${text}” is not valid: ${en}` },
      at,
      { cause },
    )
  }
}

/** Expressions without the leading "=". */
export function expressionsOf(texts: readonly string[]): Expressions {
  texts.forEach(checkExpression)
  /** Row and expression at work, so that the one that hangs can be named. */
  const at = new Int32Array(new SharedArrayBuffer(8))
  const worker = startWorker(texts, at)
  worker.unref()
  return {
    evaluate: (rows) => answerOf(worker, rows, () => hung(texts, at)),
    close: async () => {
      await worker.terminate()
    },
  }
}

function startWorker(texts: readonly string[], at: Int32Array): Worker {
  const file = import.meta.url.endsWith('.ts') ? './expression-worker.ts' : './expression-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: { texts, at, timeout: TIMEOUT },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY, stackSizeMb: 4 },
    env: {},
  })
  // Without a listener, an error between two batches would end the process.
  worker.on('error', () => {})
  return worker
}

function answerOf(worker: Worker, rows: readonly Cells[], problem: () => Problem): Promise<readonly (readonly Computed[])[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      void worker.terminate()
      end(() => reject(problem()))
    }, PATIENCE)
    const failed = (error?: unknown) => end(() => reject(new Problem(problem().kind, problem().said, problem().at, { cause: error })))
    const done = (answer: readonly (readonly Computed[])[]) => end(() => resolve(answer))
    const end = (then: () => void) => {
      clearTimeout(timer)
      worker.off('message', done).off('error', failed).off('exit', failed)
      worker.unref()
      then()
    }
    worker.ref()
    worker.once('message', done).once('error', failed).once('exit', failed)
    worker.postMessage(rows)
  })
}

function hung(texts: readonly string[], at: Int32Array): Problem {
  const text = texts[Atomics.load(at, 1)] ?? ''
  return new Problem(
    'invalid-body',
    {
      de: `Der Ausdruck „${text}“ kam zu keinem Ende oder brauchte zu viel Speicher.`,
      en: `The expression “${text}” did not come to an end, or took too much memory.`,
    },
    { column: 1 },
  )
}
