/** turtle: a graph as RDF 1.1 Turtle. */
import { PREFIXES } from './names.ts'
import { bySubject, iriOf, shortened, type Term, type Triple } from './triple.ts'

export function turtle(triples: readonly Triple[]): string {
  const prefixes = Object.entries(PREFIXES).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`)
  const blocks = [...bySubject(triples)].map(([subject, of]) => `\n${resource(subject)} ${lines(of)} .\n`)
  return prefixes.join('') + blocks.join('')
}

function lines(triples: readonly Triple[]): string {
  const groups = [...Map.groupBy(triples, ({ predicate }) => predicate)]
  return groups.map(([predicate, of]) => `${verb(predicate)} ${of.map(({ object }) => term(object)).join(', ')}`).join(' ;\n    ')
}

const verb = (predicate: string): string => (predicate === iriOf('rdf:type') ? 'a' : resource(predicate))

const resource = (iri: string): string => shortened(iri) ?? `<${iri}>`

function term(of: Term): string {
  if ('iri' in of) return resource(of.iri)
  const text = `"${of.text.replace(/["\\\n\r\t]/g, (char) => ESCAPES[char] ?? char)}"`
  if ('datatype' in of) return `${text}^^${resource(of.datatype)}`
  return of.language === undefined ? text : `${text}@${of.language}`
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
