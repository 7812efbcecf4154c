/** file-types: the EU file types (publications.europa.eu/resource/authority/file-type) that catalogues name, and what else people call them. */

const CODES = new Set(
  `ARC ATOM AVIF BIN BMP CSS CSV DBF DOC DOCX DWG DXF E00 ECW EPS EPUB FLAC GDB GEOJSON GEOTIFF GIF GML GMZ GPKG GPX GRID GRID_ASCII GTFS GZIP HDF
  HTML ICS IFC ISO JPEG JPEG2000 JS JSON JSON_LD KML KMZ LAS LAZ MAP_PRVW MAP_SRVC MBTILES MDB MP3 MPEG2 MPEG4 N3 NETCDF OCTET ODB ODG ODP ODS ODT OWL
  PARQUET PDF PDFA1A PDFA1B PDFA2A PDFA2B PDFA3 PNG PPS PPSX PPT PPTX PS QGS RAR RDF RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML REST
  RSS RTF SCHEMA_XML SDMX SHP SKOS_XML SPARQLQ SPARQLQRES SQL SVG TAB TAR TAR_GZ TIFF TMX TSV TXT WCS_SRVC WFS_SRVC WMS_SRVC WMTS_SRVC WORLD XHTML
  XLS XLSX XML XSLT XYZ ZIP`.split(/\s+/),
)

/** Spelled without case, spaces, dots and strokes. */
const ALSO: Readonly<Record<string, string>> = {
  wms: 'WMS_SRVC', ogcwms: 'WMS_SRVC', webmapservice: 'WMS_SRVC', wfs: 'WFS_SRVC', ogcwfs: 'WFS_SRVC', webfeatureservice: 'WFS_SRVC', wcs: 'WCS_SRVC', wmts: 'WMTS_SRVC',
  wmssrvc: 'WMS_SRVC', wfssrvc: 'WFS_SRVC', esrirest: 'REST', api: 'REST', webservice: 'REST', ogcapifeatures: 'REST',
  shape: 'SHP', shapefile: 'SHP', esrishapefile: 'SHP', zipshape: 'SHP', shpzip: 'SHP', geopackage: 'GPKG', geotif: 'GEOTIFF', tif: 'TIFF', jpg: 'JPEG',
  excel: 'XLSX', msexcel: 'XLS', openxml: 'XLSX', word: 'DOCX', jsonld: 'JSON_LD', geojsonld: 'GEOJSON', turtle: 'RDF_TURTLE', ttl: 'RDF_TURTLE', rdfxml: 'RDF_XML',
  ntriples: 'RDF_N_TRIPLES', text: 'TXT', plain: 'TXT', textplain: 'TXT', gz: 'GZIP', csvzip: 'CSV', htm: 'HTML', webseite: 'HTML', website: 'HTML', link: 'HTML',
  xsd: 'SCHEMA_XML', gtfszip: 'GTFS', sparql: 'SPARQLQ', ascii: 'TXT', asciigrid: 'GRID_ASCII', mp4: 'MPEG4', ical: 'ICS', calendar: 'ICS',
  textcsv: 'CSV', texthtml: 'HTML', textturtle: 'RDF_TURTLE', applicationjson: 'JSON', applicationgeojson: 'GEOJSON', applicationvndgeojson: 'GEOJSON',
  applicationldjson: 'JSON_LD', applicationrdfxml: 'RDF_XML', applicationgmlxml: 'GML', applicationpdf: 'PDF', applicationxml: 'XML', textxml: 'XML',
  applicationzip: 'ZIP', applicationvndmsexcel: 'XLS', applicationvndopenxmlformatsofficedocumentspreadsheetmlsheet: 'XLSX',
} // prettier-ignore

const MEDIA: Readonly<Record<string, string>> = {
  CSV: 'text/csv', HTML: 'text/html', JSON: 'application/json', GEOJSON: 'application/geo+json', JSON_LD: 'application/ld+json', PDF: 'application/pdf',
  XML: 'application/xml', GML: 'application/gml+xml', RDF_XML: 'application/rdf+xml', RDF_TURTLE: 'text/turtle', ZIP: 'application/zip', TXT: 'text/plain',
  XLS: 'application/vnd.ms-excel', XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', TSV: 'text/tab-separated-values',
  ODS: 'application/vnd.oasis.opendocument.spreadsheet', KML: 'application/vnd.google-earth.kml+xml', GPKG: 'application/geopackage+sqlite3',
  PNG: 'image/png', JPEG: 'image/jpeg', TIFF: 'image/tiff', SVG: 'image/svg+xml', ICS: 'text/calendar',
} // prettier-ignore

/** By its IRI, its code, a media type or what people write; undefined for what is none. */
export function fileTypeOf(text: string): string | undefined {
  const last = text.includes('/media-types/')
    ? text.slice(text.indexOf('/media-types/') + 13)
    : /^https?:/.test(text)
      ? (text.split(/[/#]/).at(-1) ?? '')
      : text
  const code = last.trim().toUpperCase().replace(/^\./, '')
  if (CODES.has(code)) return code
  return ALSO[last.toLowerCase().replaceAll(/[^a-z0-9]/g, '')]
}

export function mediaTypeOf(code: string): string | undefined {
  return MEDIA[code]
}

/** What is asked rather than fetched. */
export const isService = (code: string): boolean => code.endsWith('_SRVC') || code === 'REST' || code === 'SPARQLQ'
