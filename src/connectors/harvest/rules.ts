/** rules: what somebody has decided about values of a source: "whenever it says this, it means that". They go before what is repaired anyway. */

export interface Rule {
  readonly field: 'licence' | 'format' | 'date' | 'language' | 'theme' | 'publisher'
  /** The whole value, without regard to case; * stands for anything. */
  readonly from: string
  readonly to: string
}

export const RULES = {
  type: 'array',
  maxItems: 500,
  title: { de: 'Ersetzungen', en: 'Replacements' },
  description: {
    de: 'Was die Quelle schreibt und was damit gemeint ist. Ein * steht für beliebige Zeichen.',
    en: 'What the source writes, and what is meant by it. A * stands for anything.',
  },
  items: {
    type: 'object',
    required: ['field', 'from', 'to'],
    additionalProperties: false,
    properties: {
      field: { type: 'string', enum: ['licence', 'format', 'date', 'language', 'theme', 'publisher'], title: { de: 'Feld', en: 'Field' } },
      from: { type: 'string', minLength: 1, maxLength: 500, title: { de: 'Steht da', en: 'It says' } },
      to: { type: 'string', maxLength: 500, title: { de: 'Gemeint ist', en: 'It means' } },
    },
  },
} as const

export class Rules {
  private readonly rules: readonly (readonly [Rule, RegExp])[]

  constructor(rules: readonly Rule[] = []) {
    this.rules = rules.map((rule) => [rule, patternOf(rule.from)])
  }

  /** The first rule that fits. */
  apply(field: Rule['field'], value: string): string {
    return this.rules.find(([rule, pattern]) => rule.field === field && pattern.test(value.trim()))?.[0].to ?? value
  }
}

const patternOf = (from: string): RegExp =>
  new RegExp(`^${from.trim().replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*')}$`, 'is') // prettier-ignore
