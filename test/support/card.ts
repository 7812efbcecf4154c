/** card: a dataset about which everything is known, with a file and a service. */
import type { Card } from '../../src/service/service.ts'

const OWN = 'https://stadt.example/datasets/luft'

export const fullCard: Card = {
  id: 1,
  tenant: 1,
  slug: 'luft',
  title: { de: 'Luftqualität', en: 'Air quality' },
  description: { de: 'Stündliche „Werte"\nder <Stationen> & \\Orte' },
  keywords: ['Luft', 'Feinstaub'],
  themes: ['ENVI'],
  licence: 'https://www.govdata.de/dl-de/by-2-0',
  publisher: { name: 'Stadt Musterstadt', url: 'https://www.musterstadt.example' },
  contact: { name: 'Umweltamt', email: 'umwelt@musterstadt.example' },
  access: 'public',
  state: 'released',
  duplicates: 'keep',
  properties: {
    frequency: 'HOURLY',
    availability: 'STABLE',
    publisherType: 'LocalAuthority',
    contributorID: 'openGovernmentDataPortalRheinlandPfalz',
    geocoding: ['071110000000'],
    geocodingLevel: 'municipality',
    legislation: 'http://data.europa.eu/eli/reg_impl/2023/138/oj',
    hvdCategory: 'c_dd313021',
  },
  extent: [8, 49, 8.5, 49.5],
  period: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
  created: '2026-01-01T00:00:00Z',
  modified: '2026-01-02T00:00:00Z',
  distributions: [
    { title: { de: 'CSV', en: 'CSV' }, url: `${OWN}.csv`, mediaType: 'text/csv', kind: 'download' },
    {
      title: { de: 'SensorThings' },
      url: `${OWN}/sta/v1.1`,
      mediaType: 'application/json',
      conformsTo: 'http://www.opengis.net/spec/iot_sensing/1.1',
      kind: 'service',
    },
  ],
}
