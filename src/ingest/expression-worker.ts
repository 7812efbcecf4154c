/** expression-worker: evaluates JSONata over rows, apart from the process's own thread. */
import jsonata from 'jsonata'
import { faultOf, type ExpressionFault } from './expression-fault.ts'
import { parentPort, workerData } from 'node:worker_threads'

interface Work {
  readonly texts: readonly string[]
  readonly at: Int32Array
  readonly timeout: number
}

const { texts, at, timeout } = workerData as Work
const expressions = texts.map((text) => jsonata(text, { timeout, stack: 200, sequence: 10_000 }))

parentPort?.on('message', (rows: readonly unknown[]) => {
  void answer(rows)
})

async function answer(rows: readonly unknown[]): Promise<void> {
  const answers: unknown[] = []
  for (const [r, row] of rows.entries()) {
    Atomics.store(at, 0, r)
    const values: unknown[] = []
    for (const [e, expression] of expressions.entries()) {
      Atomics.store(at, 1, e)
      values.push(await computed(expression, row, texts[e] ?? ''))
    }
    answers.push(values)
  }
  parentPort?.postMessage(answers)
}

async function computed(expression: jsonata.Expression, row: unknown, text: string): Promise<unknown> {
  try {
    const value: unknown = await expression.evaluate(row)
    if (typeof value !== 'object' || value === null)
      return typeof value === 'function'
        ? failed(text, { de: 'Das Ergebnis ist eine Funktion.', en: 'The result is a function.' })
        : { value }
    return { value: JSON.parse(JSON.stringify(value)) as unknown }
  } catch (error) {
    return failed(text, faultOf(error))
  }
}

function failed(text: string, { de, en }: ExpressionFault) {
  return { fault: { de: `Der Ausdruck „${text}“ scheitert: ${de}`, en: `The expression “${text}” fails: ${en}` } }
}
