/** automaton: looks for a pattern in a text, in many states at once, so that it never goes back: its time grows with the text alone. */
import type { Node, Range } from './pattern-reader.ts'

const MOST_STATES = 5000

type State =
  | { readonly on: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean; to: number }
  | { readonly on: 'start' | 'end' | 'free'; to: number; or?: number }
  | { readonly on: 'done' }

export class Automaton {
  private readonly states: State[] = []
  private readonly first: number
  private readonly tooLarge: () => Error

  constructor(node: Node, tooLarge: () => Error) {
    this.tooLarge = tooLarge
    const done = this.add({ on: 'done' })
    this.first = this.build(node, done)
  }

  private add(state: State): number {
    if (this.states.length >= MOST_STATES) throw this.tooLarge()
    return this.states.push(state) - 1
  }

  /** Built from its end: answers where it begins. */
  private build(node: Node, next: number): number {
    switch (node.is) {
      case 'set':
        return this.add({ on: 'set', ranges: node.ranges, negated: node.negated, to: next })
      case 'start':
      case 'end':
        return this.add({ on: node.is, to: next })
      case 'row':
        return node.of.reduceRight((after, part) => this.build(part, after), next)
      case 'choice':
        return node.of.map((branch) => this.build(branch, next)).reduce((or, to) => this.add({ on: 'free', to, or }))
      case 'repeat':
        return this.repeat(node, next)
    }
  }

  private repeat({ of, least, most }: Node & { is: 'repeat' }, next: number): number {
    let after = next
    if (most === Infinity) {
      const loop = { on: 'free' as const, to: next, or: next }
      after = this.add(loop)
      loop.to = this.build(of, after)
    } else for (let i = least; i < most; i++) after = this.add({ on: 'free', to: this.build(of, after), or: next })
    for (let i = 0; i < least; i++) after = this.build(of, after)
    return after
  }

  test(text: string): boolean {
    const letters = Array.from(text)
    let here = new Set<number>()
    for (let at = 0; at <= letters.length; at++) {
      this.enter(this.first, here, at, letters.length)
      if (here.has(0)) return true
      const point = letters[at]?.codePointAt(0)
      if (point === undefined) return false
      const next = new Set<number>()
      for (const index of here) {
        const state = this.states[index]
        if (state?.on === 'set' && state.negated !== state.ranges.some(([from, to]) => point >= from && point <= to))
          this.enter(state.to, next, at + 1, letters.length)
      }
      here = next
    }
    return false
  }

  /** Goes on as far as it can without a character. */
  private enter(first: number, into: Set<number>, at: number, end: number): void {
    const open = [first]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (into.has(index)) continue
      into.add(index)
      const state = this.states[index]
      if (state === undefined || state.on === 'done' || state.on === 'set') continue
      if ((state.on === 'start' && at > 0) || (state.on === 'end' && at < end)) continue
      open.push(state.to)
      if (state.or !== undefined) open.push(state.or)
    }
  }
}
