/** purpose: what a dataset is for: the use cases and indicators that name it; for those who keep the platform alive. */
import { useResource } from '../resource.ts'
import { useSession } from '../session.tsx'
import type { Listed } from '../wire.ts'
import type { Whole } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'
import { Link } from './link.tsx'
import { Section } from './page.tsx'
import { Show } from './state.tsx'

export function Purpose({ slug }: { readonly slug: string }) {
  const { session } = useSession()
  return session?.account?.sustains === true ? <Named slug={slug} /> : null
}

function Named({ slug }: { readonly slug: string }) {
  const { sustain: words } = useWords().work
  const found = useResource<Listed<Whole['named'][number]>>(`/datasets/${slug}/purpose`)
  return (
    <Section id="purpose" title={words.purpose}>
      <Show of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="kern-body">{words.noPurpose}</p>
          ) : (
            <ul className="kern-list kern-list--bullet">
              {items.map(({ id, title }) => (
                <li key={id}>
                  <Link className="kern-link" to={`/workspace/sustain/records/${id}`}>
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
    </Section>
  )
}
