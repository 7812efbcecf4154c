/** upload: files that people leave here, named so that nobody finds another's by counting. */
import type { Ledger, RawRow } from '../govern/ledger.ts'
import { Problem } from '../problem.ts'

export function uploadName({ id, hash }: { readonly id: number; readonly hash: string }): string {
  return `${id}-${hash.slice(0, 20)}`
}

/** Throws `not-found` when it is gone, or was never there. */
export async function uploadOf(ledger: Ledger, tenant: number, upload: string): Promise<RawRow> {
  const id = /^(\d{1,15})-[0-9a-f]{20}$/.exec(upload)?.[1]
  const row = id === undefined ? undefined : await ledger.raws.rawById(tenant, Number(id))
  if (row !== undefined && uploadName(row) === upload) return row
  throw new Problem(
    'not-found',
    {
      de: 'Die hochgeladene Datei ist nicht mehr da. Bitte laden Sie sie erneut hoch.',
      en: 'The uploaded file is gone. Please upload it again.',
    },
    { pointer: '/options/upload' },
  )
}
