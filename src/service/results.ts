/** results: what is written must be what its series says. How many places a list has is always checked, of which type they are unless the tenant leaves it open. */
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { listOf } from '../model/named-result.ts'
import { lengthFault, partFault, typeFault, type Fault } from '../model/result.ts'
import type { Series } from '../model/series.ts'
import type { Observation } from '../model/observation.ts'
import { valueFault, type SweFault } from '../model/swe.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Desk } from './desk.ts'
import type { Batch } from './service.ts'

export type Typed = Pick<Series, 'kind' | 'observationType' | 'parts' | 'schema'>

/** Undefined when it may be written. */
export function resultProblem(result: Json, typed: Typed, strict: boolean): Problem | undefined {
  if (typed.kind === 'task') return taskProblem(result, typed)
  const { observationType, parts } = typed
  if (parts === undefined && !strict) return undefined
  if (parts === undefined && isStructured(typed)) return structureProblem(result, typed)
  const fault =
    parts === undefined
      ? typeFault(result, observationType)
      : (lengthFault(result, parts) ?? (strict ? partFault(result, parts) : undefined))
  return fault && problemOf(fault)
}

/** What is no single value is described in SWE Common. */
function isStructured({ observationType, schema }: Typed): boolean {
  return observationType.endsWith('/OM_ComplexObservation') && isObject(schema?.['resultType'])
}

function structureProblem(result: Json, { schema }: Typed): Problem | undefined {
  const fault = result === null ? undefined : valueFault(result, schema?.['resultType'] as JsonObject)
  return fault && problemAt(fault)
}

/** What a thing is told to do must be what it can be told. */
function taskProblem(result: Json, { schema }: Typed): Problem | undefined {
  const fault = schema && valueFault(result, schema)
  return fault && problemAt(fault)
}

/** As it is kept: what is said by name becomes a list. */
export function kept(result: Json, typed: Pick<Typed, 'parts' | 'schema'>): Json | Problem {
  const found = listOf(result, typed)
  return 'fault' in found ? problemOf(found.fault) : found.list
}

/** Of new items that belong together; those that are said by name as lists. Throws `invalid-body` for the first that cannot be read. */
export async function keptResults(desk: Desk, { series = [], observations = [] }: Batch): Promise<readonly Observation[]> {
  const said = observations.filter(({ result }) => isObject(result))
  if (said.length === 0) return observations
  const fresh = new Map<number, Typed>(series.map((one) => [one.id, one]))
  const heads = await desk.directory.series([...new Set(said.map((one) => one.series))].filter((id) => !fresh.has(id)))
  return observations.map((one) => {
    const result = kept(one.result, fresh.get(one.series) ?? heads.get(one.series) ?? {})
    if (result instanceof Problem) throw result
    return { ...one, result }
  })
}

/** Of new items that belong together. Throws `invalid-body` for the first that may not be written. */
export async function checkResults(desk: Desk, who: Principal, { series = [], observations = [] }: Batch): Promise<void> {
  if (observations.length === 0) return
  const { checkResults: strict } = await desk.directory.settings(who.tenant)
  const fresh = new Map<number, Typed>(series.map((one) => [one.id, one]))
  const heads = await desk.directory.series([...new Set(observations.map((one) => one.series))].filter((id) => !fresh.has(id)))
  for (const one of observations) {
    const typed = fresh.get(one.series) ?? heads.get(one.series)
    const problem = typed && resultProblem(one.result, typed, strict)
    if (problem !== undefined) throw problem
  }
}

/** Of one that is changed: what it says already may stay, whatever it is. */
export async function checkChanged(desk: Desk, who: Principal, old: Observation, item: Observation): Promise<void> {
  if (old.result !== item.result || old.series !== item.series) await checkResults(desk, who, { observations: [item] })
}

function problemAt({ pointer, ...said }: SweFault): Problem {
  return new Problem('invalid-body', said, { pointer: `/result${pointer}` })
}

function problemOf({ position, ...said }: Fault): Problem {
  const at = String(position).replaceAll('~', '~0').replaceAll('/', '~1')
  return new Problem('invalid-body', said, { pointer: position === undefined ? '/result' : `/result/${at}` })
}
