/** spatial: what the functions of shapes mean: relations become filters, measures wait for the number they are compared with. */
import { lengthOf } from '../../model/geometry.ts'
import { degreesApart, relate, relatesBy } from '../../model/geos.ts'
import type { Problem } from '../../problem.ts'
import { everything, nothing, type Comparator, type Filter } from '../../query/filter.ts'
import { TRANSPOSED, type SPATIAL } from './functions.ts'
import { invalid, unsupported, type Context, type Meant } from './worth.ts'

export const nowhere: Meant = { is: 'filter', filter: nothing }

export function lies(a: Meant, [there, back]: (typeof SPATIAL)[string], b: Meant, context: Context): Filter {
  if (a.is === 'shape' && b.is === 'geometry') return { is: 'spatial', path: a.path, relation: there, geometry: b.geometry }
  if (a.is === 'geometry' && b.is === 'shape') return { is: 'spatial', path: b.path, relation: back, geometry: a.geometry }
  if (a.is === 'geometry' && b.is === 'geometry') return relate(there, a.geometry, b.geometry) ? everything : nothing
  if (a.is === 'shape' && b.is === 'shape') throw unsupported(context, 'relating two stored shapes')
  throw noShape(context)
}

function noShape(context: Context): Problem {
  return invalid(context, {
    en: 'A shape is a location, a feature or geography’…’.',
    de: 'Eine Form ist location, feature oder geography’…’.',
  })
}

export function relates([a = nowhere, b = nowhere, by = nowhere]: readonly Meant[], context: Context): Filter {
  const pattern = patternOf(by, context)
  if (a.is === 'shape' && b.is === 'geometry') return { is: 'relates', path: a.path, pattern, geometry: b.geometry }
  if (a.is === 'geometry' && b.is === 'shape')
    return { is: 'relates', path: b.path, pattern: TRANSPOSED.map((i) => pattern[i]).join(''), geometry: a.geometry }
  if (a.is === 'geometry' && b.is === 'geometry') return relatesBy(pattern, a.geometry, b.geometry) ? everything : nothing
  throw a.is === 'shape' && b.is === 'shape' ? unsupported(context, 'relating two stored shapes') : noShape(context)
}

function patternOf(by: Meant, context: Context): string {
  const pattern = by.is === 'operand' && 'value' in by.operand ? String(by.operand.value) : ''
  if (!/^[012TF*]{9}$/i.test(pattern))
    throw invalid(context, {
      en: 'The pattern has nine of 0, 1, 2, T, F and *.',
      de: 'Das Muster hat neun Zeichen aus 0, 1, 2, T, F und *.',
    })
  return pattern
}

/** In degrees, as FROST has it. */
export function measure([a = nowhere, b]: readonly Meant[], context: Context): Meant {
  if (b === undefined) {
    if (a.is === 'geometry') return known(lengthOf(a.geometry))
    if (a.is === 'shape') return { is: 'measure', path: a.path }
    throw noShape(context)
  }
  if (a.is === 'shape' && b.is === 'geometry') return { is: 'measure', path: a.path, from: b.geometry }
  if (a.is === 'geometry' && b.is === 'shape') return { is: 'measure', path: b.path, from: a.geometry }
  if (a.is === 'geometry' && b.is === 'geometry') return known(degreesApart(a.geometry, b.geometry))
  throw a.is === 'shape' && b.is === 'shape' ? unsupported(context, 'the distance of two stored shapes') : noShape(context)
}

export function measured({ path, from }: Meant & { is: 'measure' }, by: Comparator, other: Meant, context: Context): Filter {
  const degrees = other.is === 'operand' && 'value' in other.operand ? other.operand.value : undefined
  if (typeof degrees !== 'number') throw unsupported(context, 'comparing a measure of a shape with anything but a number')
  return { is: 'measured', path, by, degrees, ...(from !== undefined && { from }) }
}

function known(value: number): Meant {
  return { is: 'operand', operand: { value } }
}
