/** map-style: the plain map that needs no foreign address: paper, a grid of degrees, and our own places on it. */
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl'
import type { Theme } from '../theme.ts'

interface Paint {
  readonly paper: string
  readonly grid: string
  readonly place: string
  readonly edge: string
  readonly chosen: string
}

const PAINT: Readonly<Record<Theme, Paint>> = {
  light: { paper: '#f3f4f7', grid: '#d3d6e2', place: '#2044aa', edge: '#ffffff', chosen: '#b3261e' },
  dark: { paper: '#171a2b', grid: '#33385a', place: '#9db4ff', edge: '#0b0d18', chosen: '#ffb4a9' },
}

const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** Many places are drawn smaller. */
export function styleFor(theme: Theme, many: boolean): StyleSpecification {
  const { paper, grid, place, edge, chosen } = PAINT[theme]
  const shade: ExpressionSpecification = ['case', ['boolean', ['feature-state', 'chosen'], false], chosen, place]
  const radius: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, many ? 2 : 4, 13, many ? 3.5 : 7, 17, 9]
  return {
    version: 8,
    sources: { grid: { type: 'geojson', data: EMPTY }, places: { type: 'geojson', data: EMPTY, promoteId: 'id' } },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': paper } },
      { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': grid, 'line-width': 1 } },
      {
        id: 'areas',
        type: 'fill',
        source: 'places',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': shade, 'fill-opacity': 0.25 },
      },
      {
        id: 'lines',
        type: 'line',
        source: 'places',
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': shade, 'line-width': 2 },
      },
      {
        id: 'points',
        type: 'circle',
        source: 'places',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-color': shade,
          'circle-radius': radius,
          'circle-stroke-color': edge,
          'circle-stroke-width': many ? 1 : 2,
        },
      },
    ],
  }
}

const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

/** Lines of longitude and latitude, at the round distance next below the wanted one. */
export function gridOf([west, south, east, north]: readonly [number, number, number, number], wanted: number) {
  const step = STEPS.find((size) => size <= wanted) ?? 0.001
  const lines: number[][][] = []
  for (let x = Math.floor(west / step) * step; x <= east; x += step)
    lines.push([
      [x, south],
      [x, north],
    ])
  for (let y = Math.floor(south / step) * step; y <= north; y += step)
    lines.push([
      [west, y],
      [east, y],
    ])
  return { type: 'MultiLineString' as const, coordinates: lines }
}
