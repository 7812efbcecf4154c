/** geojson: the things of a dataset as one FeatureCollection (RFC 7946), written feature by feature. */
import { featureOf } from '../../http/feature.ts'
import type { Found } from '../../query/query.ts'

export async function* geojson(pages: AsyncIterable<readonly Found<'entity'>[]>, name: string): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","name":${JSON.stringify(name)},"features":[`
  let between = '\n'
  for await (const page of pages) {
    yield between + page.map((thing) => JSON.stringify(featureOf(thing))).join(',\n')
    between = ',\n'
  }
  yield '\n]}\n'
}
