/** connect: where do the data come from? */
import { ButtonLink } from '../parts/button.tsx'
import { PageHead } from '../parts/page.tsx'
import { Show } from '../parts/state.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import type { Connector, Listed } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Connect() {
  const { empty, work } = useWords()
  const { connect } = work
  const format = useFormat()
  const connectors = useResource<Listed<Connector>>('/connectors')
  const known: Readonly<Record<string, string>> = {
    'http-json': empty.apiBody,
    lorawan: empty.lorawanBody,
    dcat: empty.catalogueBody,
    ckan: empty.portalBody,
  }
  const titles: Readonly<Record<string, string>> = { 'http-json': empty.api, lorawan: empty.lorawan }
  return (
    <>
      <PageHead title={connect.title} lead={connect.lead} />
      <ul className="al-offers">
        <Way to="/workspace/connect/file" title={connect.file} body={connect.fileBody} primary />
        <Way to="/workspace/connect/file?url" title={connect.url} body={connect.urlBody} />
      </ul>
      <Show of={connectors}>
        {({ items }) => (
          <ul className="al-offers">
            {items
              .filter(({ name }) => name !== 'csv')
              .map(({ name, title }) => (
                <Way key={name} to={`/workspace/connect/${name}`} title={titles[name] ?? format.text(title)} body={known[name] ?? ''} />
              ))}
          </ul>
        )}
      </Show>
    </>
  )
}

function Way({
  to,
  title,
  body,
  primary = false,
}: {
  readonly to: string
  readonly title: string
  readonly body: string
  readonly primary?: boolean
}) {
  const { connect } = useWords().work
  return (
    <li className="kern-card al-offer">
      <div className="kern-card__container">
        <h2 className="kern-title">{title}</h2>
        <p className="kern-body al-offer__body">{body}</p>
        <ButtonLink look={primary ? 'primary' : 'secondary'} to={to}>
          {connect.next}
          <span className="kern-sr-only">: {title}</span>
        </ButtonLink>
      </div>
    </li>
  )
}
