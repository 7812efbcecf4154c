/** grants: which datasets a person may use, and what they may do there; what was granted by a role, in part or for a time is shown and can be taken away. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Catalogue } from '../wire.ts'
import type { Grant } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { SelectField } from './field.tsx'
import { useGrantText } from './grant-text.ts'
import { Verbs } from './verbs.tsx'

/** Right by right, on the whole of one dataset, without end. */
function isPlain({ dataset, role, portion, expires }: Grant): boolean {
  return dataset !== null && role === undefined && portion === undefined && expires === undefined
}

export function Grants({ grants, change }: { readonly grants: readonly Grant[]; readonly change: (grants: readonly Grant[]) => void }) {
  const { accounts: words, rights } = useWords().work
  const format = useFormat()
  const grantText = useGrantText()
  const datasets = useResource<Catalogue>('/datasets?limit=200')
  const known = datasets.state === 'ready' ? datasets.data.items : []
  const nameOf = (slug: string | null) =>
    slug === null ? rights.all : format.text(known.find((one) => one.slug === slug)?.title ?? {}) || slug
  const open = known.filter(({ slug }) => !grants.some((grant) => grant.dataset === slug && isPlain(grant)))
  return (
    <>
      {grants.map((grant, at) => (
        <div key={grant.id ?? at} className="al-grant">
          {isPlain(grant) ? (
            <Verbs
              legend={words.mayDo(nameOf(grant.dataset))}
              chosen={grant.verbs ?? []}
              choose={(verbs) => change(grants.map((one) => (one === grant ? { ...one, verbs } : one)))}
            />
          ) : (
            <p className="kern-body">
              {words.mayDo(nameOf(grant.dataset))}: {grantText(grant)}
              {grant.expires !== undefined && ` · ${rights.until} ${format.date(grant.expires)}`}
            </p>
          )}
          <Button small look="tertiary" onClick={() => change(grants.filter((one) => one !== grant))}>
            {words.withdraw(nameOf(grant.dataset))}
          </Button>
        </div>
      ))}
      {open.length > 0 && (
        <SelectField
          label={words.grant}
          hint={words.grantHint}
          value=""
          onChange={({ target }) => target.value && change([...grants, { dataset: target.value, verbs: ['read'] }])}
          choices={[
            { value: '', label: words.chooseDataset },
            ...open.map(({ slug, title }) => ({ value: slug, label: format.text(title) })),
          ]}
        />
      )}
    </>
  )
}
