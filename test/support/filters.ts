/** filters: random filters about a noun, of every kind; `search` for entities only, as dictionaries find datasets. Half of them ask for what some item of the town has. */
import fc from 'fast-check'
import type { Noun } from '../../src/model/noun.ts'
import { FIELDS, type FieldType } from '../../src/query/fields.ts'
import type { Comparator, Filter, FunctionName, Operand, Path, Reference, SpatialRelation } from '../../src/query/filter.ts'
import { valueOf } from '../../src/query/evaluate.ts'
import { FUNCTIONS, type ArgumentType } from '../../src/query/functions.ts'
import { lookUp, type Item } from '../../src/query/look-up.ts'
import { relativeBy, type Related } from '../../src/query/matches.ts'
import { RELATIONS } from '../../src/query/relations.ts'
import { relatedIn, type Town } from './town.ts'
import { deepKeys, distances, instants, numbers, shapes, texts } from './values.ts'

const comparators = fc.constantFrom<Comparator[]>('=', '<>', '<', '<=', '>', '>=')
const spatialRelations = fc.constantFrom<SpatialRelation[]>(
  'intersects',
  'within',
  'contains',
  'disjoint',
  'overlaps',
  'equals',
  'touches',
  'crosses',
)
const patterns = fc.array(fc.constantFrom('0', '1', '2', 'T', 'F', '*', '*', '*'), { minLength: 9, maxLength: 9 }).map((letters) => letters.join('')) // prettier-ignore
/** Some that many texts match, some that few do. */
const likes = fc
  .array(fc.constantFrom('a', 'T', '.', '[a-z]', '[^e]', '(ree|ir)', '^', '$', '[[:digit:]]*', ':+', '/a?', '|', 'ü', '😀', '(a|b){1,2}', '\\s', '\\W'), { maxLength: 4 })
  .map((pieces) => pieces.join('')) // prettier-ignore
const ids = fc.integer({ min: 1, max: 130 })
const known = fc.constantFrom('Tree', '/a', 'thing', 'sensor', 'public', 'draft', 'value', 'pm10', 'ENVI', 'urn:x:3')

const fieldsOf = (noun: Noun, ...types: readonly FieldType[]): readonly string[] =>
  Object.entries(FIELDS[noun]).flatMap(([field, type]) => (types.length === 0 || types.includes(type) ? [field] : []))

const pathsOf = (noun: Noun, town: Town): fc.Arbitrary<Path> => {
  const inner = [...fieldsOf(noun, 'json', 'any'), ...(noun === 'entity' ? ['geometry'] : [])]
  const deep = fc
    .tuple(fc.constantFrom(...inner), fc.array(deepKeys, { minLength: 1, maxLength: 3 }))
    .map(([field, more]): Path => [field, ...more])
  const real = town[noun].flatMap((item) => inner.flatMap((field) => [...pathsIn(lookUp(item, [field]), [field])]))
  return fc.oneof(
    fc.constantFrom(...fieldsOf(noun)).map((field): Path => [field]),
    deep,
    real.length > 0 ? fc.constantFrom(...real) : deep,
  )
}

/** Every path that leads somewhere in a value. */
function* pathsIn(value: unknown, path: Path): Iterable<Path> {
  if (value === undefined) return
  yield path
  if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) yield* pathsIn(part, [...path, key])
}

const literals: fc.Arbitrary<Operand> = fc.oneof(
  fc.oneof(numbers, ids, texts, known, fc.boolean(), fc.constant(null)).map((value) => ({ value })),
  instants.map((instant) => ({ instant })),
)

const operandsOf = (noun: Noun, town: Town): fc.Arbitrary<Operand> =>
  fc.letrec<{ operand: Operand; call: Operand }>((tie) => ({
    operand: fc.oneof(
      { maxDepth: 2 },
      { weight: 3, arbitrary: pathsOf(noun, town).map((path) => ({ path })) },
      { weight: 2, arbitrary: literals },
      { weight: 2, arbitrary: tie('call') },
      { weight: 1, arbitrary: fc.oneof(...hopsOf(noun, town)) },
    ),
    call: fc.constantFrom(...(Object.keys(FUNCTIONS) as FunctionName[])).chain((call) => {
      const { takes, optional } = FUNCTIONS[call]
      const args = takes.map((type) => fc.oneof({ weight: 1, arbitrary: tie('operand') }, { weight: 3, arbitrary: fitting(noun, type) }))
      return fc
        .integer({ min: takes.length - optional, max: takes.length })
        .chain((count) => fc.tuple(...args.slice(0, count)).map((given): Operand => ({ call, args: given })))
    }),
  })).operand

