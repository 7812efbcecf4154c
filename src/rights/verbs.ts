/** verbs: what may be done with data, and which right brings which other with it. */

/** read-metadata: to see that a dataset is there, and its card, but nothing in it. release: to decide whether it is seen by others. */
export const VERBS = ['read', 'read-metadata', 'append', 'change', 'delete', 'manage', 'release'] as const
export type Verb = (typeof VERBS)[number]

/** Whoever has one of these may do it, too. */
const BROUGHT_BY: Readonly<Partial<Record<Verb, readonly Verb[]>>> = { 'read-metadata': ['read', 'manage', 'release'] }

/** Whether somebody who was given these may do that. */
export function covers(given: readonly Verb[], verb: Verb): boolean {
  return given.includes(verb) || (BROUGHT_BY[verb]?.some((one) => given.includes(one)) ?? false)
}

/** Whoever works on the data goes on seeing them when they are withdrawn; whoever was given them to read does not. */
export function looksAfter(given: readonly Verb[]): boolean {
  return given.includes('change') || given.includes('manage') || given.includes('release')
}

/** A verb that this version does not know grants nothing. */
export function verbsOf(names: readonly string[]): readonly Verb[] {
  return VERBS.filter((verb) => names.includes(verb))
}
