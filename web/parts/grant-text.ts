/** grant-text: a grant in words: as what or which rights, and of which portion. */
import { useFormat } from '../format.ts'
import type { Grant } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'

export function useGrantText(): (grant: Grant) => string {
  const { rights, tokens } = useWords().work
  const format = useFormat()
  return ({ role, verbs = [], portion = {} }) => {
    const { types, scopes, attributes, within, olderThan, means } = portion
    const listed = (name: string, list: readonly string[] | undefined) => (list ? [`${name}: ${list.join(', ')}`] : [])
    const parts = [
      ...listed(rights.portion.types, types),
      ...listed(rights.portion.scopes, scopes),
      ...listed(rights.portion.attributes, attributes),
      ...(within ? [rights.portion.within] : []),
      ...(olderThan === undefined ? [] : [rights.portion.olderThan(format.number(olderThan / 3600))]),
      ...(means === undefined ? [] : [rights.portion.means(rights.portion.periods[means] ?? means)]),
    ]
    const what = role === undefined ? verbs.map((verb) => tokens.verbNames[verb] ?? verb).join(', ') : (rights.roles[role] ?? role)
    return parts.length === 0 ? what : `${what} (${parts.join('; ')})`
  }
}

/** All that have not ended, each with its dataset. */
export function useGrantsText(): (grants: readonly Grant[]) => string {
  const { rights } = useWords().work
  const grantText = useGrantText()
  return (grants) => {
    const named = grants.filter((grant) => !isOver(grant)).map((grant) => `${grant.dataset ?? rights.all}: ${grantText(grant)}`)
    return named.join(' · ') || '–'
  }
}

export function isOver({ expires }: Grant): boolean {
  return expires !== undefined && Date.parse(expires) <= Date.now()
}
