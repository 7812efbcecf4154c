/** area: bbox and crs (OGC 17-069r4, 7.15.3; OGC 18-058r1), and geometries turned into the system that was asked for. */
import { fromWgs84, toWgs84, turned } from '../../model/crs.ts'
import { polygonOf, type Box, type Geometry, type Position } from '../../model/geometry.ts'
import { Problem } from '../../problem.ts'
import { or, type Filter } from '../../query/filter.ts'
import { CRS84, SYSTEMS, type ReferenceSystem } from './names.ts'

/** The system a parameter names; CRS84 when it is not there. */
export function parseSystem(parameters: URLSearchParams, parameter: 'crs' | 'bbox-crs' | 'filter-crs'): ReferenceSystem {
  const uri = parameters.get(parameter)
  if (uri === null) return CRS84
  const system = SYSTEMS.find((one) => one.uri === uri)
  if (system !== undefined) return system
  throw refused(parameter, `„${uri}“ wird nicht angeboten.`, `“${uri}” is not on offer.`)
}

/** Two corners in the order of their system's axes, with or without heights. Heights are not looked at: what stands in the town is wanted whatever its altitude. */
export function parseBbox(text: string, system: ReferenceSystem): Filter {
  const numbers = text.split(',').map((part) => (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(part) ? Number(part) : NaN))
  if ((numbers.length !== 4 && numbers.length !== 6) || !numbers.every(Number.isFinite))
    throw refused('bbox', `„${text}“ sind nicht vier oder sechs Zahlen.`, `“${text}” is not four or six numbers.`)
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i]) : numbers
  const box: Box = system.flipped ? [y1, x1, y2, x2] : [x1, y1, x2, y2]
  if (box[1] > box[3]) throw refused('bbox', `„${text}“ hat die Ecken vertauscht.`, `“${text}” has its corners the wrong way round.`)
  return or(...boxesOf(box, system).map((geometry): Filter => ({ is: 'spatial', path: ['geometry'], relation: 'intersects', geometry })))
}

/** A box that goes over the antimeridian, its west beyond its east, is two. */
function boxesOf(box: Box, system: ReferenceSystem): readonly Geometry[] {
  const [west, south, east, north] = box
  if (system.code === 3857 || system.code >= 25_000) {
    if (west > east) throw refused('bbox', 'Die Ecken sind vertauscht.', 'The corners are the wrong way round.')
    return [turnedBox(box, system)]
  }
  if (west <= east) return [polygonOf(box)]
  return [polygonOf([west, south, 180, north]), polygonOf([-180, south, east, north])]
}

/** Points along each edge, since a straight edge in metres is curved in degrees. */
const STEPS = 8

function turnedBox([west, south, east, north]: Box, { code }: ReferenceSystem): Geometry {
  const corners: readonly Position[] = [[west, south], [east, south], [east, north], [west, north], [west, south]] // prettier-ignore
  const ring = corners.slice(1).flatMap((to, i) => between(corners[i] ?? to, to))
  return turned({ type: 'Polygon', coordinates: [[...ring, [west, south]]] }, toWgs84(code))
}

function between([x1 = 0, y1 = 0]: Position, [x2 = 0, y2 = 0]: Position): readonly Position[] {
  return Array.from({ length: STEPS }, (_, i) => [x1 + ((x2 - x1) * i) / STEPS, y1 + ((y2 - y1) * i) / STEPS])
}

/** A geometry in the axes of a system, metres to the millimetre. */
export function geometryIn(geometry: Geometry, { code, flipped }: ReferenceSystem): Geometry {
  if (code === CRS84.code) return geometry
  if (flipped) return turned(geometry, (x, y) => [y, x])
  const turn = fromWgs84(code)
  return turned(geometry, (x, y) => {
    const [east, north] = turn(x, y)
    return [Math.round(east * 1000) / 1000, Math.round(north * 1000) / 1000]
  })
}

function refused(parameter: string, de: string, en: string): Problem {
  return new Problem('invalid-query', { de, en }, { parameter })
}
