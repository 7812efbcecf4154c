/** slug: the name of a dataset in addresses. */

/** "Luftqualität (stündlich)" → "luftqualitaet-stuendlich". */
export function slugOf(title: string): string {
  const spelled = title.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
  const plain = spelled.normalize('NFKD').replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 80).replaceAll(/^-+|-+$/g, '') || 'datensatz'
}
