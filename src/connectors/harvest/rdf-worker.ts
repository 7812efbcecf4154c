/** rdf-worker: reads one RDF document apart from the process's own thread, and answers its statements as plain rows. */
import { parentPort } from 'node:worker_threads'
import { parse, type Term } from 'oxigraph'

export interface Document {
  readonly text: string
  readonly format: 'application/rdf+xml' | 'text/turtle' | 'application/ld+json'
  readonly base: string
}

/** Subject, predicate, object; what kind the object is, and its language. */
export type Row = readonly [subject: string, predicate: string, object: string, kind: 'node' | 'text', language: string]

export type Answer = { readonly rows: readonly Row[] } | { readonly fault: string }

parentPort?.on('message', ({ text, format, base }: Document) => {
  parentPort?.postMessage(answered(text, format, base))
})

function answered(text: string, format: Document['format'], base: string): Answer {
  try {
    return {
      rows: parse(text, { format, base_iri: base, lenient: true }).map(({ subject, predicate, object }) =>
        rowOf(subject, predicate, object),
      ),
    }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

function rowOf(subject: Term, predicate: Term, object: Term): Row {
  const language = object.termType === 'Literal' ? object.language : ''
  return [nameOf(subject), nameOf(predicate), nameOf(object), object.termType === 'Literal' ? 'text' : 'node', language]
}

const nameOf = (term: Term): string => (term.termType === 'BlankNode' ? `_:${term.value}` : 'value' in term ? String(term.value) : '')
