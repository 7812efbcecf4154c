/** organization: whoever publishes a dataset, as CKAN knows them: by a name, with how many datasets are theirs. */
import { nameId } from './identity.ts'
import { nameOf } from './names.ts'

/** What every package says of its own. */
export function brief(root: string, title: string) {
  const name = nameOf(title)
  return {
    id: nameId(root, 'organization', name),
    name,
    title,
    type: 'organization',
    description: '',
    image_url: '',
    created: null,
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
  }
}

export function organization(root: string, title: string, count: number) {
  return { ...brief(root, title), display_name: title, image_display_url: '', package_count: count, num_followers: 0 }
}
