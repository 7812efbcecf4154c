/** catalog: all released public datasets as one dcat:Catalog, a page at a time, with Hydra's links in both spellings that harvesters know. */
import type { Card } from '../../service/service.ts'
import { agent, datasetGraph, datasetIri } from './graph.ts'
import { EU } from './names.ts'
import { iri, named, node, plain, spoken, typed, type Triple } from './triple.ts'

export interface CatalogPage {
  readonly cards: readonly Card[]
  /** From 1. */
  readonly page: number
  readonly size: number
  readonly total: number
}

/** `address` answers the address of a page. */
export function catalogGraph(of: CatalogPage, root: string, address: (page: number) => string): readonly Triple[] {
  const own = `${root}/catalog`
  const host = URL.parse(root)?.host ?? root
  const publisher = of.cards.find((card) => card.publisher !== undefined)?.publisher ?? { name: host, url: root }
  const modified = of.cards.map((card) => card.modified).toSorted().at(-1) // prettier-ignore
  return [
    ...node(own, {
      'rdf:type': named('dcat:Catalog'),
      'dct:title': spoken({ de: `Datenkatalog ${host}`, en: `Data catalogue ${host}` }),
      'dct:description': spoken({ de: `Die veröffentlichten Datensätze von ${host}`, en: `The released datasets of ${host}` }),
      'dct:publisher': iri(`${own}#publisher`),
      'dct:language': [iri(`${EU}/language/DEU`), iri(`${EU}/language/ENG`)],
      'dcat:themeTaxonomy': iri(`${EU}/data-theme`),
      'foaf:homepage': iri(root),
      'dct:modified': modified === undefined ? undefined : typed(modified, 'xsd:dateTime'),
      'dcat:dataset': of.cards.map((card) => iri(datasetIri(root, card.slug))),
    }),
    ...agent(`${own}#publisher`, publisher),
    ...view(of, address),
    ...of.cards.flatMap((card) => datasetGraph(card, root)),
  ]
}

function view({ page, size, total }: CatalogPage, address: (page: number) => string): readonly Triple[] {
  const last = Math.max(1, Math.ceil(total / size))
  const to = (wanted: number) => (wanted < 1 || wanted > last ? undefined : iri(address(wanted)))
  return node(address(page), {
    'rdf:type': [named('hydra:PartialCollectionView'), named('hydra:PagedCollection')],
    'hydra:totalItems': typed(String(total), 'xsd:integer'),
    'hydra:itemsPerPage': typed(String(size), 'xsd:integer'),
    'hydra:first': to(1),
    'hydra:firstPage': plain(address(1)),
    'hydra:last': to(last),
    'hydra:lastPage': plain(address(last)),
    'hydra:next': to(page + 1),
    'hydra:nextPage': page < last ? plain(address(page + 1)) : undefined,
    'hydra:previous': to(page - 1),
    'hydra:previousPage': page > 1 ? plain(address(page - 1)) : undefined,
  })
}
