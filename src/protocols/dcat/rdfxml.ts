/** rdfxml: a graph as RDF 1.1 XML. Every predicate we use has a prefix, which XML needs. */
import { PREFIXES } from './names.ts'
import { bySubject, iriOf, shortened, type Term, type Triple } from './triple.ts'

export function rdfxml(triples: readonly Triple[]): string {
  const namespaces = Object.entries(PREFIXES).map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
  const nodes = [...bySubject(triples)].map(([subject, of]) => element(subject, of))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${namespaces.join('')}>\n${nodes.join('')}</rdf:RDF>\n`
}

/** The first type is the name of the element, as readers of plain XML expect. */
function element(subject: string, triples: readonly Triple[]): string {
  const type = triples.find(
    ({ predicate, object }) => predicate === iriOf('rdf:type') && 'iri' in object && shortened(object.iri) !== undefined,
  )
  const tag = (type !== undefined && 'iri' in type.object && shortened(type.object.iri)) || 'rdf:Description'
  const properties = triples
    .filter((triple) => triple !== type)
    .map(({ predicate, object }) => property(shortened(predicate) ?? '', object))
  return `<${tag} rdf:about="${escaped(subject)}">\n${properties.join('')}</${tag}>\n`
}

function property(tag: string, of: Term): string {
  if ('iri' in of) return `  <${tag} rdf:resource="${escaped(of.iri)}"/>\n`
  if ('datatype' in of) return `  <${tag} rdf:datatype="${escaped(of.datatype)}">${escaped(of.text)}</${tag}>\n`
  return `  <${tag}${of.language === undefined ? '' : ` xml:lang="${of.language}"`}>${escaped(of.text)}</${tag}>\n`
}

/** A carriage return would be read back as a line feed. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;')
}
