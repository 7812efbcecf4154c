/** grants: which datasets a person may use, and what they may do there. */
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Catalogue, Grant } from '../wire.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { SelectField } from './field.tsx'
import { Verbs } from './verbs.tsx'

export function Grants({ grants, change }: { readonly grants: readonly Grant[]; readonly change: (grants: readonly Grant[]) => void }) {
  const words = useWords().work.accounts
  const format = useFormat()
  const datasets = useResource<Catalogue>('/datasets?limit=200')
  const known = datasets.state === 'ready' ? datasets.data.items : []
  const nameOf = (slug: string) => format.text(known.find((one) => one.slug === slug)?.title ?? {}) || slug
  const open = known.filter(({ slug }) => !grants.some(({ dataset }) => dataset === slug))
  return (
    <>
      {grants.map((grant) => (
        <div key={grant.dataset} className="al-grant">
          <Verbs
            legend={words.mayDo(nameOf(grant.dataset))}
            chosen={grant.verbs}
            choose={(verbs) => change(grants.map((one) => (one === grant ? { ...one, verbs } : one)))}
          />
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
