/** group: an EU data theme as a group of CKAN. */
import { THEMES, themeOf } from '../../model/themes.ts'
import { nameId } from './identity.ts'
import { nameOf } from './names.ts'

/** What every package says of the groups that it is in. */
export function brief(root: string, theme: string, language: 'de' | 'en') {
  const code = themeOf(theme)
  const name = code === undefined ? nameOf(theme) : code.toLowerCase()
  const title = code === undefined ? theme : THEMES[code][language]
  return { id: nameId(root, 'group', name), name, title, display_name: title, description: '', image_display_url: '' }
}

export function group(root: string, theme: string, language: 'de' | 'en', count: number) {
  const only = { type: 'group', is_organization: false, approval_status: 'approved', state: 'active', image_url: '', num_followers: 0 }
  return { ...brief(root, theme, language), ...only, package_count: count }
}
