/** core-terms: the terms of the NGSI-LD core context 1.9 (GS CIM 009, Annex B) and of its predecessors, by the rule that makes their IRIs. */

export const NGSI_LD = 'https://uri.etsi.org/ngsi-ld/'
export const DEFAULT_VOCABULARY = `${NGSI_LD}default-context/`
const GEOJSON = 'https://purl.org/geojson/vocab#'
const DUBLIN_CORE = 'http://purl.org/dc/terms/'

/** What every address of the core context, of whatever version, stands for. */
export const CORE_ADDRESS = 'https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld'
export const isCoreAddress = (address: string): boolean =>
  /^https?:\/\/uri\.etsi\.org\/ngsi-ld\/v1\/ngsi-ld-core-context(-v1\.\d+)?\.jsonld$/.test(address)

/** Each is its own name in the namespace of the standard. */
const OWN = `
  Attribute AttributeList ContextSourceIdentity ContextSourceNotification ContextSourceRegistration Date DateTime EntityMap
  EntityType EntityTypeInfo EntityTypeList ExecutionResultDetails GeoProperty JsonProperty LanguageProperty ListProperty
  ListRelationship Notification Property Relationship Snapshot SnapshotNotification Subscription TemporalProperty Time
  VocabProperty accept aggrMethods aggrParams aggrPeriodDuration attributeCount attributeDetails attributeList attributeName
  attributeNames attributeTypes attributes attrs avg cacheDuration collation contextSourceAlias contextSourceExtras
  contextSourceInfo contextSourceTimeAt contextSourceUptime cooldown createdAt csf data datasetId deletedAt detail distinctCount
  endAt endTimeAt endpoint entities entity entityCount entityId entityList error errors expandValues expiresAt format geoQ
  geoproperty georel idPattern information instanceId isActive join jsonKeys jsonldContext jsons lang lastFailure lastN
  lastNotification lastSuccess lastUsedAt linkedMaps localOnly location management managementInterval max min mode modifiedAt
  ngsildConformance ngsildproof notUpdated notification notificationTrigger notifiedAt notifierInfo observationInterval
  observationSpace observedAt omit operationSpace operations orderBy ordering pick problemDetails propertyNames q reason
  receiverInfo refreshRate registrationId registrationName relationshipNames resultStatus scope scopeQ showChanges snapshotId
  snapshotLifetime snapshotPriority snapshotQueries snapshotQueriesDetails snapshotStatus snapshotTemporalQueries
  snapshotTemporalQueriesDetails startAt status stddev subscriptionId subscriptionName success sum sumsq sysAttrs temporalQ tenant
  throttling timeAt timeInterval timeout timeproperty timerel timesFailed timesSent totalCount triggerReason typeList typeName
  typeNames unchanged unitCode updated uri watchedAttributes
`

/** "value" is hasValue. */
const HAS =
  'dataset entityMap entityMapLifetime joinLevel key languageMap languageMaps object objectList objectLists objectType objects previousJson previousLanguageMap previousObject previousObjectList previousValue previousValueList previousVocab splitEntities value valueList valueLists valueType values vocab vocabs'
const RENAMED: Readonly<Record<string, string>> = { containedBy: 'isContainedBy', json: 'hasJSON' }
const SHAPES =
  'Feature FeatureCollection GeometryCollection LineString MultiLineString MultiPoint MultiPolygon Point Polygon bbox coordinates features geometry properties'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const capital = (term: string): string => term.charAt(0).toUpperCase() + term.slice(1)

/** Terms that stand for themselves everywhere, whatever a user context says. */
export const CORE_TERMS: ReadonlyMap<string, string> = new Map([
  ['ngsi-ld', NGSI_LD],
  ['geojson', GEOJSON],
  ['description', `${DUBLIN_CORE}description`],
  ['title', `${DUBLIN_CORE}title`],
  ['langString', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'],
  ...words(OWN).map((term): [string, string] => [term, `${NGSI_LD}${term}`]),
  ...words(HAS).map((term): [string, string] => [term, `${NGSI_LD}has${capital(term)}`]),
  ...Object.entries(RENAMED).map(([term, name]): [string, string] => [term, `${NGSI_LD}${name}`]),
  ...words(SHAPES).map((term): [string, string] => [term, `${GEOJSON}${term}`]),
])
