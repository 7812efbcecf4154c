/** applied: GET with $apply: groups instead of entities. $filter and $orderby are about the groups then, as OData says. */
import { Problem } from '../../problem.ts'
import { and } from '../../query/filter.ts'
import { FIGURES, type Figure, type Group } from '../../query/query.ts'
import { parseApply, type Apply, type Column } from './apply.ts'
import type { Call } from './call.ts'
import { chosen, type Row } from './groups.ts'
import { parentOf } from './reading.ts'
import { whereOf } from './path.ts'

/** More groups than these are refused: they are put in order in memory. */
const MOST = 100_000
const BESIDE = ['$apply', '$filter', '$orderby', '$top', '$skip', '$count']

export function asksToApply(query: unknown): boolean {
  return typeof query === 'object' && query !== null && '$apply' in query
}

export async function readApplied(call: Call): Promise<string> {
  const { path, request, reply } = call
  const step = path.steps.at(-1)
  if (step === undefined || step.single || path.ending !== 'none' || path.property.length > 0)
    throw new Problem(
      'invalid-query',
      { en: '$apply is for sets of entities.', de: '$apply gilt für Mengen von Objekten.' },
      { parameter: '$apply' },
    )
  const said = saidIn(request.query as Readonly<Record<string, unknown>>)
  const apply = parseApply(said['$apply'] ?? '', step.type)
  const groups = (await bySummary(call, apply)) ?? (await byGroups(call, apply))
  if (path.steps.length > 1) await parentOf(call)
  if (groups.length > MOST)
    throw new Problem(
      'too-large',
      { en: `More than ${MOST} groups; filter before.`, de: `Mehr als ${MOST} Gruppen; bitte vorher filtern.` },
      { parameter: '$apply' },
    )
  const columns = [...apply.by, ...apply.measures].map(({ column }) => column)
  const { rows, count } = chosen(
    groups.map((group) => rowOf(columns, group)),
    columns,
    said,
  )
  void reply.type('application/json')
  return JSON.stringify({ ...(count !== undefined && { [`${step.type.version.mark}count`]: count }), value: rows })
}

function saidIn(query: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const [name, text] of Object.entries(query)) {
    if (!name.startsWith('$')) continue
    if (!BESIDE.includes(name)) throw new Problem('not-implemented', `${name} does not go with $apply.`, { parameter: name })
    if (typeof text !== 'string') throw new Problem('invalid-query', `${name} is given more than once.`, { parameter: name })
    said[name] = text
  }
  return said
}

async function byGroups({ path, request, service }: Call, { where, by, measures }: Apply): Promise<readonly Group[]> {
  const noun = path.steps.at(-1)?.type.noun ?? 'observation'
  try {
    const all = and(whereOf(path.steps, request.door?.id), where)
    return await service.group(request.who, { noun, where: all, by, measures, limit: MOST })
  } catch (error) {
    if (!(error instanceof Problem) || error.at.parameter !== undefined) throw error
    throw new Problem(error.kind, error.said, { parameter: '$apply' }, { cause: error })
  }
}

/** Results of one Datastream by time alone: what roll-ups answer. */
async function bySummary(call: Call, { where, by, measures }: Apply): Promise<readonly Group[] | undefined> {
  const [part, ...more] = by
  const { steps } = call.path
  const ofOne = steps.length === 2 && steps[0]?.type.set === 'Datastreams' && steps[1]?.type.set === 'Observations'
  if (!ofOne || where.is !== 'everything' || part?.bucket === undefined || more.length > 0 || !isPath(part, 'time')) return undefined
  const names = measures.map((measure) => (measure.how === 'count' ? 'count' : isPath(measure, 'result') && figureOf(measure.how)))
  if (!names.every((name) => typeof name === 'string')) return undefined
  const { id } = await parentOf(call)
  const buckets = await call.service.summarise(call.request.who, {
    series: [id],
    from: '0001-01-01T00:00:00Z',
    until: '9999-12-31T23:59:59Z',
    bucket: part.bucket,
    zone: part.zone ?? 'UTC',
    figures: FIGURES.filter((figure) => names.includes(figure)),
  })
  return buckets.map((bucket) => [bucket.start, ...names.map((name) => bucket[name] ?? null)])
}

function isPath({ of }: Apply['by'][number] | Exclude<Apply['measures'][number], { how: 'count' }>, field: string): boolean {
  return 'path' in of && of.path.length === 1 && of.path[0] === field
}

function figureOf(how: string): Figure | undefined {
  return FIGURES.find((figure) => figure === how)
}

/** `Datastream/name` stands in an object, as it would expanded. */
function rowOf(columns: readonly Column[], group: Group): Row {
  const row: Record<string, unknown> = {}
  for (const [i, column] of columns.entries()) {
    let at = row
    for (const name of column.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>
    at[column.at(-1) ?? ''] = group[i] ?? null
  }
  return row
}
