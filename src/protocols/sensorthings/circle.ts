/** circle: a circle of degrees around a point, as a polygon fine enough that no one sees its corners. */
import type { Geometry, Position } from '../../model/geometry.ts'

const CORNERS = 256

export function circle([x = 0, y = 0]: Position, degrees: number): Geometry {
  const corner = (i: number): Position => {
    const angle = (2 * Math.PI * (i % CORNERS)) / CORNERS
    return [x + degrees * Math.cos(angle), y + degrees * Math.sin(angle)]
  }
  return { type: 'Polygon', coordinates: [Array.from({ length: CORNERS + 1 }, (_, i) => corner(i))] }
}
