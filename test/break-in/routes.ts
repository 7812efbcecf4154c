/** routes: for every route of the platform, what it takes to use it and how to try. A route that is not here fails the test. */
import type { Place } from './world.ts'

/** A request at a place; for what belongs to no place, the place is ignored. */
export interface Probe {
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Row {
  /**
   * anyone: answered to all, with what each may see. read, append, change, delete, manage: takes that right at the place.
   * keeper: whoever manages the place; to all others it is not there. manager: whoever manages any dataset.
   * home: appending to the tenant's default dataset. attach: appending there and here at once. administrator: nobody else.
   * person: whoever is signed in, about themselves. secret: whoever knows it.
   * holder: whoever is known, by session or token, about what is their own.
   */
  readonly takes:
    | 'anyone'
    | 'read'
    | 'append'
    | 'change'
    | 'delete'
    | 'manage'
    | 'keeper'
    | 'manager'
    | 'home'
    | 'attach'
    | 'administrator'
    | 'person'
    | 'holder'
    | 'secret'
  readonly probes: readonly ((place: Spot) => Probe)[]
  /** Its answer may be fine all the same, as for a list of which some are refused; what counts is that nothing changes. */
  readonly quiet?: true
}

/** A place with a source that fills it and a run of that, where there is one, a request for its release, a grant on it, and an indicator beside it. */
export type Spot = Place & {
  readonly source: number
  readonly run: number
  readonly request: number
  readonly grant: number
  readonly record: number
}

const at =
  (path: (place: Spot) => string, body?: unknown, headers?: Record<string, string>) =>
  (place: Spot): Probe => ({
    path: path(place),
    ...(body === undefined ? {} : { body: typeof body === 'function' ? (body as (place: Spot) => unknown)(place) : body }),
    ...(headers === undefined ? {} : { headers }),
  })
const always = (path: string, body?: unknown) => at(() => path, body)
const row = (takes: Row['takes'], ...probes: Row['probes']): Row => ({ takes, probes })

const NOBODY = 999_999
export const SOURCE = {
  name: 'Quelle',
  connector: 'csv',
  options: { url: 'http://192.0.2.1/x.csv', mapping: { entity: { id: 'a', type: 'Thing' } } },
}
const FORM = '--x\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\na;b\r\n--x--\r\n'
const PERSON = { name: 'Neu', email: 'neu@stadt.example', password: 'ganz schön lang gewählt' }

const api: Readonly<Record<string, Row | readonly Row[]>> = {
  'GET /api/v1/datasets/:slug/quality': row(
    'read',
    at(({ slug }) => `/api/v1/datasets/${slug}/quality`),
  ),
  'GET /api/v1/session': row('anyone', always('/api/v1/session')),
  'POST /api/v1/session': row('anyone', always('/api/v1/session', { email: 'x@y.example', password: 'falsch geraten hier' })),
  'DELETE /api/v1/session': row('anyone', always('/api/v1/session')),
  'POST /api/v1/first-run': row('anyone', always('/api/v1/first-run', { ...PERSON, token: 'geraten' })),
  'GET /api/v1/settings': row('anyone', always('/api/v1/settings')),
  'PATCH /api/v1/settings': row('administrator', always('/api/v1/settings', { checkResults: true })),
  'GET /api/v1/health': row('administrator', always('/api/v1/health')),
  'GET /api/v1/sustain/kinds': row('anyone', always('/api/v1/sustain/kinds')),
  'GET /api/v1/sustain/records': row('administrator', always('/api/v1/sustain/records'), always('/api/v1/sustain/records?kind=cost')),
  'POST /api/v1/sustain/records': row(
    'administrator',
    always('/api/v1/sustain/records', { kind: 'role', title: 'Strategie', fields: { task: 'strategy' } }),
  ),
  'GET /api/v1/sustain/records/:id': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}`),
  ),
  'PATCH /api/v1/sustain/records/:id': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}`, { title: 'Anders' }),
  ),
  'DELETE /api/v1/sustain/records/:id': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}`),
  ),
  'GET /api/v1/sustain/records/:id/history': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}/history`),
  ),
  'GET /api/v1/sustain/records/:id/values': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}/values`),
  ),
  'POST /api/v1/sustain/records/:id/values': row(
    'administrator',
    at(({ record }) => `/api/v1/sustain/records/${record}/values`, { day: '2026-01-01', value: 1, note: 'x' }),
  ),
  'GET /api/v1/sustain/cockpit': row('administrator', always('/api/v1/sustain/cockpit')),
  'GET /api/v1/datasets/:slug/purpose': row(
    'administrator',
    at(({ slug }) => `/api/v1/datasets/${slug}/purpose`),
  ),
  'GET /api/v1/sustain/shares': row('administrator', always('/api/v1/sustain/shares')),
  'POST /api/v1/sustain/shares': row(
    'administrator',
    always('/api/v1/sustain/shares', { total: 100, key: 'equal', partners: [{ name: 'A' }] }),
  ),
  'GET /api/v1/impact': row('anyone', always('/api/v1/impact')),
  'PATCH /api/v1/tenant': row('administrator', always('/api/v1/tenant', { name: 'Neustadt' })),
  'GET /api/v1/sessions': row('person', always('/api/v1/sessions')),
  'DELETE /api/v1/sessions/:id': row('person', always(`/api/v1/sessions/${NOBODY}`)),
  'GET /api/v1/tokens': row('person', always('/api/v1/tokens')),
  'POST /api/v1/tokens': row('person', always('/api/v1/tokens', { name: 't', verbs: ['read', 'manage'] })),
  'DELETE /api/v1/tokens/:id': row('person', always(`/api/v1/tokens/${NOBODY}`)),
  'GET /api/v1/accounts': row('administrator', always('/api/v1/accounts')),
  'POST /api/v1/accounts': row('administrator', always('/api/v1/accounts', PERSON)),
  'PATCH /api/v1/accounts/:id': row(
    'administrator',
    always('/api/v1/accounts/1', { admin: true }),
    always('/api/v1/accounts/1', { name: 'Neu' }),
  ),
  'DELETE /api/v1/accounts/:id': row('administrator', always('/api/v1/accounts/1')),
  'GET /api/v1/teams': row('administrator', always('/api/v1/teams')),
  'POST /api/v1/teams': row('administrator', always('/api/v1/teams', { name: 'Neu' })),
  'PATCH /api/v1/teams/:id': row('administrator', always('/api/v1/teams/1', { name: 'Neu', members: [1] })),
  'DELETE /api/v1/teams/:id': row('administrator', always('/api/v1/teams/1')),
  'GET /api/v1/roles': row('anyone', always('/api/v1/roles')),
  'GET /api/v1/grants': row('person', always('/api/v1/grants')),
  'POST /api/v1/grants': [
    row('administrator', always('/api/v1/grants', { to: { account: 1 }, dataset: null, role: 'consumer' })),
    row('manage', at(() => '/api/v1/grants', ({ slug }: Spot) => ({ to: { account: 1 }, dataset: slug, verbs: ['read'] }))), // prettier-ignore
  ],
  'DELETE /api/v1/grants/:id': row('keeper', at(({ grant }) => `/api/v1/grants/${grant}`)), // prettier-ignore
  'GET /api/v1/datasets/:slug/rights': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}/rights`),
  ),
  'GET /api/v1/datasets/:slug/why': [
    row('read', at(({ slug }) => `/api/v1/datasets/${slug}/why?verb=read`)), // prettier-ignore
    row('manage', at(({ slug }) => `/api/v1/datasets/${slug}/why?verb=read&who=user:1`)), // prettier-ignore
  ],
  'GET /api/v1/datasets': row(
    'anyone',
    always('/api/v1/datasets?limit=100'),
    always('/api/v1/datasets?q=Titel'),
    always('/api/v1/datasets?state=draft'),
  ),
  'POST /api/v1/datasets': row('administrator', always('/api/v1/datasets', { title: 'Neu' })),
  'GET /api/v1/datasets/:slug': row(
    'read',
    at(({ slug }) => `/api/v1/datasets/${slug}`),
  ),
  'PATCH /api/v1/datasets/:slug': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}`, { access: 'public' }),
  ),
  'DELETE /api/v1/datasets/:slug': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}`),
  ),
  'POST /api/v1/datasets/:slug/release': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}/release`),
  ),
  'POST /api/v1/datasets/:slug/withdraw': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}/withdraw`),
  ),
  'POST /api/v1/datasets/:slug/archive': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}/archive`),
  ),
  'POST /api/v1/datasets/:slug/draft': row(
    'manage',
    at(({ slug }) => `/api/v1/datasets/${slug}/draft`),
  ),
  'GET /api/v1/datasets/:slug/history': row(
    'keeper',
    at(({ slug }) => `/api/v1/datasets/${slug}/history`),
  ),
  'GET /api/v1/releases': row('anyone', always('/api/v1/releases'), always('/api/v1/releases?state=open&mine=1')),
  'GET /api/v1/releases/:id': row(
    'keeper',
    at(({ request }) => `/api/v1/releases/${request}`),
  ),
  'POST /api/v1/releases/:id/decide': row(
    'keeper',
    at(({ request }) => `/api/v1/releases/${request}/decide`, { aspects: ['subject', 'privacy', 'quality', 'legal'], verdict: 'approved' }),
  ),
  'POST /api/v1/releases/:id/recall': row(
    'keeper',
    at(({ request }) => `/api/v1/releases/${request}/recall`),
  ),
  'GET /api/v1/release-settings': row('anyone', always('/api/v1/release-settings')),
  'PATCH /api/v1/release-settings': row('administrator', always('/api/v1/release-settings', { fourEyes: 'never' })),
  'GET /api/v1/datasets/:slug/entities': row(
    'read',
    at(({ slug }) => `/api/v1/datasets/${slug}/entities`),
  ),
  'GET /api/v1/datasets/:slug/series': row(
    'read',
    at(({ slug }) => `/api/v1/datasets/${slug}/series`),
  ),
  'GET /api/v1/entities': row('anyone', always('/api/v1/entities?limit=1000')),
  'GET /api/v1/series/:id': row(
    'read',
    at(({ series }) => `/api/v1/series/${series}`),
  ),
  'GET /api/v1/series/:id/observations': row(
    'read',
    at(({ series }) => `/api/v1/series/${series}/observations`),
  ),
  'GET /api/v1/series/:id/line': row(
    'read',
    at(({ series }) => `/api/v1/series/${series}/line`),
  ),
  'GET /api/v1/series/:id/summary': row(
    'read',
    at(({ series }) => `/api/v1/series/${series}/summary`),
  ),
  'GET /api/v1/demo': row('anyone', always('/api/v1/demo')),
  'POST /api/v1/demo': row('administrator', always('/api/v1/demo')),
}

const intake: Readonly<Record<string, Row>> = {
  'GET /api/v1/connectors': row('anyone', always('/api/v1/connectors')),
  'POST /api/v1/uploads': row(
    'manager',
    at(() => '/api/v1/uploads', FORM, { 'content-type': 'multipart/form-data; boundary=x' }),
  ),
  'POST /api/v1/detect': row('manager', always('/api/v1/detect', { url: 'http://192.0.2.1/x.csv' })),
  'POST /api/v1/preview': row('manager', always('/api/v1/preview', { connector: 'csv', options: { url: 'http://192.0.2.1/x.csv' } })),
  'GET /api/v1/sources': row('anyone', always('/api/v1/sources')),
  'POST /api/v1/sources': row(
    'manage',
    at(
      () => '/api/v1/sources',
      ({ slug }: Spot) => ({ ...SOURCE, dataset: slug }),
    ),
  ),
  'GET /api/v1/sources/:id': row(
    'keeper',
    at(({ source }) => `/api/v1/sources/${source}`),
  ),
  'PATCH /api/v1/sources/:id': row(
    'keeper',
    at(({ source }) => `/api/v1/sources/${source}`, { name: 'übernommen' }),
  ),
  'DELETE /api/v1/sources/:id': row(
    'keeper',
    at(({ source }) => `/api/v1/sources/${source}`),
  ),
  'POST /api/v1/sources/:id/rotate': row(
    'keeper',
    at(({ source }) => `/api/v1/sources/${source}/rotate`),
  ),
  'POST /api/v1/sources/:id/run': row(
    'keeper',
    at(({ source }) => `/api/v1/sources/${source}/run`),
  ),
  'GET /api/v1/outgoing': row('administrator', always('/api/v1/outgoing')),
  'PUT /api/v1/outgoing': row('administrator', always('/api/v1/outgoing', { hosts: [] })),
  'GET /api/v1/runs': row('anyone', always('/api/v1/runs')),
  'GET /api/v1/runs/:id': row(
    'keeper',
    at(({ run }) => `/api/v1/runs/${run}`),
  ),
  'POST /api/v1/runs/:id/cancel': row(
    'keeper',
    at(({ run }) => `/api/v1/runs/${run}/cancel`),
  ),
  'GET /api/v1/runs/:id/rejects': row(
    'keeper',
    at(({ run }) => `/api/v1/runs/${run}/rejects`),
  ),
  'GET /api/v1/runs/:id/records': row(
    'keeper',
    at(({ run }) => `/api/v1/runs/${run}/records`),
  ),
  'POST /api/v1/runs/:id/replay': row(
    'keeper',
    at(({ run }) => `/api/v1/runs/${run}/replay`, {}),
  ),
  'POST /in/:source': row(
    'secret',
    at(({ source }) => `/in/${source}`, {}),
  ),
  'PUT /in/:source': row(
    'secret',
    at(({ source }) => `/in/${source}`, {}),
  ),
  'POST /in/:source/:secret': row(
    'secret',
    at(({ source }) => `/in/${source}/geraten`, {}),
  ),
  'PUT /in/:source/:secret': row(
    'secret',
    at(({ source }) => `/in/${source}/geraten`, {}),
  ),
}

const doors: Readonly<Record<string, Row>> = {
  'GET /health/live': row('anyone', always('/health/live')),
  'GET /health/ready': row('anyone', always('/health/ready')),
  'GET /metrics': row('anyone', always('/metrics')),
  'GET /ogc': row('anyone', always('/ogc')),
  'GET /ogc/conformance': row('anyone', always('/ogc/conformance')),
  'GET /ogc/api': row('anyone', always('/ogc/api')),
  'GET /ogc/collections': row('anyone', always('/ogc/collections'), always('/ogc/collections?f=html')),
  'GET /ogc/collections/:collection': row(
    'read',
    at(({ slug }) => `/ogc/collections/${slug}`),
  ),
  ...Object.fromEntries(
    ['queryables', 'sortables'].map((name) => [
      `GET /ogc/collections/:collection/${name}`,
      row(
        'read',
        at(({ slug }) => `/ogc/collections/${slug}/${name}`),
      ),
    ]),
  ),
  'GET /ogc/collections/:collection/items': row(
    'read',
    at(({ slug }) => `/ogc/collections/${slug}/items`),
  ),
  'GET /ogc/collections/:collection/items/:feature': row(
    'read',
    at(({ slug, thing }) => `/ogc/collections/${slug}/items/${thing}`),
  ),
  ...Object.fromEntries(
    ['csv', 'geojson', 'xlsx', 'parquet'].flatMap((ending) =>
      ['GET', 'HEAD'].map((method) => [
        `${method} /datasets/:slug.${ending}`,
        row(
          'read',
          at(({ slug }) => `/datasets/${slug}.${ending}`),
        ),
      ]),
    ),
  ),
}

const cards: Readonly<Record<string, Row>> = {
  'GET /catalog': row('anyone', always('/catalog')),
  'GET /datasets/:slug': row(
    'read',
    at(({ slug }) => `/datasets/${slug}`),
  ),
  ...Object.fromEntries(
    ['ttl', 'jsonld', 'rdf'].flatMap((ending) => [
      [`GET /catalog.${ending}`, row('anyone', always(`/catalog.${ending}`))],
      [
        `GET /datasets/:slug.${ending}`,
        row(
          'read',
          at(({ slug }) => `/datasets/${slug}.${ending}`),
        ),
      ],
    ]),
  ),
}

const SEARCHES = ['package_search', 'current_package_list_with_resources', 'package_list', 'organization_list', 'tag_list'] as const
const ckan: Readonly<Record<string, Row>> = {
  'GET /api/3': row('anyone', always('/api/3')),
  ...Object.fromEntries(
    ['/api/3/action', '/api/action'].flatMap((base) => [
      [`GET ${base}/:action`, row('anyone', ...SEARCHES.map((name) => always(`${base}/${name}?include_private=true&all_fields=true`)))],
      [`POST ${base}/:action`, row('anyone', ...SEARCHES.map((name) => always(`${base}/${name}`, { include_private: true })))],
    ]),
  ),
}

/** Pages are the same for everyone: what they show they ask of the API. Files of the build have other names each time. */
const web: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    ['/', '/datasets', '/map', '/developers', '/impact', '/sign-in', '/first-run', '/workspace', '/icon.svg'].map((path) => [
      `GET ${path}`,
      row('anyone', always(path)),
    ]),
  ),
  'GET /workspace/*': row('anyone', always('/workspace/sources')),
  'GET /assets/*': row('anyone'),
  'GET /:page': row('anyone'),
}

const quietly = (of: Row): Row => ({ ...of, quiet: true })

const STA = '/sta/v1.1'
/** The same request alone and in a change set. */
const batched = (method: string, url: string, body?: unknown) => ({
  requests: [{ id: 'a', method, url, body }, { id: 'b', atomicityGroup: 'g', method, url, body }], // prettier-ignore
})
const batchesAt = (root: string): readonly Row[] => [
  quietly(row('append', at(() => `${root}/$batch`, ({ series }: Spot) => batched('post', `Datastreams(${series})/Observations`, { result: 1 })))), // prettier-ignore
  quietly(row('delete', at(() => `${root}/$batch`, ({ thing }: Spot) => batched('delete', `Things(${thing})`)))), // prettier-ignore
]
/** `linked` is how a body names a Datastream. */
const arraysAt = (root: string, linked: (series: number) => object): Row =>
  quietly(row('append', at(() => `${root}/CreateObservations`, ({ series }: Spot) => [{ Datastream: linked(series), components: ['result'], dataArray: [[1], [2]] }]))) // prettier-ignore
const POINT = { encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [8.2, 49.3] } }
const MEASURED = {
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: null, symbol: null, definition: null },
}
const everywhere = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
]

const changes = row(
  'change',
  at(({ thing }) => `${STA}/Things(${thing})`, { name: 'übernommen' }),
  at(({ sensor }) => `${STA}/Sensors(${sensor})`, { name: 'übernommen' }),
  at(({ series }) => `${STA}/Datastreams(${series})`, { name: 'übernommen' }),
  at(({ observation }) => `${STA}/Observations(${observation})`, { result: 0 }),
  at(({ observation }) => `${STA}/Observations(${observation})/Datastream/Thing`, { name: 'übernommen' }),
)

const sta: Readonly<Record<string, Row | readonly Row[]>> = {
  [`GET ${STA}`]: row('anyone', always(STA)),
  [`GET ${STA}/*`]: [
    row(
      'anyone',
      ...everywhere.map((set) => always(`${STA}/${set}?$count=true&$top=1000`)),
      always(`${STA}/Things?$expand=Locations,Datastreams($expand=Sensor,ObservedProperty,Observations($expand=FeatureOfInterest))`),
      always(`${STA}/Observations?$expand=Datastream($expand=Thing)`),
      always(`${STA}/Things?$filter=Datastreams/Observations/result gt 0`.replaceAll(' ', '%20')),
    ),
    row(
      'read',
      at(({ thing }) => `${STA}/Things(${thing})`),
      at(({ thing }) => `${STA}/Things(${thing})/Datastreams`),
      at(({ thing }) => `${STA}/Things(${thing})/Datastreams/$ref`),
      at(({ thing }) => `${STA}/Things(${thing})/name`),
      at(({ thing }) => `${STA}/Things(${thing})/name/$value`),
      at(({ sensor }) => `${STA}/Sensors(${sensor})`),
      at(({ sensor }) => `${STA}/Sensors(${sensor})/Datastreams`),
      at(({ property }) => `${STA}/ObservedProperties(${property})`),
      at(({ series }) => `${STA}/Datastreams(${series})`),
      at(({ series }) => `${STA}/Datastreams(${series})/Thing`),
      at(({ series }) => `${STA}/Datastreams(${series})/Observations`),
      at(({ observation }) => `${STA}/Observations(${observation})`),
      at(({ observation }) => `${STA}/Observations(${observation})/Datastream/Thing/Locations`),
      at(({ slug }) => `/datasets/${slug}${STA}/Things`),
      at(({ slug, thing }) => `/datasets/${slug}${STA}/Things(${thing})`),
    ),
  ],
  [`POST ${STA}/*`]: [
    row(
      'append',
      at(
        () => `${STA}/Observations`,
        ({ series }: Spot) => ({ result: 1, Datastream: { '@iot.id': series } }),
      ),
      at(({ series }) => `${STA}/Datastreams(${series})/Observations`, { result: 1 }),

      at(
        ({ thing }) => `${STA}/Things(${thing})/Datastreams`,
        ({ sensor, property }: Spot) => ({
          name: 'x',
          description: 'x',
          ...MEASURED,
          Sensor: { '@iot.id': sensor },
          ObservedProperty: { '@iot.id': property },
        }),
      ),
      at(({ slug }) => `/datasets/${slug}${STA}/Things`, { name: 'x', description: 'x' }),
    ),
    // The new Location itself goes into the tenant's default dataset.
    row(
      'attach',
      at(({ thing }) => `${STA}/Things(${thing})/Locations`, { name: 'x', description: 'x', ...POINT }),
    ),
    row(
      'home',
      always(`${STA}/Things`, { name: 'x', description: 'x' }),
      always(`${STA}/Sensors`, { name: 'x', description: 'x', encodingType: 'text/plain', metadata: 'x' }),
    ),
  ],
  [`POST ${STA}/CreateObservations`]: arraysAt(STA, (series) => ({ '@iot.id': series })),
  [`PATCH ${STA}/*`]: changes,
  [`PUT ${STA}/*`]: { ...changes, quiet: true },
  [`DELETE ${STA}/*`]: row(
    'delete',
    at(({ thing }) => `${STA}/Things(${thing})`),
    at(({ sensor }) => `${STA}/Sensors(${sensor})`),
    at(({ series }) => `${STA}/Datastreams(${series})`),
    at(({ observation }) => `${STA}/Observations(${observation})`),
  ),
  [`POST ${STA}/$batch`]: batchesAt(STA),
  [`GET ${STA}/api`]: row('anyone', always(`${STA}/api`)),
}

const STA2 = '/sta/v2.0'
const changes2 = row(
  'change',
  at(({ thing }) => `${STA2}/Things(${thing})`, { name: 'übernommen' }),
  at(({ series }) => `${STA2}/Datastreams(${series})`, { name: 'übernommen' }),
  at(({ observation }) => `${STA2}/Observations(${observation})`, { result: 0 }),
)
const linked2 = at(
  ({ series }) => `${STA2}/Datastreams(${series})/Thing/$ref`,
  ({ thing }: Spot) => ({ '@id': `Things(${thing})` }),
)

const sta2: Readonly<Record<string, Row | readonly Row[]>> = {
  [`GET ${STA2}`]: row('anyone', always(STA2)),
  [`GET ${STA2}/conformance`]: row('anyone', always(`${STA2}/conformance`)),
  [`GET ${STA2}/$metadata`]: row('anyone', always(`${STA2}/$metadata`)),
  [`GET ${STA2}/api`]: row('anyone', always(`${STA2}/api`)),
  [`GET ${STA2}/*`]: [
    row(
      'anyone',
      always(`${STA2}/Things?$count=true&$top=1000&$expand=Locations,Datastreams($expand=Sensor,ObservedProperties,Observations)`),
      always(`${STA2}/Features?$expand=Observations,DatastreamsProximate`),
    ),
    row(
      'read',
      at(({ thing }) => `${STA2}/Things(${thing})`),
      at(({ thing }) => `${STA2}/Things(${thing})/Datastreams/$ref`),
      at(({ series }) => `${STA2}/Datastreams(${series})/ObservedProperties`),
      at(({ observation }) => `${STA2}/Observations(${observation})/Datastream/Thing/name/$value`),
      at(({ slug, thing }) => `/datasets/${slug}${STA2}/Things(${thing})`),
    ),
  ],
  [`POST ${STA2}/*`]: [
    row(
      'append',
      at(({ series }) => `${STA2}/Datastreams(${series})/Observations`, { result: 1 }),
      at(({ slug }) => `/datasets/${slug}${STA2}/Things`, { name: 'x' }),
    ),
    row('home', always(`${STA2}/Things`, { name: 'x' }), always(`${STA2}/Sensors`, { name: 'x' })),
  ],
  [`PATCH ${STA2}/*`]: changes2,
  [`PUT ${STA2}/*`]: row('change', linked2),
  [`DELETE ${STA2}/*`]: row(
    'delete',
    at(({ thing }) => `${STA2}/Things(${thing})`),
    at(({ series }) => `${STA2}/Datastreams(${series})`),
    at(({ observation }) => `${STA2}/Observations(${observation})`),
  ),
  [`POST ${STA2}/$batch`]: batchesAt(STA2),
  [`POST ${STA2}/CreateObservations`]: arraysAt(STA2, (series) => ({ '@id': `Datastreams(${series})` })),
}

const NGSI = '/ngsi-ld/v1'
const iri = (thing: number): string => `urn:ngsi-ld:Thing:${thing}`
const entityAt = ({ thing }: Spot): string => `${NGSI}/entities/${iri(thing)}`
const LAMP = { id: 'urn:x:lamp', type: 'Lamp' }
const MEASURE = { type: 'Property', value: 43, observedAt: '2026-03-02T00:00:00Z' }
const EVER = 'timerel=after&timeAt=1900-01-01T00:00:00Z'
const temporalAt = ({ thing }: Spot): string => `${NGSI}/temporal/entities/${iri(thing)}`
const instanceAt = (place: Spot): string => `${temporalAt(place)}/attrs/a${place.series}/urn:ngsi-ld:instance:${place.observation}`
const SUBSCRIPTION = { type: 'Subscription', entities: [{ type: 'Thing' }], notification: { endpoint: { uri: 'http://192.0.2.1/x' } } }

const ngsi: Readonly<Record<string, Row | readonly Row[]>> = {
  [`GET ${NGSI}/entities`]: row(
    'anyone',
    always(`${NGSI}/entities?local=true&limit=1000&count=true`),
    always(`${NGSI}/entities?type=Thing,Sensor`),
  ),
  [`POST ${NGSI}/entities`]: [
    row('home', always(`${NGSI}/entities`, { ...LAMP, power: { value: 1, observedAt: '2026-01-01T00:00:00Z' } })),
    row(
      'append',
      at(({ slug }) => `/datasets/${slug}${NGSI}/entities`, LAMP),
    ),
  ],
  [`GET ${NGSI}/entities/:id`]: row(
    'read',
    at(entityAt),
    at((place) => `/datasets/${place.slug}${entityAt(place)}`),
  ),
  [`PATCH ${NGSI}/entities/:id`]: row('change', at(entityAt, { name: 'übernommen' }), at(entityAt, { geerntet: 1 })),
  [`PUT ${NGSI}/entities/:id`]: row('change', at(entityAt, { type: 'Thing', name: 'übernommen' })),
  [`DELETE ${NGSI}/entities/:id`]: row('delete', at(entityAt)),
  [`POST ${NGSI}/entities/:id/attrs`]: row('change', at((place) => `${entityAt(place)}/attrs`, { geerntet: 1 })), // prettier-ignore
  [`PATCH ${NGSI}/entities/:id/attrs`]: row('change', at((place) => `${entityAt(place)}/attrs`, { name: 'übernommen' })), // prettier-ignore
  [`PATCH ${NGSI}/entities/:id/attrs/:attr`]: [
    row('change', at((place) => `${entityAt(place)}/attrs/name`, { value: 'übernommen' })), // prettier-ignore
    row('append', at((place) => `${entityAt(place)}/attrs/a${place.series}`, { value: 43, observedAt: '2026-03-02T00:00:00Z' })), // prettier-ignore
  ],
  [`PUT ${NGSI}/entities/:id/attrs/:attr`]: row('change', at((place) => `${entityAt(place)}/attrs/name`, { value: 'übernommen' })), // prettier-ignore
  [`DELETE ${NGSI}/entities/:id/attrs/:attr`]: row(
    'change',
    at((place) => `${entityAt(place)}/attrs/name`),
    at((place) => `${entityAt(place)}/attrs/a${place.series}`),
  ),
  [`POST ${NGSI}/entityOperations/create`]: quietly(row('home', always(`${NGSI}/entityOperations/create`, [LAMP]))),
  [`POST ${NGSI}/entityOperations/upsert`]: [
    quietly(row('home', always(`${NGSI}/entityOperations/upsert`, [LAMP]))),
    quietly(row('change', at(() => `${NGSI}/entityOperations/upsert`, ({ thing }: Spot) => [{ id: iri(thing), type: 'Thing', name: 'übernommen' }]))), // prettier-ignore
  ],
  ...Object.fromEntries(
    ['update', 'merge'].map((operation) => [
      `POST ${NGSI}/entityOperations/${operation}`,
      quietly(row('change', at(() => `${NGSI}/entityOperations/${operation}`, ({ thing }: Spot) => [{ id: iri(thing), name: 'übernommen' }]))), // prettier-ignore
    ]),
  ),
  [`POST ${NGSI}/entityOperations/delete`]: quietly(row('delete', at(() => `${NGSI}/entityOperations/delete`, ({ thing }: Spot) => [iri(thing)]))), // prettier-ignore
  [`DELETE ${NGSI}/entities`]: quietly(row('delete', at(({ thing }) => `${NGSI}/entities?type=Thing&id=${iri(thing)}`))), // prettier-ignore
  [`POST ${NGSI}/entityOperations/query`]: row('anyone', always(`${NGSI}/entityOperations/query`, { type: 'Query', entities: [{ type: 'Thing' }, { type: 'Sensor' }] })), // prettier-ignore
  [`GET ${NGSI}/temporal/entities`]: row('anyone', always(`${NGSI}/temporal/entities?local=true&limit=1000&${EVER}`)),
  [`POST ${NGSI}/temporal/entityOperations/query`]: row('anyone', always(`${NGSI}/temporal/entityOperations/query`, { type: 'Query', entities: [{ type: 'Thing' }], temporalQ: { timerel: 'after', timeAt: '1900-01-01T00:00:00Z' } })), // prettier-ignore
  [`POST ${NGSI}/temporal/entities`]: row('home', always(`${NGSI}/temporal/entities`, { ...LAMP, power: [MEASURE] })),
  [`GET ${NGSI}/temporal/entities/:id`]: row(
    'read',
    at(temporalAt),
    at((place) => `${temporalAt(place)}?options=aggregatedValues&aggrMethods=max`),
    at((place) => `${temporalAt(place)}?timeproperty=modifiedAt&${EVER}`),
  ),
  [`DELETE ${NGSI}/temporal/entities/:id`]: row('delete', at(temporalAt)),
  [`POST ${NGSI}/temporal/entities/:id/attrs`]: row('append', at((place) => `${temporalAt(place)}/attrs`, ({ series }: Spot) => ({ [`a${series}`]: [MEASURE] }))), // prettier-ignore
  [`DELETE ${NGSI}/temporal/entities/:id/attrs/:attr`]: row('delete', at((place) => `${temporalAt(place)}/attrs/a${place.series}`)), // prettier-ignore
  [`PATCH ${NGSI}/temporal/entities/:id/attrs/:attr/:instance`]: row('change', at(instanceAt, MEASURE)),
  [`DELETE ${NGSI}/temporal/entities/:id/attrs/:attr/:instance`]: row('delete', at(instanceAt)),
  [`GET ${NGSI}/types`]: row('anyone', always(`${NGSI}/types`), always(`${NGSI}/types?details=true`)),
  [`GET ${NGSI}/types/:type`]: row('anyone', always(`${NGSI}/types/Thing`)),
  [`GET ${NGSI}/attributes`]: row('anyone', always(`${NGSI}/attributes`), always(`${NGSI}/attributes?details=true`)),
  [`GET ${NGSI}/attributes/:attr`]: row('read', at(({ series }) => `${NGSI}/attributes/a${series}`)), // prettier-ignore
  [`GET ${NGSI}/info/sourceIdentity`]: row('anyone', always(`${NGSI}/info/sourceIdentity`)),
  [`POST ${NGSI}/jsonldContexts`]: row('manager', always(`${NGSI}/jsonldContexts`, { '@context': { a: 'http://x/a' } })),
  [`GET ${NGSI}/jsonldContexts`]: row('anyone', always(`${NGSI}/jsonldContexts?details=true`)),
  [`GET ${NGSI}/jsonldContexts/:id`]: quietly(row('anyone')),
  [`DELETE ${NGSI}/jsonldContexts/:id`]: quietly(row('manager')),
  [`GET ${NGSI}/subscriptions`]: row('holder', always(`${NGSI}/subscriptions`)),
  [`POST ${NGSI}/subscriptions`]: row('holder', always(`${NGSI}/subscriptions`, SUBSCRIPTION)),
  [`GET ${NGSI}/subscriptions/:id`]: row('holder', always(`${NGSI}/subscriptions/urn:x:nobody`)),
  [`PATCH ${NGSI}/subscriptions/:id`]: row('holder', always(`${NGSI}/subscriptions/urn:x:nobody`, { isActive: false })),
  [`DELETE ${NGSI}/subscriptions/:id`]: row('holder', always(`${NGSI}/subscriptions/urn:x:nobody`)),
  ...Object.fromEntries(['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map((method) => [`${method} ${NGSI}/*`, quietly(row('anyone'))])),
}

export const ROWS: Readonly<Record<string, Row | readonly Row[]>> = {
  ...api,
  ...intake,
  ...doors,
  ...cards,
  ...ckan,
  ...web,
  ...sta,
  ...sta2,
  ...ngsi,
}
