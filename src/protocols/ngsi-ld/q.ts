/**
 * q: the query language over attributes (4.9), parsed into a Filter.
 *
 *   Query      = Term *( "|" Term )
 *   Term       = Factor *( ";" Factor )                             ";" binds tighter than "|"
 *   Factor     = "(" Query ")" / Attribute [ Operator Value ]       an attribute alone: it is there
 *   Attribute  = name *( "." name ) [ "[" key *( "." key ) "]" ]    "." goes to sub-attributes, brackets into a value
 *   Operator   = "==" / "!=" / ">=" / "<=" / ">" / "<" / "~=" / "!~="
 *   Value      = one [ ".." one ] / one *( "," one )                ranges and lists with == and != only
 *   one        = number / DQUOTE text DQUOTE / "true" / "false" / date / dateTime / time / URI
 *
 * An attribute is kept in two places (attribute.ts): static ones in the entity's document, observed ones as series, of which any instance
 * may match. A list matches when a member does. `!=` asks that the attribute is there. What lies behind a relationship (`a{b}`) is not
 * answered yet.
 */
import { Problem, type Said } from '../../problem.ts'
import { and, not, or, type Filter } from '../../query/filter.ts'
import { patternOf } from '../../query/pattern.ts'
import { present, valued, type Target, type Test } from './attribute-filter.ts'
import { isUri } from './names.ts'

/** `nameOf` turns a term into the name under which it is kept. Throws `invalid-query` with the column. */
export function parseQ(text: string, nameOf: (term: string) => string, expanded: ReadonlySet<string> = new Set()): Filter {
  if (text.length > LONGEST) throw fault(0, { en: `it is longer than ${LONGEST} characters`, de: `es sind mehr als ${LONGEST} Zeichen` })
  return new Reader(text, nameOf, expanded).all()
}

const LONGEST = 20_000
const DEEPEST = 50
const OPERATORS = ['!~=', '==', '!=', '>=', '<=', '~=', '>', '<'] as const
type Operator = (typeof OPERATORS)[number]
type One = number | string | boolean

function fault(
  at: number,
  said: Extract<Said, { readonly de: string }>,
  kind: 'invalid-query' | 'not-implemented' = 'invalid-query',
): Problem {
  return new Problem(kind, { en: `q, column ${at + 1}: ${said.en}.`, de: `q, Spalte ${at + 1}: ${said.de}.` }, { parameter: 'q', column: at + 1 }) // prettier-ignore
}

class Reader {
  private at = 0
  private readonly text: string
  private readonly nameOf: (term: string) => string
  private readonly expanded: ReadonlySet<string>

  constructor(text: string, nameOf: (term: string) => string, expanded: ReadonlySet<string>) {
    this.text = text
    this.nameOf = nameOf
    this.expanded = expanded
  }

  all(): Filter {
    const filter = this.query(0)
    if (this.at < this.text.length) throw fault(this.at, { en: `“${this.text[this.at]}” is not expected here`, de: `„${this.text[this.at]}“ wird hier nicht erwartet` }) // prettier-ignore
    return filter
  }

  private take(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false
    this.at += sign.length
    return true
  }

  private query(depth: number): Filter {
    if (depth > DEEPEST) throw fault(this.at, { en: 'it is nested too deep', de: 'es ist zu tief geschachtelt' })
    const terms = [this.term(depth)]
    while (this.take('|')) terms.push(this.term(depth))
    return or(...terms)
  }

  private term(depth: number): Filter {
    const factors = [this.factor(depth)]
    while (this.take(';')) factors.push(this.factor(depth))
    return and(...factors)
  }

  private factor(depth: number): Filter {
    if (!this.take('(')) return this.assertion()
    const inner = this.query(depth + 1)
    if (!this.take(')')) throw fault(this.at, { en: '“)” is missing', de: '„)“ fehlt' })
    return inner
  }

  private assertion(): Filter {
    const target = this.attribute()
    const from = this.at
    const operator = OPERATORS.find((one) => this.take(one))
    if (operator === undefined) return present(target)
    return this.compared(target, operator, from)
  }

