/** developers: every door with its address, and commands that run as they stand. */
import { ButtonLink } from '../parts/button.tsx'
import { CopyLines, CopyText } from '../parts/copy.tsx'
import { PageHead, Section } from '../parts/page.tsx'
import { useResource } from '../resource.ts'
import { root } from '../router.ts'
import type { Catalogue } from '../wire.ts'
import { useWords } from '../words/words.tsx'

export function Developers() {
  const { developers: words } = useWords()
  const found = useResource<Catalogue>('/datasets?limit=1')
  const slug = (found.state === 'ready' ? found.data.items[0]?.slug : undefined) ?? 'mein-datensatz'
  const here = location.origin + root
  const doors = [
    ['SensorThings 1.1', `${here}/sta/v1.1`, words.names.sta],
    ['SensorThings 2.0', `${here}/sta/v2.0`, words.names.sta],
    ['NGSI-LD', `${here}/ngsi-ld/v1/entities?local=true`, words.names.ngsi],
    ['OGC API Features', `${here}/ogc`, words.names.features],
    ['DCAT-AP.de', `${here}/catalog.ttl`, words.names.dcat],
    ['CSV, GeoJSON, XLSX, Parquet', `${here}/datasets/${slug}.csv`, words.names.download],
    ['/api/v1', `${here}/api/v1/datasets`, words.names.own],
  ] as const
  return (
    <>
      <PageHead title={words.title} lead={words.lead} />
      <div className="al-stacked">
        <Section id="doors" title={words.doors}>
          <dl className="al-doors">
            {doors.map(([name, address, body]) => (
              <div key={name} className="al-doors__item">
                <dt className="kern-title">{name}</dt>
                <dd>
                  <p className="kern-body">{body}</p>
                  <CopyText text={address} label={name} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
        <Examples here={here} slug={slug} />
      </div>
    </>
  )
}

function Examples({ here, slug }: { readonly here: string; readonly slug: string }) {
  const { developers: words } = useWords()
  const examples = [
    [words.exampleLatest, `curl '${here}/sta/v1.1/Datastreams?$top=3&$expand=Observations($top=1;$orderby=phenomenonTime%20desc)'`],
    [words.exampleEntities, `curl '${here}/ngsi-ld/v1/entities?local=true&limit=3&format=simplified'`],
    [words.exampleFeatures, `curl -H 'Accept: application/json' '${here}/ogc/collections'`],
    [words.exampleFile, `curl -O '${here}/datasets/${slug}.csv'`],
    [words.exampleCatalogue, `curl '${here}/catalog.ttl'`],
  ] as const
  const post = `curl -X POST '${here}/sta/v1.1/Datastreams(1)/Observations' \\\n  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\\n  -d '{"result": 21.5}'`
  return (
    <>
      <Section id="first" title={words.first} lead={words.firstLead}>
        <div className="al-examples">
          {examples.map(([label, lines]) => (
            <CopyLines key={label} label={label} lines={lines} />
          ))}
        </div>
      </Section>
      <Section id="keys" title={words.keys} lead={words.keysBody}>
        <CopyLines label={words.examplePost} lines={post} />
        <div className="al-actions">
          <ButtonLink to="/workspace/tokens">{words.keysLink}</ButtonLink>
        </div>
      </Section>
    </>
  )
}