/** Items of all nouns have low ids, so that many a number among their JSON names one. */
const referencesOf = (noun: Noun, town: Town): fc.Arbitrary<Reference> =>
  fc.record({
    at: pathsOf(noun, town).filter(([, ...keys]) => keys.length > 0),
    to: fc.constantFrom<Noun[]>('entity', 'series', 'observation'),
  })

/** What related items have, some of them only as far as they fulfil something. */
const hopsOf = (noun: Noun, town: Town): readonly fc.Arbitrary<Operand>[] =>
  noun === 'dataset'
    ? [literals]
    : [
        referred(noun, town),
        ...Object.entries(RELATIONS[noun]).flatMap(([through, { to, many }]) => {
          const of = fc.constant(null).chain(() => pathsOf(to, town)).map((path) => ({ path })) // prettier-ignore
          const where = fc.tuple(ids, comparators).map(([value, by]): Filter => ({ is: 'compare', left: { path: ['id'] }, by, right: { value } })) // prettier-ignore
          if (many) return []
          return [of.map((inner): Operand => ({ through, of: inner })), fc.tuple(of, where).map(([inner, bound]): Operand => ({ through, of: inner, where: bound }))] // prettier-ignore
        }),
      ]
const referred = (noun: Noun, town: Town): fc.Arbitrary<Operand> =>
  referencesOf(noun, town).chain((through) => pathsOf(through.to, town).map((path) => ({ through, of: { path } })))

const SPELLED = ['12.5', '-3', '1e3', '007', ' 1', '1,5', '', '2026-02-28T23:59:59+14:00', '2024-02-29T12:00Z', '1900-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-01-01', '9999-12-31T23:59:59-14:00'] // prettier-ignore

const fitting = (noun: Noun, type: ArgumentType): fc.Arbitrary<Operand> => {
  if (type === 'spelled-number' || type === 'spelled-time')
    return fc.oneof(
      fc.constantFrom(...SPELLED).map((value): Operand => ({ value })),
      fitting(noun, type === 'spelled-number' ? 'number' : 'time'),
    )
  if (type === 'zone') return fc.constantFrom('Europe/Berlin', 'UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Berlin', '+01:00').map((value) => ({ value })) // prettier-ignore
  const field = fc.constantFrom(...fieldsOf(noun, type, 'any', 'json')).map((name): Operand => ({ path: [name] }))
  if (type === 'time') return fc.oneof(field, instants.map((instant) => ({ instant })), instants.map((value) => ({ value }))) // prettier-ignore
  return fc.oneof(
    field,
    (type === 'text' ? texts : numbers).map((value) => ({ value })),
  )
}

/** Filters about a value that one of the items has. */
function meeting(
  items: readonly Item[],
  paths: fc.Arbitrary<Path>,
  operands: fc.Arbitrary<Operand>,
  related: Related,
): readonly fc.Arbitrary<Filter>[] {
  const item = fc.constantFrom(...items)
  const part = fc.tuple(fc.nat(2), fc.nat(3))
  const scalar = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? [value] : [])
  return [
    fc
      .tuple(operands, item, comparators)
      .map(([left, one, by]): Filter => ({ is: 'compare', left, by, right: literalOf(left, one, related) })),
    fc
      .tuple(operands, item, comparators)
      .map(([right, one, by]): Filter => ({ is: 'compare', left: literalOf(right, one, related), by, right })),
    fc
      .tuple(operands, item, part, fc.constantFrom('contains' as const, 'starts' as const, 'ends' as const))
      .map(([left, one, [from, length], how]): Filter => {
        const { value } = { value: '', ...literalOf(left, one, related) }
        const piece = Array.from(String(value)).slice(from, from + length).join('') // prettier-ignore
        return { is: 'text', left, how, part: { value: piece } }
      }),
    fc
      .tuple(paths, item, item)
      .map(([path, a, b]): Filter => ({ is: 'in', path, values: [a, b].flatMap((one) => scalar(lookUp(one, path))) })),
    fc.tuple(paths, item, fc.nat(2)).map(([path, one, at]): Filter => {
      const list = lookUp(one, path)
      const member: unknown = Array.isArray(list) ? list[at] : list
      return { is: 'has', path, value: typeof member === 'boolean' ? member : (scalar(member)[0] ?? null) }
    }),
  ]
}

