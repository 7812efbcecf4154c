/** metadata: whether the card says what DCAT-AP.de asks of it. Pure. */
import type { Dataset } from '../../../model/dataset.ts'
import type { Finding } from '../../../model/release.ts'
import type { Said } from '../../../problem.ts'

/** For what everybody may see: mandatory in DCAT-AP.de 3.0 (4.4, 4.9), or recommended there and asked for by GovData. */
export function checkMetadata(card: Dataset): readonly Finding[] {
  return RULES.filter(({ lacks }) => lacks(card)).map(({ field, weight, said }) => ({
    key: `metadata:${field}`,
    check: 'metadata',
    weight: card.access === 'public' ? weight : 'warns',
    said,
    where: field,
  }))
}

interface Rule {
  readonly field: string
  readonly weight: 'blocks' | 'warns'
  readonly lacks: (card: Dataset) => boolean
  readonly said: Said
}

const empty = (text: Dataset['title']): boolean => Object.values(text).every((words) => words === undefined || words.trim() === '')

const RULES: readonly Rule[] = [
  {
    field: 'title',
    weight: 'blocks',
    lacks: ({ title }) => empty(title),
    said: { de: 'Der Titel fehlt.', en: 'The title is missing.' },
  },
  {
    field: 'description',
    weight: 'blocks',
    lacks: ({ description }) => empty(description),
    said: { de: 'Die Beschreibung fehlt: zwei Sätze genügen.', en: 'The description is missing: two sentences are enough.' },
  },
  {
    field: 'publisher',
    weight: 'blocks',
    lacks: ({ publisher }) => publisher === undefined || publisher.name.trim() === '',
    said: { de: 'Der Herausgeber fehlt.', en: 'The publisher is missing.' },
  },
  {
    field: 'licence',
    weight: 'blocks',
    lacks: ({ licence }) => licence === undefined,
    said: { de: 'Die Lizenz fehlt.', en: 'The licence is missing.' },
  },
  {
    field: 'contact',
    weight: 'warns',
    lacks: ({ contact }) => contact?.email === undefined && contact?.url === undefined,
    said: { de: 'Es fehlt eine Ansprechstelle mit E-Mail oder Adresse.', en: 'There is no contact with an e-mail or an address.' },
  },
  {
    field: 'themes',
    weight: 'warns',
    lacks: ({ themes }) => themes.length === 0,
    said: { de: 'Es ist kein Thema gewählt.', en: 'No theme is chosen.' },
  },
  {
    field: 'keywords',
    weight: 'warns',
    lacks: ({ keywords }) => keywords.length === 0,
    said: { de: 'Es fehlen Stichwörter.', en: 'There are no keywords.' },
  },
]