  /** Names end where an operator, a bracket or the next factor begins; in a URI points belong to it. */
  private attribute(): Target {
    const from = this.at
    const [found = ''] = /^(?:[a-z][a-z0-9+-]*:\/\/[^\s=!<>~;|()[\]{}"]+|[^\s=!<>~;|()[\]{}"]+)/i.exec(this.text.slice(from)) ?? []
    if (found === '') throw fault(from, { en: 'an attribute is expected', de: 'hier wird ein Attribut erwartet' })
    this.at += found.length
    if (this.text[this.at] === '{')
      throw fault(this.at, { en: 'linked entities are not asked yet', de: 'verknüpfte Entitäten werden noch nicht befragt' }, 'not-implemented') // prettier-ignore
    const names = found.includes('://') ? [found] : found.split('.')
    if (names.includes('')) throw fault(from, { en: `“${found}” has an empty part`, de: `„${found}“ hat eine leere Stelle` })
    const [first = '', ...sub] = names.map((name) => this.nameOf(name))
    return { name: first, sub, keys: this.keys() }
  }

  private keys(): readonly string[] {
    if (!this.take('[')) return []
    const end = this.text.indexOf(']', this.at)
    const keys = end < 0 ? [] : this.text.slice(this.at, end).split('.')
    if (keys.length === 0 || keys.includes('')) throw fault(this.at, { en: 'brackets hold a path and end', de: 'in den Klammern steht ein Pfad, und sie enden' }) // prettier-ignore
    if (keys.includes('*')) throw fault(this.at, { en: 'name the language', de: 'nennen Sie die Sprache' }, 'not-implemented')
    this.at = end + 1
    return keys
  }

  private compared(target: Target, operator: Operator, from: number): Filter {
    if (operator === '~=' || operator === '!~=') return this.patterned(target, operator === '!~=')
    const test = this.tests(target, operator, from)
    return operator === '!=' ? valued(target, (read) => not(test(read)), true) : valued(target, test)
  }

  private patterned(target: Target, negated: boolean): Filter {
    const from = this.at
    const [found = ''] = /^(?:"(?:[^"\\]|\\.)*"|[^;|]*?(?=[;|]|\)*$))/s.exec(this.text.slice(from)) ?? []
    this.at += found.length
    const pattern = found.startsWith('"') ? found.slice(1, -1).replaceAll('\\"', '"') : found
    if (pattern === '') throw fault(from, { en: 'a pattern is expected', de: 'hier wird ein Muster erwartet' })
    this.checked(pattern, from)
    const test: Test = ({ path }) => ({ is: 'like', path, pattern })
    return negated ? valued(target, (read) => not(test(read)), true) : valued(target, test)
  }

  private checked(pattern: string, from: number): void {
    try {
      patternOf(pattern)
    } catch (error) {
      if (error instanceof Problem) throw new Problem(error.kind, error.said, { parameter: 'q', column: from + 1 }, { cause: error })
      throw error
    }
  }

  /** `!=` is the negation of the test of `==`. */
  private tests(target: Target, operator: Exclude<Operator, '~=' | '!~='>, from: number): Test {
    const equality = operator === '==' || operator === '!='
    const first = this.one(target)
    if (!equality && (this.text.startsWith('..', this.at) || this.text[this.at] === ','))
      throw fault(from, { en: 'ranges and lists go with == and != only', de: 'Bereiche und Listen gibt es nur mit == und !=' })
    if (!equality) return ({ compare }) => compare(operator, first)
    if (this.take('..')) {
      const last = this.one(target)
      return ({ compare }) => and(compare('>=', first), compare('<=', last))
    }
    const all = [first]
    while (this.take(',')) all.push(this.one(target))
    return ({ compare }) => or(...all.map((one) => compare('=', one)))
  }

  private one(target: Target): One {
    const from = this.at
    const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(this.text.slice(from))
    if (quoted !== null) {
      this.at += quoted[0].length
      return this.named(target, (quoted[1] ?? '').replaceAll(/\\(.)/gs, '$1'))
    }
    const [bare = ''] = /^[^\s;|()",]+?(?=\.\.|[\s;|()",]|$)/.exec(this.text.slice(from)) ?? []
    this.at += bare.length
    if (bare === 'true' || bare === 'false') return bare === 'true'
    if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(bare)) return Number(bare)
    if (MOMENT.test(bare)) return bare
    if (isUri(bare)) return this.named(target, bare)
    throw fault(from, bare === '' ? { en: 'a value is expected', de: 'hier wird ein Wert erwartet' } : { en: `“${bare}” is no value; texts stand in quotes`, de: `„${bare}“ ist kein Wert; Texte stehen in Anführungszeichen` }) // prettier-ignore
  }

  /** Of an attribute in `expandValues`, a word of the vocabulary. */
  private named({ name }: Target, value: string): string {
    return this.expanded.has(name) ? this.nameOf(value) : value
  }
}

const MOMENT = /^(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?Z?)?|\d{2}:\d{2}:\d{2}(?:[.,]\d+)?Z?)$/
