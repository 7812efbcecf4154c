/** tag: a keyword as a tag of CKAN. */
import { nameId } from './identity.ts'

export function tag(root: string, name: string) {
  return { id: nameId(root, 'tag', name), name, display_name: name, state: 'active', vocabulary_id: null }
}
