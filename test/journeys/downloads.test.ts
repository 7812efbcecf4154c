/** A dataset as a file: CSV in two flavours, GeoJSON, XLSX and Parquet, each read back by a reader of its own. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { addDataset, air, trees } from '../support/datasets.ts'
import { unzipped } from '../support/archive.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0' })
  await addDataset(platform.service, 'luft', air(3, 2500))
  await addDataset(platform.service, 'klein', air(40, 3).map((one) => ({ ...one, ...('iri' in one ? { iri: `${one.iri}:k` } : { entity: `${one.entity}:k` }) }) as typeof one)) // prettier-ignore
  await addDataset(platform.service, 'baeume', trees(1200))
  await addDataset(platform.service, 'intern', air(1, 1).map((one) => ({ ...one, ...('iri' in one ? { iri: `${one.iri}:i` } : { entity: `${one.entity}:i` }) }) as typeof one), { access: 'internal' }) // prettier-ignore
  await addDataset(platform.service, 'leer', [])
})

after(() => platform.end())

async function file(path: string): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }> {
  const answer = await platform.server.app.inject({ method: 'GET', url: path })
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload }
}
const text = async (path: string) => (await file(path)).bytes.toString()
const rows = async (path: string, options: object = {}): Promise<Record<string, string>[]> =>
  parse(await text(path), { columns: true, ...options })

test('CSV has every observation once, with its thing, its unit and its time', async () => {
  const { status, headers } = await file('/datasets/luft.csv')
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
  assert.equal(headers['content-disposition'], 'attachment; filename="luft.csv"')
  const all = await rows('/datasets/luft.csv')
  assert.equal(all.length, 7500)
  assert.equal(new Set(all.map((row) => `${row['entity_iri']} ${row['time']}`)).size, 7500)
  assert.deepEqual(all[2], {
    entity_iri: 'urn:x:station:1', entity_name: 'Station 1', longitude: '8.1', latitude: '49.2', attribute: 'pm10',
    series: 'Feinstaub 1', unit: 'µg/m³', time: '2026-01-01T02:00:00Z', end: '', result: '2.1',
  }) // prettier-ignore
})

test('many short series are read together and stay apart in the file', async () => {
  const all = await rows('/datasets/klein.csv')
  assert.equal(all.length, 120)
  const names = all.map((row) => row['entity_name'])
  assert.deepEqual(names.filter((name, i) => i === 0 || name !== names[i - 1]).length, 40)
})

test('the German flavour has semicolons, decimal commas, a BOM and local time', async () => {
  const german = await text('/datasets/luft.csv?flavour=de&until=2026-01-01T02:00:00Z')
  const [head, first] = german.split('\r\n')
  assert.equal(head, '\uFEFFKennung;Name;Längengrad;Breitengrad;Merkmal;Messreihe;Einheit;Zeit;Ende;Wert')
  assert.equal(first, 'urn:x:station:1;Station 1;8,1;49,2;pm10;Feinstaub 1;µg/m³;2026-01-01T01:00:00+01:00;;0,1')
  const summer = await text('/datasets/luft.csv?flavour=de&from=2026-04-01&until=2026-04-01T01:00:00Z')
  assert.match(summer, /2026-04-01T02:00:00\+02:00/)
})

test('from and until bound the observations, half open', async () => {
  const some = await rows('/datasets/luft.csv?from=2026-01-01T01:00:00Z&until=2026-01-01T03:00:00Z')
  assert.deepEqual([...new Set(some.map(({ time }) => time))], ['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z'])
  assert.equal(some.length, 6)
  assert.equal((await file('/datasets/luft.csv?from=gestern')).status, 400)
  assert.equal((await file('/datasets/luft.csv?flavour=fr')).status, 400)
  assert.equal((await file('/datasets/luft.csv?form=x')).status, 400)
})

test('without series a file has the things, and formulas are text', async () => {
  const all = await rows('/datasets/baeume.csv')
  assert.equal(all.length, 1200)
  assert.deepEqual(Object.keys(all[0] ?? {}), ['iri', 'name', 'types', 'description', 'longitude', 'latitude', 'note', 'height', 'species'])
  assert.equal(all[0]?.['note'], `'=HYPERLINK("http://x")`)
  const things = await rows('/datasets/luft.csv?of=entities')
  assert.equal(things[0]?.['street'], 'Markt "Süd"; =1+1')
  assert.equal(things[0]?.['pm10'], '2499.1')
  assert.equal(things[0]?.['pm10_unit'], 'µg/m³')
})

test('an empty dataset is a file too', async () => {
  assert.equal(await text('/datasets/leer.csv'), 'iri,name,types,description,longitude,latitude\r\n')
  assert.deepEqual(JSON.parse(await text('/datasets/leer.geojson')).features, [])
  assert.equal(parquetMetadata(buffered(await file('/datasets/leer.parquet'))).num_rows, 0n)
  assert.ok((await unzipped((await file('/datasets/leer.xlsx')).bytes)).has('xl/workbook.xml'))
})

test('GeoJSON has the things with their latest values', async () => {
  const { type, features } = JSON.parse(await text('/datasets/luft.geojson'))
  assert.equal(type, 'FeatureCollection')
  assert.equal(features.length, 3)
  assert.equal(features[1].properties.pm10, 2499.2)
  assert.equal(JSON.parse(await text('/datasets/baeume.geojson')).features.length, 1200)
})

const buffered = ({ bytes }: { bytes: Buffer }): ArrayBuffer => new Uint8Array(bytes).buffer

test('Parquet has typed columns', async () => {
  const all = await parquetReadObjects({ file: buffered(await file('/datasets/luft.parquet')) })
  assert.equal(all.length, 7500)
  assert.deepEqual(all[2], {
    entity_iri: 'urn:x:station:1', entity_name: 'Station 1', longitude: 8.1, latitude: 49.2, attribute: 'pm10', series: 'Feinstaub 1',
    unit: 'µg/m³', time: new Date('2026-01-01T02:00:00Z'), end: null, result: 2.1, result_text: null,
  }) // prettier-ignore
  const things = await parquetReadObjects({ file: buffered(await file('/datasets/luft.parquet?of=entities')) })
  assert.equal(things[1]?.['indoor'], true)
  assert.deepEqual(things[1]?.['pm10_time'], new Date(Date.UTC(2026, 0, 1, 2499)))
})

test('XLSX is a package with a sheet of numbers, texts and dates', async () => {
  const files = await unzipped((await file('/datasets/luft.xlsx')).bytes)
  assert.deepEqual([...files.keys()].toSorted(), ['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']) // prettier-ignore
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
  assert.equal(sheet.match(/<row>/g)?.length, 7501)
  assert.ok(sheet.includes('time (UTC)'))
  assert.ok(sheet.includes('<c s="2"><v>46023</v></c><c/><c><v>0.1</v></c></row>'))
  const german = (await unzipped((await file('/datasets/luft.xlsx?flavour=de')).bytes)).get('xl/worksheets/sheet1.xml') ?? ''
  assert.ok(german.includes('Zeit (Ortszeit)'))
  assert.ok(german.includes('<v>46023.04166666667</v>'))
})

test('HEAD answers without writing the file', async () => {
  const { statusCode, headers, payload } = await platform.server.app.inject({ method: 'HEAD', url: '/datasets/luft.xlsx' })
  assert.equal(statusCode, 200)
  assert.match(String(headers['content-type']), /spreadsheetml/)
  assert.equal(payload, '')
})

test('what may not be read is not there', async () => {
  for (const extension of ['csv', 'geojson', 'xlsx', 'parquet'])
    for (const slug of ['intern', 'nirgends']) {
      const { status, headers } = await file(`/datasets/${slug}.${extension}`)
      assert.equal(status, 404)
      assert.match(String(headers['content-type']), /^application\/problem\+json/)
      assert.equal(headers['content-disposition'], undefined)
    }
})

test('below a tenant', async () => {
  assert.equal((await file('/t/default/datasets/leer.csv')).status, 200)
  assert.equal((await file('/t/nirgends/datasets/leer.csv')).status, 404)
})
