/** cockpit: how far the platform is from being kept for good, and what to do next. */
import { useFormat } from '../format.ts'
import { Alert } from '../parts/alert.tsx'
import { Link } from '../parts/link.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { Progress } from '../parts/progress.tsx'
import { Show } from '../parts/state.tsx'
import { Table } from '../parts/table.tsx'
import { useResource } from '../resource.ts'
import type { Listed } from '../wire.ts'
import type { Cockpit, Kind, Tile } from '../wire-sustain.ts'
import { useWords } from '../words/words.tsx'

export function CockpitPage() {
  const { sustain: words } = useWords().work
  const cockpit = useResource<Cockpit>('/sustain/cockpit')
  return (
    <div className="al-stacked">
      <PageHead title={words.title} lead={words.lead} />
      <Show of={cockpit} page>
        {(data) => (
          <>
            {data.ends && <Ends ends={data.ends} />}
            <ul className="al-offers">
              {data.tiles.map((tile) => (
                <TileCard key={tile.name} tile={tile} />
              ))}
            </ul>
            <Money plan={data.plan} />
            <Due due={data.due} />
          </>
        )}
      </Show>
      <Kinds />
    </div>
  )
}

function Ends({ ends: { title, until, days } }: { readonly ends: NonNullable<Cockpit['ends']> }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  return (
    <Alert tone={days < 365 ? 'warning' : 'info'} title={words.ends(title, format.date(until))}>
      <p className="kern-body">{words.daysLeft(format.number(days))}</p>
    </Alert>
  )
}

function TileCard({ tile: { name, score, reasons, next } }: { readonly tile: Tile }) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  return (
    <li className="kern-card al-offer">
      <div className="kern-card__container">
        <h2 className="kern-title">{words.tiles[name]}</h2>
        <Progress label={words.score(score)} done={score} total={100} />
        <ul className="kern-list kern-list--bullet">
          {reasons.map((reason) => (
            <li key={reason.de}>{format.text(reason)}</li>
          ))}
        </ul>
        {next && (
          <Link className="kern-link" to={`/workspace/sustain/${next.kind}`}>
            {format.text(next)}
          </Link>
        )}
      </div>
    </li>
  )
}

function Money({ plan }: Pick<Cockpit, 'plan'>) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  return (
    <Section id="money" title={words.money} lead={words.moneyLead}>
      <Table
        caption={words.money}
        rows={plan}
        keyOf={({ year }) => year}
        columns={[
          { name: words.year, cell: ({ year }) => year },
          { name: words.costs, numeric: true, cell: ({ costs }) => format.euros(costs) },
          { name: words.funded, numeric: true, cell: ({ funded }) => format.euros(funded) },
          { name: words.gap, numeric: true, cell: ({ gap }) => (gap === 0 ? '–' : <strong>{format.euros(gap)}</strong>) },
        ]}
      />
      <Link className="kern-link" to="/workspace/sustain/shares">
        {words.shares}
      </Link>
    </Section>
  )
}

function Due({ due }: Pick<Cockpit, 'due'>) {
  const { sustain: words } = useWords().work
  const format = useFormat()
  if (due.length === 0) return null
  return (
    <Section id="due" title={words.due}>
      <ul className="kern-list kern-list--bullet">
        {due.map(({ id, title, review }) => (
          <li key={id}>
            <Link className="kern-link" to={`/workspace/sustain/records/${id}`}>
              {title}
            </Link>
            , {format.date(review)}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Kinds() {
  const { sustain: words } = useWords().work
  const format = useFormat()
  const kinds = useResource<Listed<Kind>>('/sustain/kinds')
  return (
    <Section id="kinds" title={words.kinds}>
      <Show of={kinds}>
        {({ items }) => (
          <ul className="al-offers">
            {items.map(({ name, titles, lead }) => (
              <li key={name} className="kern-card al-offer">
                <div className="kern-card__container">
                  <h3 className="kern-title">
                    <Link className="kern-link" to={`/workspace/sustain/${name}`}>
                      {format.text(titles)}
                    </Link>
                  </h3>
                  <p className="kern-body al-offer__body">{format.text(lead)}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Show>
    </Section>
  )
}
