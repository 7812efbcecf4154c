/** crs: the reference systems that municipal data comes in, and the way from them to WGS 84 and back. */
import proj4 from 'proj4'
import { Problem } from '../problem.ts'
import type { Geometry, Position } from './geometry.ts'

/** Seven parameters from DHDN (Potsdam datum) for all of Germany: good to about 3 m in the west, less in the east. */
const DHDN = '+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7'
const utm = (zone: number, ellps: string) => `+proj=utm +zone=${zone} ${ellps} +units=m +no_defs`
const transverse = (meridian: number, east: number, ellps: string) =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${east} +y_0=0 ${ellps} +units=m +no_defs`
const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0'

/** By EPSG number; degrees are undefined, they need no turning. */
const SYSTEMS: Readonly<Record<number, string | undefined>> = {
  4326: undefined,
  4258: undefined,
  4979: undefined,
  84: undefined,
  25831: utm(31, GRS80),
  25832: utm(32, GRS80),
  25833: utm(33, GRS80),
  32631: utm(31, '+datum=WGS84'),
  32632: utm(32, '+datum=WGS84'),
  32633: utm(33, '+datum=WGS84'),
  /** UTM 32 and 33 with the zone before the easting. */
  4647: `+proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=32500000 +y_0=0 ${GRS80} +units=m +no_defs`,
  5650: `+proj=tmerc +lat_0=0 +lon_0=15 +k=0.9996 +x_0=33500000 +y_0=0 ${GRS80} +units=m +no_defs`,
  31466: transverse(6, 2_500_000, DHDN),
  31467: transverse(9, 3_500_000, DHDN),
  31468: transverse(12, 4_500_000, DHDN),
  31469: transverse(15, 5_500_000, DHDN),
  3034: `+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 ${GRS80} +units=m +no_defs`,
  3035: `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${GRS80} +units=m +no_defs`,
  3857: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
}

/** Number of the system that a text names: "EPSG:25832", "urn:ogc:def:crs:EPSG::25832", "…/def/crs/EPSG/0/25832", "CRS84". Throws for one that is not known. */
export function crsOf(text: string): number {
  const code = /CRS:?84/i.test(text) ? 84 : Number(/(\d+)\s*$/.exec(text)?.[1] ?? NaN)
  if (Object.hasOwn(SYSTEMS, code)) return code
  const known = Object.keys(SYSTEMS).join(', ')
  throw new Problem('invalid-query', {
    de: `Das Koordinatensystem „${text}“ ist nicht bekannt. Bekannt sind die EPSG-Nummern ${known}.`,
    en: `The reference system “${text}” is not known. Known are the EPSG numbers ${known}.`,
  })
}

/** True for systems in degrees. */
export function isGeographic(code: number): boolean {
  return SYSTEMS[code] === undefined
}

export type Turn = (x: number, y: number) => readonly [number, number]

const turns = new Map<number, Turn>()

/** From a system to longitude and latitude in WGS 84. UTM with the zone before the easting is taken as such, whatever its number says. */
export function toWgs84(code: number): Turn {
  const known = turns.get(code)
  if (known) return known
  const system = SYSTEMS[code]
  const turn = system === undefined ? (x: number, y: number) => [x, y] as const : projected(system)
  turns.set(code, turn)
  return turn
}

function projected(system: string): Turn {
  const converter = proj4(system, 'WGS84')
  return (x, y) => {
    const zone = Math.floor(x / 1_000_000)
    const east = system.startsWith('+proj=utm') && zone >= 31 && zone <= 33 ? x - zone * 1_000_000 : x
    const [longitude = NaN, latitude = NaN] = converter.forward([east, y])
    return [longitude, latitude]
  }
}

/** From WGS 84 to a system. */
export function fromWgs84(code: number): Turn {
  const system = SYSTEMS[code]
  if (system === undefined) return (x, y) => [x, y]
  const converter = proj4('WGS84', system)
  return (x, y) => {
    const [east = NaN, north = NaN] = converter.forward([x, y])
    return [east, north]
  }
}

/** Every position of a geometry turned; altitude is kept. */
export function turned(geometry: Geometry, turn: Turn): Geometry {
  if (geometry.type === 'GeometryCollection') return { ...geometry, geometries: geometry.geometries.map((part) => turned(part, turn)) }
  return { ...geometry, coordinates: turnedAll(geometry.coordinates, turn) } as Geometry
}

type Nested = Position | readonly Nested[]

function turnedAll(of: Nested, turn: Turn): Nested {
  const [x, y, ...more] = of
  if (typeof x === 'number' && typeof y === 'number') return [...turn(x, y), ...(more as number[])]
  return (of as readonly Nested[]).map((part) => turnedAll(part, turn))
}
