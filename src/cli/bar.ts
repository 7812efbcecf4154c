/** bar: how far a long work is, on standard error: a bar in a terminal, now and then a line elsewhere. */
import { inWords, language } from './terminal.ts'
import type { Said } from '../problem.ts'

const WIDTH = 30
const REDRAW_MS = 100
const LINE_MS = 10_000

export interface Bar {
  readonly at: (done: number, total?: number) => void
  readonly end: () => void
}

export function bar(title: Said, out: NodeJS.WriteStream = process.stderr): Bar {
  const began = performance.now()
  let last = began
  let drawn = ''
  const draw = (text: string): void => {
    out.write(out.isTTY ? `\r${text.padEnd(drawn.length)}` : `${text}\n`)
    drawn = text
  }
  const each = out.isTTY ? REDRAW_MS : LINE_MS
  let state: readonly [number, number | undefined] = [0, undefined]
  return {
    at(done, total) {
      state = [done, total]
      const now = performance.now()
      if (now - last < each) return
      last = now
      draw(barText(inWords(title), done, total, now - began))
    },
    end() {
      draw(barText(inWords(title), ...state, performance.now() - began))
      if (out.isTTY) out.write('\n')
    },
  }
}

/** Title, bar and share when the total is known; count and pace always. */
export function barText(title: string, done: number, total: number | undefined, ms: number): string {
  const count = new Intl.NumberFormat(language)
  const pace = ms > 0 ? `${count.format(Math.round((done / ms) * 1000))}/s` : ''
  if (total === undefined || total === 0) return `${title}  ${count.format(done)}  ${pace}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * WIDTH)
  return `${title}  [${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} %  ${count.format(done)}  ${pace}`
}
