/** html: the same resources as plain pages: no script, a table for every list, German or English. */
import type { Feature } from '../../http/feature.ts'
import type { Json } from '../../model/json.ts'
import type { Language } from '../../model/text.ts'
import type { Link } from './names.ts'
import type { Collection, Item, Items } from './render.ts'

const WORDS = {
  de: {
    start: 'Start', collections: 'Datensätze', collection: 'Datensatz', items: 'Objekte', property: 'Eigenschaft', value: 'Wert',
    next: 'Weiter', prev: 'Zurück', name: 'Name', description: 'Beschreibung', geometry: 'Ort', of: 'von', none: 'Hier gibt es keine Objekte.',
    conformance: 'Konformitätsklassen', api: 'Beschreibung der Schnittstelle', also: 'Auch als', path: 'Adresse', what: 'Was',
    where: 'Sie sind hier', pages: 'Seiten', skip: 'Zum Inhalt',
  },
  en: {
    start: 'Start', collections: 'Collections', collection: 'Collection', items: 'Features', property: 'Property', value: 'Value',
    next: 'Next', prev: 'Previous', name: 'Name', description: 'Description', geometry: 'Place', of: 'of', none: 'There are no features here.',
    conformance: 'Conformance classes', api: 'API definition', also: 'Also as', path: 'Address', what: 'What',
    where: 'You are here', pages: 'Pages', skip: 'Skip to content',
  },
} as const // prettier-ignore

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem;color:#1b1b1b;background:#fff}
a{color:#0b4f9e}a:focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}nav ol{display:flex;gap:.5rem;list-style:none;padding:0}
nav li+li::before{content:"/";margin-right:.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse}
caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}`

/** A text as it may stand in HTML, in content and in quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

interface Frame {
  readonly language: Language
  readonly title: string
  /** From the start to this page. */
  readonly trail: readonly { readonly text: string; readonly href: string }[]
  readonly links: readonly Link[]
}

function framed({ language, title, trail, links }: Frame, body: string): string {
  const words = WORDS[language]
  const crumbs = trail.map(({ text, href }) => `<li><a href="${escape(href)}">${escape(text)}</a></li>`).join('')
  const others = links
    .filter(({ rel }) => rel === 'alternate')
    .map(({ href, type = '' }) => `<a href="${escape(href)}">${escape(type)}</a>`)
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title>${links
    .filter(({ rel }) => rel === 'alternate')
    .map(linkTag)
    .join('')}<style>${STYLE}</style></head>
<body><a class="skip" href="#main">${words.skip}</a><header><nav aria-label="${words.where}"><ol>${crumbs}<li aria-current="page">${escape(title)}</li></ol></nav></header>
<main id="main"><h1>${escape(title)}</h1>${body}</main><footer><p>${words.also} ${others.join(', ')}</p></footer></body></html>
`
}

const linkTag = ({ rel, href, type = '' }: Link): string => `<link rel="${rel}" href="${escape(href)}" type="${escape(type)}">`

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${escape(text)}</th>`).join('')
  const body = rows.map(
    ([first = '', ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  )
  const lines = `<caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody>`
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table>${lines}</table></div>`
}

const anchor = (href: string, text: string): string => `<a href="${escape(href)}">${escape(text)}</a>`

export function landingPage(
  base: string,
  language: Language,
  landing: { readonly title: string; readonly description: string; readonly links: readonly Link[] },
): string {
  const rows = landing.links
    .filter(({ title }) => title !== undefined)
    .map(({ href, title = '', type = '' }) => [anchor(inHtml(href), title), escape(type)])
  const body = `<p>${escape(landing.description)}</p>${table(WORDS[language].start, [WORDS[language].what, 'Format'], rows)}`
  return framed({ language, title: landing.title, trail: [{ text: 'OGC API', href: `${base}?f=html` }], links: landing.links }, body)
}

/** Links in a page lead to pages. */
const inHtml = (href: string): string => (href.includes('f=html') ? href : `${href}${href.includes('?') ? '&' : '?'}f=html`)

