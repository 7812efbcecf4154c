/** graph: statements by subject and predicate, with predicates in their usual short form, whichever spelling of a namespace was used. */
import type { Row } from './rdf-worker.ts'

export interface Value {
  readonly kind: 'node' | 'text'
  readonly text: string
  readonly language: string
}

const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/www\.w3\.org\/ns\/dcat#/, 'dcat:'],
  [/^http:\/\/purl\.org\/dc\/(terms|elements\/1\.1)\//, 'dct:'],
  [/^https?:\/\/(www\.)?dcat-ap\.de\/def\/dcatde\/(\d[._]\d(\.\d)?\/)?/, 'dcatde:'],
  [/^http:\/\/data\.europa\.eu\/r5r[/#]/, 'dcatap:'],
  [/^http:\/\/data\.europa\.eu\/930\//, 'geodcatap:'],
  [/^http:\/\/xmlns\.com\/foaf\/0\.1\//, 'foaf:'],
  [/^http:\/\/www\.w3\.org\/2006\/vcard\/ns#/, 'vcard:'],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#/, 'rdf:'],
  [/^http:\/\/www\.w3\.org\/ns\/adms#/, 'adms:'],
  [/^http:\/\/www\.w3\.org\/ns\/locn#/, 'locn:'],
  [/^https?:\/\/schema\.org\//, 'schema:'],
  [/^http:\/\/www\.w3\.org\/ns\/hydra\/core#/, 'hydra:'],
  [/^http:\/\/www\.w3\.org\/2002\/07\/owl#/, 'owl:'],
  [/^http:\/\/www\.w3\.org\/2004\/02\/skos\/core#/, 'skos:'],
  [/^http:\/\/www\.w3\.org\/2000\/01\/rdf-schema#/, 'rdfs:'],
  [/^http:\/\/www\.w3\.org\/ns\/prov#/, 'prov:'],
  [/^http:\/\/spdx\.org\/rdf\/terms#/, 'spdx:'],
]

export class Graph {
  private readonly said = new Map<string, Map<string, Value[]>>()
  private readonly short = new Map<string, string>()

  constructor(rows: readonly Row[]) {
    for (const [subject, predicate, text, kind, language] of rows) {
      const about = this.said.get(subject) ?? new Map<string, Value[]>()
      this.said.set(subject, about)
      const name = this.name(predicate)
      about.set(name, [...(about.get(name) ?? []), { kind, text, language }])
    }
  }

  /** Nodes of one of these types. */
  ofType(...types: readonly string[]): readonly string[] {
    return [...this.said.keys()].filter((node) => this.all(node, 'rdf:type').some(({ text }) => types.includes(this.name(text))))
  }

  has(node: string): boolean {
    return this.said.has(node)
  }

  predicates(node: string): readonly string[] {
    return [...(this.said.get(node)?.keys() ?? [])]
  }

  /** What is said by the first of these predicates that says anything. */
  all(node: string, ...names: readonly string[]): readonly Value[] {
    const about = this.said.get(node)
    for (const name of names) {
      const values = about?.get(name)
      if (values !== undefined) return values
    }
    return []
  }

  texts(node: string, ...names: readonly string[]): readonly string[] {
    return this.all(node, ...names)
      .map(({ text }) => text.trim())
      .filter((text) => text !== '')
  }

  text(node: string, ...names: readonly string[]): string | undefined {
    return this.texts(node, ...names)[0]
  }

  private name(iri: string): string {
    const known = this.short.get(iri)
    if (known !== undefined) return known
    const [pattern, prefix] = NAMESPACES.find(([namespace]) => namespace.test(iri)) ?? [undefined, '']
    const name = pattern === undefined ? iri : iri.replace(pattern, prefix)
    this.short.set(iri, name)
    return name
  }
}
