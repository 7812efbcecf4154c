/** four-eyes: whether somebody else must look before data are seen, and who may be that somebody. Pure. */
import type { Aspect, Person, ReleaseSettings } from '../../model/release.ts'
import { Problem } from '../../problem.ts'
import type { Principal, Verb } from '../../rights/principal.ts'

/** The right that a reviewer needs. */
export const REVIEWING: Verb = 'release'

export function personOf(who: Principal): Person {
  return { id: who.account === undefined ? who.id : `user:${who.account}`, name: who.name }
}

/** `reviewers`: the accounts that could. With one of them alone, nobody would be left to look. */
export function isDemanded({ fourEyes }: ReleaseSettings, reviewers: readonly number[]): boolean {
  return fourEyes === 'always' || (fourEyes === 'auto' && reviewers.length > 1)
}

/** Throws `forbidden` for the author, and for aspects that are kept for others. */
export function mustBeAnother(who: Person, author: Person): void {
  if (who.id !== author.id) return
  throw new Problem('forbidden', {
    de: 'Was Sie selbst eingereicht haben, prüft jemand anderes.',
    en: 'What you submitted yourself is reviewed by somebody else.',
  })
}

/** Of these aspects, those that are not kept for others. */
export function aspectsFor(who: Person, aspects: readonly Aspect[], { reviewers }: ReleaseSettings): readonly Aspect[] {
  return aspects.filter((aspect) => {
    const kept = reviewers[aspect] ?? []
    return kept.length === 0 || kept.some((account) => `user:${account}` === who.id)
  })
}

/** Aspects kept for people of whom none is left but the author would wait for ever: whoever may release decides them. */
export function withoutTheAbsent(settings: ReleaseSettings, present: readonly number[], author: Person): ReleaseSettings {
  const there = (accounts: readonly number[] = []) => accounts.filter((id) => present.includes(id) && `user:${id}` !== author.id)
  const reviewers = Object.fromEntries(Object.entries(settings.reviewers).map(([aspect, accounts]) => [aspect, there(accounts)]))
  return { ...settings, reviewers }
}
