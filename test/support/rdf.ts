/** rdf: graphs read back as sets of statements, each format by a reader that knows nothing of our writers. */
import { Parser, type Quad } from 'n3'
import { SaxesParser } from 'saxes'

/** One statement a line, as N-Triples would say it. */
export type Statements = ReadonlySet<string>

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XML = 'http://www.w3.org/XML/1998/namespace'
const STRING = 'http://www.w3.org/2001/XMLSchema#string'

const literal = (text: string, language: string, datatype: string): string =>
  `${JSON.stringify(text)}${language === '' ? `^^${datatype === '' ? STRING : datatype}` : `@${language}`}`

export function fromTurtle(text: string): Statements {
  return new Set(
    new Parser().parse(text).map(({ subject, predicate, object }: Quad) => {
      const value = object.termType === 'Literal' ? literal(object.value, object.language, object.datatype.value) : object.value
      return `${subject.value} ${predicate.value} ${value}`
    }),
  )
}

type Value = { readonly '@id'?: string; readonly '@value'?: string; readonly '@type'?: string; readonly '@language'?: string }
type Node = { readonly '@id': string; readonly '@type'?: readonly string[] } & Readonly<Record<string, unknown>>

/** JSON-LD in the flat form: a context of prefixes, and nodes whose values are lists of objects. */
export function fromJsonLd(text: string): Statements {
  const { '@context': context, '@graph': graph } = JSON.parse(text) as { '@context': Record<string, string>; '@graph': readonly Node[] }
  const full = (name: string) => name.replace(/^([a-z]+):(?!\/\/)/, (whole, prefix: string) => context[prefix] ?? whole)
  const statements = graph.flatMap(({ '@id': subject, '@type': types = [], ...rest }) => [
    ...types.map((type) => `${subject} ${RDF}type ${full(type)}`),
    ...Object.entries(rest).flatMap(([predicate, values]) =>
      (values as readonly Value[]).map((one) => {
        const value =
          one['@id'] === undefined ? literal(one['@value'] ?? '', one['@language'] ?? '', full(one['@type'] ?? '')) : full(one['@id'])
        return `${subject} ${full(predicate)} ${value}`
      }),
    ),
  ])
  return new Set(statements)
}

/** RDF/XML of nodes that are elements, and properties that are resources or texts. */
export function fromRdfXml(text: string): Statements {
  const statements = new Set<string>()
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  let subject = ''
  let property: { predicate: string; resource: string | undefined; language: string; datatype: string; text: string } | undefined
  parser.on('opentag', ({ uri, local, attributes }) => {
    const attribute = (space: string, name: string) =>
      Object.values(attributes).find((one) => one.uri === space && one.local === name)?.value
    depth++
    if (depth === 2) {
      subject = attribute(RDF, 'about') ?? ''
      if (`${uri}${local}` !== `${RDF}Description`) statements.add(`${subject} ${RDF}type ${uri}${local}`)
    }
    if (depth === 3)
      property = {
        predicate: `${uri}${local}`,
        resource: attribute(RDF, 'resource'),
        language: attribute(XML, 'lang') ?? '',
        datatype: attribute(RDF, 'datatype') ?? '',
        text: '',
      }
  })
  parser.on('text', (piece) => {
    if (property !== undefined) property.text += piece
  })
  parser.on('closetag', () => {
    if (depth === 3 && property !== undefined) {
      const { predicate, resource, language, datatype, text: content } = property
      statements.add(`${subject} ${predicate} ${resource ?? literal(content, language, datatype)}`)
      property = undefined
    }
    depth--
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  return statements
}
