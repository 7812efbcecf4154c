/** map: a map that is fetched when it comes into sight. A list of the same places always stands beside it. */
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Geometry } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Crash } from './crash.tsx'

export interface MapPlace {
  readonly id: number
  readonly name: string
  readonly geometry: Geometry
}

export interface MapProps {
  readonly places: readonly MapPlace[]
  readonly selected: number | undefined
  readonly choose: (id: number) => void
  readonly label: string
}

const View = lazy(async () => ({ default: (await import('./map-view.tsx')).MapView }))

export function PlaceMap(props: MapProps) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  const { map, states } = useWords()
  useEffect(() => {
    const watched = box.current
    if (!watched) return
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: '200px' })
    watcher.observe(watched)
    return () => watcher.disconnect()
  }, [])
  return (
    <figure className="al-map" ref={box}>
      <div className="al-map__box">
        {seen && (
          <Crash>
            <Suspense fallback={<p className="al-map__wait">{states.loading}</p>}>
              <View {...props} />
            </Suspense>
          </Crash>
        )}
      </div>
      <figcaption className="kern-body kern-body--small kern-body--muted">{map.help}</figcaption>
    </figure>
  )
}