function literalOf(operand: Operand, item: Item, related: Related): Operand {
  const found = valueOf(operand, item, relativeBy(related))
  if (found?.type === 'time') return { instant: found.value }
  return { value: found?.type === 'text' || found?.type === 'number' || found?.type === 'boolean' ? found.value : null }
}

/** `depth` bounds how far `some` goes from noun to noun. */
export function filtersOf(noun: Noun, town: Town, depth = 2): fc.Arbitrary<Filter> {
  const paths = pathsOf(noun, town)
  const operands = operandsOf(noun, town)
  const geometries = fieldsOf(noun, 'geometry')
  const leaves: fc.Arbitrary<Filter>[] = [
    fc.constantFrom<Filter[]>({ is: 'everything' }, { is: 'nothing' }),
    fc.record({ is: fc.constant('compare'), left: operands, by: comparators, right: operands }),
    fc.record({ is: fc.constant('compare'), left: paths.map((path) => ({ path })), by: comparators, right: literals }),
    fc.record({ is: fc.constant('in'), path: paths, values: fc.array(fc.oneof(texts, known, numbers, ids), { maxLength: 4 }) }),
    fc.record({ is: fc.constant('text'), left: operands, how: fc.constantFrom('contains', 'starts', 'ends'), part: fc.oneof(operands, texts.map((value) => ({ value }))) }), // prettier-ignore
    fc.record({ is: fc.constant('has'), path: paths, value: fc.oneof(texts, known, numbers, fc.boolean(), fc.constant(null)) }),
    fc.record({ is: fc.constant('exists'), path: paths }),
    fc.record({ is: fc.constant('like'), path: paths, pattern: likes }),
    ...meeting(town[noun], paths, operands, relatedIn(town)),
  ]
  if (noun === 'entity')
    leaves.push(fc.record({ is: fc.constant('search'), words: fc.array(texts, { maxLength: 2 }).map((words) => words.join(' ')) }))
  if (geometries.length > 0) {
    const path = fc.constantFrom(...geometries).map((field): Path => [field])
    leaves.push(
      fc.record({ is: fc.constant('spatial'), path, relation: spatialRelations, geometry: shapes }),
      fc.record({ is: fc.constant('near'), path, geometry: shapes, by: fc.constantFrom('<=', '>='), metres: distances }),
      fc.record({ is: fc.constant('relates'), path, pattern: patterns, geometry: shapes }),
      fc.record({
        is: fc.constant('measured'),
        path,
        from: shapes,
        by: comparators,
        degrees: fc.double({ min: -0.1, max: 2, noNaN: true }),
      }),
      fc.record({ is: fc.constant('measured'), path, by: comparators, degrees: fc.constantFrom(0, 0.01, 0.1, 1) }),
    )
  }
  return fc.letrec<{ filter: Filter; leaf: Filter; branch: Filter; some: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: tie('leaf') },
      { weight: 2, arbitrary: tie('branch') },
      ...(depth > 0 ? [{ weight: 1, arbitrary: tie('some') }] : []),
    ),
    leaf: fc.oneof(...leaves),
    branch: fc.oneof(
      fc.record({ is: fc.constantFrom('and', 'or'), of: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ is: fc.constant('not'), of: tie('filter') }),
    ) as fc.Arbitrary<Filter>,
    some: depth > 0 ? someOf(noun, town, depth) : tie('leaf'),
  })).filter
}

function someOf(noun: Noun, town: Town, depth: number): fc.Arbitrary<Filter> {
  return fc.oneof(
    referencesOf(noun, town).chain((through) =>
      filtersOf(through.to, town, depth - 1).map((where): Filter => ({ is: 'some', through, where })),
    ),
    ...Object.entries(RELATIONS[noun]).map(([through, { to }]) =>
      fc.record({
        is: fc.constant('some' as const),
        through: fc.constant(through),
        where: fc.constant(null).chain(() => filtersOf(to, town, depth - 1)),
      }),
    ),
  )
}
