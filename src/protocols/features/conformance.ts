/** conformance: the classes that are kept, tested by test/conformance/features. */
const CORE = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf'

export const CLASSES: readonly string[] = [
  `${CORE}/core`,
  `${CORE}/oas30`,
  `${CORE}/html`,
  `${CORE}/geojson`,
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
]
