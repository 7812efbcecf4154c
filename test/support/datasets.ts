/** datasets: small released datasets to look at through every protocol: air stations with readings, and trees without. */
import type { Dataset } from '../../src/model/dataset.ts'
import type { DataDraft as Draft } from '../../src/model/draft.ts'
import { keeper } from '../../src/rights/principal.ts'
import type { Service } from '../../src/service/service.ts'

const admin = keeper(1, 'test')

const CARD = {
  tenant: 1,
  title: { de: 'Luftqualität', en: 'Air quality' },
  description: { de: 'Stündliche Werte der Messstationen', en: 'Hourly readings of the stations' },
  keywords: ['Luft', 'Feinstaub', 'Umwelt'],
  themes: ['ENVI'],
  licence: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0',
  publisher: { name: 'Stadt Musterstadt', url: 'https://www.musterstadt.example' },
  contact: { name: 'Umweltamt', email: 'umwelt@musterstadt.example' },
  access: 'public',
  state: 'released',
  duplicates: 'skip',
  properties: {},
  created: '2026-01-01T00:00:00Z',
  modified: '2026-01-02T00:00:00Z',
} as const satisfies Omit<Dataset, 'id' | 'slug'>

export async function addDataset(service: Service, slug: string, drafts: readonly Draft[], card: Partial<Dataset> = {}): Promise<number> {
  const [id = 0] = await service.ids('dataset', 1)
  await service.record(admin, { datasets: [{ ...CARD, ...card, id, slug }] })
  const { failed } = await service.keep(admin, id, drafts)
  if (failed[0] !== undefined) throw failed[0].problem
  return id
}

const UNIT = { name: 'Mikrogramm je Kubikmeter', symbol: 'µg/m³', definition: null, code: 'ug/m3' }

/** Stations 1 to `stations` along a line to the east, each with `hours` readings of pm10 from 2026-01-01, value = hour + station / 10. */
export function air(stations: number, hours: number): Draft[] {
  return Array.from({ length: stations }, (_, i) => station(i + 1, hours)).flat()
}

function station(number: number, hours: number): Draft[] {
  const entity = `urn:x:station:${number}`
  const readings = Array.from({ length: hours }, (_, hour): Draft => {
    const time = new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace('.000', '')
    return { draft: 'observation', entity, attribute: 'pm10', time, result: hour + number / 10 }
  })
  return [
    {
      draft: 'entity',
      iri: entity,
      type: 'Station',
      name: `Station ${number}`,
      geometry: { type: 'Point', coordinates: [8 + number / 10, 49.2] },
      attributes: { height: number, street: number === 1 ? 'Markt "Süd"; =1+1' : `Weg ${number}`, indoor: number % 2 === 0 },
    },
    { draft: 'series', entity, attribute: 'pm10', name: `Feinstaub ${number}`, unit: UNIT },
    ...readings,
  ]
}

export function trees(count: number): Draft[] {
  return Array.from({ length: count }, (_, i): Draft => {
    const attributes = { species: i % 2 === 0 ? 'Tilia' : 'Quercus', height: i + 0.5, ...(i === 0 && { note: '=HYPERLINK("http://x")' }) }
    const geometry = { type: 'Point', coordinates: [8.5 + i / 1000, 49.5] } as const
    return { draft: 'entity', iri: `urn:x:tree:${i}`, type: 'Tree', name: `Baum ${i}`, geometry, attributes }
  })
}
