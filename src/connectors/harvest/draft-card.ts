/** draft-card: a card while it is put together from what a source says, with a remark for whatever was repaired, kept as it was, or missing. */
import type { Agent } from '../../model/dataset.ts'
import type { Json } from '../../model/json.ts'
import type { CardWording, Remark } from '../../model/record.ts'
import type { Text } from '../../model/text.ts'
import { licenceIn, languageIn, moment, themeIn } from './repairs.ts'
import type { Rules } from './rules.ts'

type Said = readonly [de: string, en: string]

export class DraftCard {
  readonly remarks: Remark[] = []
  readonly properties: Record<string, Json> = {}
  title: Text = {}
  description: Text = {}
  keywords: readonly string[] = []
  themes: readonly string[] = []
  publisher: Agent | undefined
  contact: Agent | undefined
  modified: string | undefined
  private readonly rules: Rules

  constructor(rules: Rules) {
    this.rules = rules
  }

  /** Each once, however many distributions it is true of. */
  remark(field: string, what: Remark['what'], [de, en]: Said, value?: string): void {
    const shown = value?.slice(0, 200)
    if (this.remarks.some((one) => one.field === field && one.what === what && one.value === shown)) return
    this.remarks.push({ field, what, said: { de, en }, ...(shown !== undefined && { value: shown }) })
  }

  /** Says nothing of an empty value. */
  set(key: string, value: Json | undefined): void {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return
    this.properties[key] = value
  }

  /** A moment as RFC 3339 where it can be read; else as it came, with a remark. */
  moment(field: string, text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const given = this.rules.apply('date', text)
    const found = moment(given)
    if (found === undefined) {
      this.remark(field, 'kept', ['Das Datum ist nicht lesbar.', 'The date cannot be read.'], text)
      return undefined
    }
    if (found.repaired || given !== text)
      this.remark(field, 'repaired', [`Das Datum wurde als ${found.at} gelesen.`, `The date was read as ${found.at}.`], text)
    return found.at
  }

  /** The IRI of a listed licence; of one that is not listed its own address, and of a mere text nothing. */
  licence(field: string, text: string | undefined): string | undefined {
    if (text === undefined) {
      this.remark(field, 'missing', ['Es ist keine Lizenz angegeben.', 'No licence is given.'])
      return undefined
    }
    const given = this.rules.apply('licence', text)
    const found = licenceIn(given)
    if (found === undefined) {
      this.remark(field, 'kept', ['Die Lizenz steht nicht in der Liste von DCAT-AP.de.', 'DCAT-AP.de does not list the licence.'], text)
      return URL.canParse(given) ? given : undefined
    }
    if (found.iri !== text) this.remark(field, 'repaired', [`Gemeint ist ${found.title}.`, `Meant is ${found.title}.`], text)
    return found.iri
  }

  format(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.rules.apply('format', text)
  }

  languages(texts: readonly string[]): void {
    const codes = texts.flatMap((text) => {
      const found = languageIn(this.rules.apply('language', text))
      if (found === undefined) this.remark('language', 'kept', ['Die Sprache ist nicht bekannt.', 'The language is not known.'], text)
      return found ?? []
    })
    this.set('language', [...new Set(codes)])
  }

  setThemes(texts: readonly string[]): void {
    const codes = texts.flatMap((text) => {
      const found = themeIn(this.rules.apply('theme', text))
      if (found !== undefined) return found
      this.remark('themes', 'kept', ['Das Thema gehört nicht zu denen der EU.', 'The theme is none of those of the EU.'], text)
      return /^https?:/.test(text) ? text : []
    })
    this.themes = [...new Set(codes)]
    if (codes.length === 0) this.remark('themes', 'missing', ['Es ist kein Thema angegeben.', 'No theme is given.'])
  }

  /** `name`: what stands in place of a title that is missing. */
  wording(name: string, licence: string | undefined): CardWording {
    const titled = Object.values(this.title).some((words) => words !== '')
    if (!titled) this.remark('title', 'missing', ['Es ist kein Titel angegeben.', 'No title is given.'])
    if (Object.keys(this.description).length === 0)
      this.remark('description', 'missing', ['Es ist keine Beschreibung angegeben.', 'No description is given.'])
    if (this.publisher === undefined) this.remark('publisher', 'missing', ['Es ist kein Herausgeber angegeben.', 'No publisher is given.'])
    return {
      title: titled ? this.title : { de: name },
      description: this.description,
      keywords: [...new Set(this.keywords)],
      themes: this.themes,
      properties: this.properties,
      ...(licence !== undefined && { licence }),
      ...(this.publisher && { publisher: this.publisher }),
      ...(this.contact && { contact: this.contact }),
    }
  }
}
