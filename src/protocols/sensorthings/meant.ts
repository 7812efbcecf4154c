/** meant: what an expression stands for, said as the operands that a Filter compares. */
import { isInstant, parseInstant } from '../../model/time.ts'
import type { Operand } from '../../query/filter.ts'
import { clockOf } from './expression.ts'
import { instant, type Period } from './periods.ts'
import { invalid, type Context, type Meant } from './worth.ts'

export const isSpelled = (of: Meant): boolean => of.is === 'operand' && (of.about === 'date' || of.about === 'clock')

/** What date() and time() give is text, so what stands beside them is spelled alike. */
export function spelled(of: Meant, beside: Meant, context: Context): Operand {
  const operand = plainOf(of, context)
  const about = beside.is === 'operand' ? beside.about : undefined
  if ('instant' in operand && about === 'date') return { value: operand.instant.slice(0, 10) }
  const text = 'value' in operand && typeof operand.value === 'string' && about === 'clock' ? clockOf(operand.value) : undefined
  return text === undefined ? operand : { value: text }
}

export function isNull(of: Meant): boolean {
  return of.is === 'operand' && 'value' in of.operand && of.operand.value === null
}

export const isTimed = (of: Meant): boolean => of.is === 'period' || (of.is === 'operand' && of.about === 'time')

/** A text that spells a time is one where a time is compared. */
export function periodOf(of: Meant): Period | undefined {
  if (of.is === 'period') return of.period
  if (of.is !== 'operand') return undefined
  if (of.about === 'time') return instant(of.operand)
  if (!('value' in of.operand)) return instant(of.operand)
  const { value: text } = of.operand
  return typeof text === 'string' && isInstant(text) ? instant({ instant: parseInstant(text) }) : undefined
}

export function plainOf(of: Meant, context: Context): Operand {
  if (of.is === 'operand') return of.operand
  if (of.is === 'period') return of.period.start
  if (of.is === 'shape') return { path: of.path }
  throw invalid(context, { en: 'These two cannot be compared.', de: 'Diese beiden lassen sich nicht vergleichen.' })
}

/** `id eq '7'` asks for number 7. */
export function ided(operand: Operand, other: Meant): Operand {
  const numeric = other.is === 'operand' && other.about === 'id' && 'value' in operand && /^\d{1,16}$/.test(String(operand.value))
  return numeric ? { value: Number(operand.value) } : operand
}
