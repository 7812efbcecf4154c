/** chart-save: a chart as a picture or drawing, its values as a file. */
import type { Bucket, Series } from '../wire.ts'

export function saveCsv(items: readonly Bucket[], series: Series, name: string, language: 'de' | 'en'): void {
  const [separator, decimal] = language === 'de' ? [';', ','] : [',', '.']
  const unit = series.unit?.symbol ?? series.unit?.name ?? ''
  const number = (value: number | undefined) => (value === undefined ? '' : String(value).replace('.', decimal))
  const head = ['start', 'count', ...['avg', 'min', 'max', 'sum'].map((one) => (unit === '' ? one : `${one} (${unit})`))]
  const rows = items.map(({ start, count, avg, min, max, sum }) => [start, String(count), ...[avg, min, max, sum].map(number)])
  // Excel takes UTF-8 for what it is only when it begins with this mark.
  save(
    new Blob(['\ufeff', [head, ...rows].map((row) => row.join(separator)).join('\r\n')], { type: 'text/csv;charset=utf-8' }),
    name,
    'csv',
  )
}

export function saveSvg(drawn: Element, name: string): void {
  save(new Blob([textOf(drawn)], { type: 'image/svg+xml' }), name, 'svg')
}

export async function savePng(drawn: Element, name: string, theme: 'light' | 'dark'): Promise<void> {
  const { width, height } = drawn.getBoundingClientRect()
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(drawn))}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.fillStyle = theme === 'dark' ? '#0b0d18' : '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  canvas.toBlob((blob) => blob && save(blob, name, 'png'))
}

/** Stands alone: with its namespace, and a font that is everywhere. */
function textOf(drawn: Element): string {
  const copy = drawn.cloneNode(true)
  if (copy instanceof SVGElement) {
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    copy.style.fontFamily = 'Fira Sans, Arial, sans-serif'
  }
  return new XMLSerializer().serializeToString(copy)
}

function save(blob: Blob, name: string, ending: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.${ending}`
  link.click()
  URL.revokeObjectURL(link.href)
}
