/** filters: random filters about a noun, of every kind but `search`, which is decided in SQL alone. */
import fc from 'fast-check'
import type { Noun } from '../../src/model/noun.ts'
import { FIELDS, type FieldType } from '../../src/query/fields.ts'
import type { Comparator, Filter, FunctionName, Operand, Path, SpatialRelation } from '../../src/query/filter.ts'
import { FUNCTIONS, type ArgumentType } from '../../src/query/functions.ts'
import { RELATIONS } from '../../src/query/relations.ts'
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
const ids = fc.integer({ min: 1, max: 130 })
const known = fc.constantFrom('Tree', '/a', 'thing', 'sensor', 'public', 'draft', 'value', 'pm10', 'ENVI', 'urn:x:3')

const fieldsOf = (noun: Noun, ...types: readonly FieldType[]): readonly string[] =>
  Object.entries(FIELDS[noun]).flatMap(([field, type]) => (types.length === 0 || types.includes(type) ? [field] : []))

const pathsOf = (noun: Noun): fc.Arbitrary<Path> => {
  const inner = fieldsOf(noun, 'json', 'any')
  const deep = fc
    .tuple(fc.constantFrom(...inner), fc.array(deepKeys, { minLength: 1, maxLength: 3 }))
    .map(([field, more]): Path => [field, ...more])
  return fc.oneof(
    fc.constantFrom(...fieldsOf(noun)).map((field): Path => [field]),
    deep,
  )
}

const literals: fc.Arbitrary<Operand> = fc.oneof(
  fc.oneof(numbers, ids, texts, known, fc.boolean(), fc.constant(null)).map((value) => ({ value })),
  instants.map((instant) => ({ instant })),
)

const operandsOf = (noun: Noun): fc.Arbitrary<Operand> =>
  fc.letrec<{ operand: Operand; call: Operand }>((tie) => ({
    operand: fc.oneof(
      { maxDepth: 2 },
      { weight: 3, arbitrary: pathsOf(noun).map((path) => ({ path })) },
      { weight: 2, arbitrary: literals },
      { weight: 2, arbitrary: tie('call') },
    ),
    call: fc.constantFrom(...(Object.keys(FUNCTIONS) as FunctionName[])).chain((call) => {
      const { takes, optional } = FUNCTIONS[call]
      const args = takes.map((type) => fc.oneof({ weight: 1, arbitrary: tie('operand') }, { weight: 3, arbitrary: fitting(noun, type) }))
      return fc
        .integer({ min: takes.length - optional, max: takes.length })
        .chain((count) => fc.tuple(...args.slice(0, count)).map((given): Operand => ({ call, args: given })))
    }),
  })).operand

const fitting = (noun: Noun, type: ArgumentType): fc.Arbitrary<Operand> => {
  const field = fc.constantFrom(...fieldsOf(noun, type, 'any', 'json')).map((name): Operand => ({ path: [name] }))
  if (type === 'time') return fc.oneof(field, instants.map((instant) => ({ instant })), instants.map((value) => ({ value }))) // prettier-ignore
  return fc.oneof(
    field,
    (type === 'text' ? texts : numbers).map((value) => ({ value })),
  )
}

/** `depth` bounds how far `some` goes from noun to noun. */
export function filtersOf(noun: Noun, depth = 2): fc.Arbitrary<Filter> {
  const paths = pathsOf(noun)
  const operands = operandsOf(noun)
  const geometries = fieldsOf(noun, 'geometry')
  const leaves: fc.Arbitrary<Filter>[] = [
    fc.constantFrom<Filter[]>({ is: 'everything' }, { is: 'nothing' }),
    fc.record({ is: fc.constant('compare'), left: operands, by: comparators, right: operands }),
    fc.record({ is: fc.constant('compare'), left: paths.map((path) => ({ path })), by: comparators, right: literals }),
    fc.record({ is: fc.constant('in'), path: paths, values: fc.array(fc.oneof(texts, known, numbers, ids), { maxLength: 4 }) }),
    fc.record({ is: fc.constant('text'), left: operands, how: fc.constantFrom('contains', 'starts', 'ends'), part: fc.oneof(operands, texts.map((value) => ({ value }))) }), // prettier-ignore
    fc.record({ is: fc.constant('has'), path: paths, value: fc.oneof(texts, known, numbers, fc.boolean(), fc.constant(null)) }),
    fc.record({ is: fc.constant('exists'), path: paths }),
  ]
  if (geometries.length > 0) {
    const path = fc.constantFrom(...geometries).map((field): Path => [field])
    leaves.push(
      fc.record({ is: fc.constant('spatial'), path, relation: spatialRelations, geometry: shapes }),
      fc.record({ is: fc.constant('near'), path, geometry: shapes, by: fc.constantFrom('<=', '>='), metres: distances }),
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
    some: depth > 0 ? someOf(noun, depth) : tie('leaf'),
  })).filter
}

function someOf(noun: Noun, depth: number): fc.Arbitrary<Filter> {
  return fc.oneof(
    ...Object.entries(RELATIONS[noun]).map(([through, { to }]) =>
      fc.record({
        is: fc.constant('some' as const),
        through: fc.constant(through),
        where: fc.constant(null).chain(() => filtersOf(to, depth - 1)),
      }),
    ),
  )
}
