/** facade: a version of SensorThings as it answers: what stands at its root, and what each verb does; the same alone and in a batch. */
import { asksToApply, readApplied } from './applied.ts'
import type { Call } from './call.ts'
import { asksForLine, readLine } from './line.ts'
import { readAny } from './reading.ts'
import { asksForSummary, readSummary } from './summary.ts'
import type { Version } from './version.ts'

export const VERBS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
export type Verb = (typeof VERBS)[number]

export interface Facade {
  readonly version: Version
  /** `endpoints` are where MQTT is spoken. */
  readonly root: (base: string, endpoints?: readonly string[]) => object
  readonly verbs: Readonly<Record<Verb, (call: Call) => Promise<unknown>>>
}

/** What is there, or what it comes to: groups, a line for a chart, figures by time. */
export function readEither(call: Call): Promise<unknown> {
  const { query } = call.request
  if (asksToApply(query)) return readApplied(call)
  if (asksForLine(query)) return readLine(call)
  return asksForSummary(query) ? readSummary(call) : readAny(call)
}