export function listPage(
  base: string,
  language: Language,
  title: string,
  rows: readonly (readonly [string, string])[],
  links: readonly Link[],
): string {
  const words = WORDS[language]
  const body = table(title, [words.path, words.what], rows.map(([path, what]) => [escape(path), escape(what)])) // prettier-ignore
  return framed({ language, title, trail: [{ text: words.start, href: `${base}?f=html` }], links }, body)
}

export function collectionsPage(base: string, language: Language, collections: readonly Collection[], links: readonly Link[]): string {
  const words = WORDS[language]
  const rows = collections.map(({ id, title, description }) => [
    anchor(`${base}/collections/${id}?f=html`, title || id),
    escape(description),
  ])
  const body = table(words.collections, [words.name, words.description], rows)
  return framed({ language, title: words.collections, trail: [{ text: words.start, href: `${base}?f=html` }], links }, body)
}

export function collectionPage(base: string, language: Language, collection: Collection): string {
  const words = WORDS[language]
  const { extent } = collection
  const rows = [
    ['Id', escape(collection.id)],
    ...(extent?.spatial ? [['Bbox', escape(extent.spatial.bbox.join())]] : []),
    ...(extent?.temporal ? [['Datetime', escape(extent.temporal.interval.map((pair) => pair.join(' / ')).join())]] : []),
    ['CRS', collection.crs.map(escape).join('<br>')],
  ]
  const to = `${base}/collections/${collection.id}/items?f=html`
  const body = `<p>${escape(collection.description)}</p><p>${anchor(to, words.items)}</p>${table(words.collection, [words.property, words.value], rows)}`
  return framed(
    { language, title: collection.title || collection.id, trail: trailOf(base, language).slice(0, 2), links: collection.links },
    body,
  )
}

function trailOf(base: string, language: Language, collection?: Pick<Collection, 'id' | 'title'>) {
  const words = WORDS[language]
  const own =
    collection === undefined ? [] : [{ text: collection.title || collection.id, href: `${base}/collections/${collection.id}?f=html` }]
  return [{ text: words.start, href: `${base}?f=html` }, { text: words.collections, href: `${base}/collections?f=html` }, ...own]
}

export function itemsPage(base: string, language: Language, collection: Pick<Collection, 'id' | 'title'>, items: Items): string {
  const words = WORDS[language]
  const names = [...new Set(items.features.flatMap(({ properties }) => Object.keys(properties)))].filter((name) => name !== 'name')
  const address = `${base}/collections/${collection.id}/items`
  const rows = items.features.map((feature) => [
    anchor(`${address}/${feature.id}?f=html`, textOf(feature.properties['name']) || String(feature.id)),
    ...names.map((name) => escape(textOf(feature.properties[name]))),
    escape(placeOf(feature)),
  ])
  const caption = `${items.numberReturned} ${words.of} ${items.numberMatched ?? '?'}`
  const list = rows.length === 0 ? `<p>${words.none}</p>` : table(caption, [words.name, ...names, words.geometry], rows)
  const pages = items.links.filter((link): link is Link & { rel: 'next' | 'prev' } => link.rel === 'next' || link.rel === 'prev')
  const moves = pages.map(({ rel, href }) => `<a rel="${rel}" href="${escape(inHtml(href))}">${words[rel]}</a>`).join(' ')
  const body = `${list}${moves === '' ? '' : `<nav aria-label="${words.pages}"><p>${moves}</p></nav>`}`
  return framed({ language, title: words.items, trail: trailOf(base, language, collection), links: items.links }, body)
}

export function itemPage(base: string, language: Language, collection: Pick<Collection, 'id' | 'title'>, item: Item): string {
  const words = WORDS[language]
  const rows = [
    ...Object.entries(item.properties).map(([name, value]) => [escape(name), escape(textOf(value))]),
    [words.geometry, escape(placeOf(item))],
  ]
  const title = textOf(item.properties['name']) || String(item.id)
  const trail = [...trailOf(base, language, collection), { text: words.items, href: `${base}/collections/${collection.id}/items?f=html` }]
  return framed({ language, title, trail, links: item.links }, table(title, [words.property, words.value], rows))
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A point by its coordinates, any other geometry by its kind. */
function placeOf({ geometry }: Pick<Feature, 'geometry'>): string {
  if (geometry === null) return ''
  return geometry.type === 'Point' ? geometry.coordinates.join(' ') : geometry.type
}
