/** map-view: MapLibre on our plain style, driven by what is to be seen. */
import 'maplibre-gl/dist/maplibre-gl.css'
import {
  LngLatBounds,
  Map as LibreMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import { useTheme } from '../theme.ts'
import type { Json } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import type { MapPlace, MapProps } from './map.tsx'
import { gridOf, styleFor } from './map-style.ts'

setWorkerUrl(workerUrl)

const LAYERS = ['points', 'areas', 'lines']

export function MapView({ places, selected, choose, label }: MapProps) {
  const box = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const { map: words } = useWords()
  const [map, setMap] = useState<LibreMap | 'impossible'>()
  const many = places.length > 200
  const chosen = useRef(choose)
  chosen.current = choose

  useEffect(() => {
    if (!box.current) return
    const made = makeMap(box.current, styleFor(theme, many), {
      'Map.Title': label,
      'NavigationControl.ZoomIn': words.zoomIn,
      'NavigationControl.ZoomOut': words.zoomOut,
    })
    if (made === undefined) {
      setMap('impossible')
      return
    }
    made.on('click', LAYERS, ({ features }) => {
      const id = features?.[0]?.id
      if (typeof id === 'number') chosen.current(id)
    })
    made.on('load', () => setMap(made))
    return () => {
      made.remove()
      setMap(undefined)
    }
  }, [theme, many, label, words])

  useEffect(() => {
    if (map instanceof LibreMap) showPlaces(map, places)
  }, [map, places])

  useEffect(() => {
    if (!(map instanceof LibreMap) || selected === undefined) return
    map.setFeatureState({ source: 'places', id: selected }, { chosen: true })
    const place = places.find(({ id }) => id === selected)
    const bounds = place && boundsOf([place])
    if (bounds && !map.getBounds().contains(bounds.getCenter())) map.easeTo({ center: bounds.getCenter(), animate: calm() })
    return () => {
      if (map.getSource('places')) map.setFeatureState({ source: 'places', id: selected }, { chosen: false })
    }
  }, [map, selected, places])

  return map === 'impossible' ? <p className="al-map__wait">{words.noWebgl}</p> : <div ref={box} className="al-map__canvas" />
}

const calm = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches

function makeMap(container: HTMLElement, style: StyleSpecification, locale: Record<string, string>): LibreMap | undefined {
  try {
    const map = new LibreMap({
      container,
      style,
      locale,
      center: [10.4, 51.2],
      zoom: 5,
      maxPitch: 0,
      dragRotate: false,
      attributionControl: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      canvasContextAttributes: { preserveDrawingBuffer: true },
    })
    map.touchZoomRotate.disableRotation()
    map.scrollZoom.disable()
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
    map.on('moveend', () => drawGrid(map))
    return map
  } catch {
    return undefined
  }
}

function drawGrid(map: LibreMap): void {
  const view = map.getBounds()
  void map.getSource<GeoJSONSource>('grid')?.setData({
    type: 'Feature',
    properties: {},
    geometry: gridAround(view),
  })
}

type Features = Extract<Parameters<GeoJSONSource['setData']>[0], { type: 'FeatureCollection' }>

/** As much again on every side, so that a small move finds it drawn. */
function gridAround(view: LngLatBounds) {
  const [west, south, east, north] = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()]
  const [width, height] = [east - west, north - south]
  return gridOf([west - width, Math.max(-85, south - height), east + width, Math.min(85, north + height)], width / 6)
}

function showPlaces(map: LibreMap, places: readonly MapPlace[]): void {
  void map.getSource<GeoJSONSource>('places')?.setData({
    type: 'FeatureCollection',
    features: places.map(({ id, name, geometry }) => ({ type: 'Feature', id, properties: { id, name }, geometry })) as Features['features'],
  })
  const bounds = boundsOf(places)
  if (bounds) map.fitBounds(bounds, { padding: 48, maxZoom: 15, animate: false })
  drawGrid(map)
}

function boundsOf(places: readonly MapPlace[]): LngLatBounds | undefined {
  const bounds = new LngLatBounds()
  for (const { geometry } of places) for (const [x, y] of positionsOf(geometry)) bounds.extend([x, y])
  return bounds.isEmpty() ? undefined : bounds
}

function* positionsOf(geometry: MapPlace['geometry']): Iterable<readonly [number, number]> {
  if (geometry.type === 'GeometryCollection') for (const part of geometry.geometries) yield* positionsOf(part)
  else yield* flat(geometry.coordinates)
}

function* flat(nested: Json): Iterable<readonly [number, number]> {
  if (!Array.isArray(nested)) return
  const [x, y]: readonly Json[] = nested
  if (typeof x === 'number' && typeof y === 'number') yield [x, y]
  else for (const part of nested as readonly Json[]) yield* flat(part)
}
