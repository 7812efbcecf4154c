/** icon: one of KERN's icons, for the eye only. */
export type IconName =
  | 'account-circle' | 'add' | 'arrow-back' | 'arrow-forward' | 'autorenew' | 'check' | 'checklist' | 'chevron-left' | 'chevron-right'
  | 'close' | 'danger' | 'dark-mode' | 'dehaze' | 'delete' | 'download' | 'draft' | 'drive-folder-upload' | 'edit' | 'help' | 'home'
  | 'info' | 'language' | 'light-mode' | 'logout' | 'more-vert' | 'open-in-new' | 'search' | 'success' | 'visibility'
  | 'visibility-off' | 'warning' // prettier-ignore

export function Icon({ name, size = 'default' }: { readonly name: IconName; readonly size?: 'small' | 'default' | 'large' | 'x-large' }) {
  return <span className={`kern-icon kern-icon--${name} kern-icon--${size}`} aria-hidden="true" />
}
