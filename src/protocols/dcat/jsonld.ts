/** jsonld: a graph as JSON-LD 1.1; its context is in the document, so that nothing has to be fetched to read it. */
import { PREFIXES } from './names.ts'
import { bySubject, iriOf, shortened, type Term, type Triple } from './triple.ts'

export function jsonld(triples: readonly Triple[]): string {
  const graph = [...bySubject(triples)].map(([subject, of]) => ({ '@id': subject, ...typesOf(of), ...valuesOf(of) }))
  return JSON.stringify({ '@context': PREFIXES, '@graph': graph }, undefined, 1)
}

const isType = ({ predicate, object }: Triple): boolean => predicate === iriOf('rdf:type') && 'iri' in object

function typesOf(triples: readonly Triple[]) {
  const types = triples.filter(isType).flatMap(({ object }) => ('iri' in object ? [shortened(object.iri) ?? object.iri] : []))
  return types.length === 0 ? {} : { '@type': types }
}

function valuesOf(triples: readonly Triple[]) {
  const groups = Map.groupBy(
    triples.filter((triple) => !isType(triple)),
    ({ predicate }) => shortened(predicate) ?? predicate,
  )
  return Object.fromEntries([...groups].map(([predicate, of]) => [predicate, of.map(({ object }) => value(object))]))
}

function value(of: Term) {
  if ('iri' in of) return { '@id': of.iri }
  if ('datatype' in of) return { '@value': of.text, '@type': shortened(of.datatype) ?? of.datatype }
  return of.language === undefined ? { '@value': of.text } : { '@value': of.text, '@language': of.language }
}
