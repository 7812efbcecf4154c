/** reach: which datasets are open to all, and which of them grants reach, by their state. */
import { and, equals, nothing, or, type Filter } from '../query/filter.ts'
import type { Grant } from './principal.ts'
import { looksAfter, type Verb } from './verbs.ts'

/** Released and open: what anyone may read. */
export const OPEN: Filter = and(equals(['access'], 'public'), equals(['state'], 'released'))
/** Released, and to be found by anyone, though the data are only for some. */
export const LISTED: Filter = and(equals(['properties', 'listed'], true), equals(['state'], 'released'))

/** What is out of sight for those who were given it to read. */
const CURRENT: Filter = { is: 'not', of: { is: 'in', path: ['state'], values: ['withdrawn', 'archived'] } }
/** What is kept for some is read by whoever was granted just that. */
const UNRESTRICTED: Filter = { is: 'not', of: equals(['access'], 'restricted') }

/** The datasets that some of these grants reach when it comes to `verb`. */
export function bounded(grants: readonly Grant[], verb: Verb): Filter {
  if (verb !== 'read' && verb !== 'read-metadata') return or(everywhere(grants), among(grants))
  const [keepers, readers] = [grants.filter(({ verbs }) => looksAfter(verbs)), grants.filter(({ verbs }) => !looksAfter(verbs))]
  const read = or(and(everywhere(readers), UNRESTRICTED), among(readers))
  return or(everywhere(keepers), among(keepers), and(read, CURRENT))
}

function everywhere(grants: readonly Grant[]): Filter {
  return grants.some(({ dataset }) => dataset === undefined) ? { is: 'everything' } : nothing
}

function among(grants: readonly Grant[]): Filter {
  const values = grants.flatMap(({ dataset }) => dataset ?? [])
  return values.length === 0 ? nothing : { is: 'in', path: ['id'], values }
}
