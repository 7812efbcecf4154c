/** sessions: where one is signed in, and ending it there. */
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { Badge } from '../parts/alert.tsx'
import { Button } from '../parts/button.tsx'
import { PageHead } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Listed } from '../wire.ts'
import { useWords } from '../words/words.tsx'

interface Opened {
  readonly id: number
  readonly agent: string
  readonly created: string
  readonly seen: string
  readonly current?: boolean
}

export function Sessions() {
  const { sessions: words } = useWords().work
  const format = useFormat()
  const act = useAct()
  const found = useResource<Listed<Opened>>('/sessions')
  const end = (id: number | 'others') =>
    act.run(async () => {
      await call(`/sessions/${id}`, { method: 'DELETE' })
      found.reload()
    })
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        <Button disabled={act.busy} onClick={() => void end('others')}>
          {words.endOthers}
        </Button>
      </PageHead>
      <Refused refusal={act.refusal} />
      <Show of={found}>
        {({ items }) => (
          <Table
            caption={words.title}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: words.device, cell: ({ agent }) => deviceOf(agent) },
              { name: words.since, cell: ({ created }) => format.time(created) },
              { name: words.seen, cell: ({ seen }) => format.age(seen) },
              {
                name: words.end,
                quiet: true,
                cell: ({ id, current, agent }) =>
                  current ? (
                    <Badge tone="success">{words.current}</Badge>
                  ) : (
                    <Button small look="tertiary" aria-label={`${words.end}: ${deviceOf(agent)}`} onClick={() => void end(id)}>
                      {words.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Show>
    </>
  )
}

/** "Firefox, Linux" out of what a browser says about itself. */
function deviceOf(agent: string): string {
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) => agent.includes(name))
  return [browser === 'Edg' ? 'Edge' : browser, system].filter((part) => part !== undefined).join(', ') || agent || '–'
}
