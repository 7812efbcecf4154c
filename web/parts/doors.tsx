/** doors: every way to get a dataset, with addresses to copy and examples that run. */
import { useFormat, type Format } from '../format.ts'
import type { Card, Distribution } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { CopyLines, CopyText } from './copy.tsx'
import { Icon } from './icon.tsx'

export function Downloads({ card }: { readonly card: Card }) {
  const { dataset: words } = useWords()
  const format = useFormat()
  const files = card.distributions?.filter(({ kind }) => kind === 'download') ?? []
  if (files.length === 0) return null
  return (
    <div className="al-get">
      <h3 className="kern-title">{words.downloads}</h3>
      <p className="kern-body kern-body--muted">{card.origin === undefined ? words.downloadsLead : words.downloadsElsewhere}</p>
      <ul className="al-downloads">
        {files.map((file) => (
          <li key={file.url}>
            <a className="kern-btn kern-btn--secondary" href={file.url} download>
              <Icon name="download" />
              <span className="kern-label">{nameOf(file, format)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** With its format and size, where others have it. */
function nameOf({ title, format, bytes }: Distribution, written: Format): string {
  const more = [format, bytes === undefined ? undefined : written.bytes(bytes)].filter((part) => part !== undefined)
  return more.length === 0 ? written.text(title) : `${written.text(title)} (${more.join(', ')})`
}

export function Doors({ card }: { readonly card: Card }) {
  const { dataset: words } = useWords()
  const format = useFormat()
  const doors = card.distributions?.filter(({ kind }) => kind === 'service') ?? []
  if (doors.length === 0) return null
  return (
    <div className="al-get">
      <h3 className="kern-title">{words.doors}</h3>
      <p className="kern-body kern-body--muted">{words.doorsLead}</p>
      <div>
        {doors.map((door) => (
          <details className="kern-accordion" key={door.url}>
            <summary className="kern-accordion__header">
              <span className="kern-title">{format.text(door.title)}</span>
            </summary>
            <section className="kern-accordion__body al-door">
              <CopyText text={door.url} label={`${words.address}: ${format.text(door.title)}`} />
              <CopyLines lines={exampleFor(door)} label={words.example} />
            </section>
          </details>
        ))}
      </div>
    </div>
  )
}

/** Two lines that show something when they are pasted into a terminal. */
export function exampleFor({ url, mediaType }: Pick<Distribution, 'url' | 'mediaType'>): string {
  if (/\/sta\/v/.test(url)) return `curl '${url}/Datastreams?$top=3&$expand=Observations($top=1)'\ncurl '${url}/Things?$count=true&$top=0'`
  if (/\/collections\/[^/]+$/.test(url))
    return `curl -H 'Accept: application/json' '${url}'\ncurl -H 'Accept: application/geo+json' '${url}/items?limit=5'`
  if (/\/ngsi-ld\//.test(url)) return `curl '${url}&limit=3'\ncurl '${url.replace(/\/entities\?.*$/, '/types')}'`
  return `curl -H 'Accept: ${mediaType || '*/*'}' \\\n  '${url}'`
}
