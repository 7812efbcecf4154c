/** conformance: the classes that are kept, tested by test/conformance/features. */
const FILTERING = 'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf'
const CORE = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf'

export const CLASSES: readonly string[] = [
  `${CORE}/core`,
  `${CORE}/oas30`,
  `${CORE}/html`,
  `${CORE}/geojson`,
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  ...['queryables', 'queryables-query-parameters', 'filter', 'features-filter'].map((name) => `${FILTERING}/${name}`),
  ...[
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    'spatial-functions',
  ].map((name) => `http://www.opengis.net/spec/cql2/1.0/conf/${name}`),
]
