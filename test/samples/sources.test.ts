/** Real files from upload to observations, read as they are detected. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { connect, platformWithDataset, run, upload } from '../support/source.ts'

const FOLDER = '../shared/samples'
const skip = existsSync(FOLDER) ? false : 'the samples are not here'

interface Expected {
  readonly file: string
  /** Rows read, and of them rejected. */
  readonly read: number
  readonly rejected: number
  /** Column with the id, where what is detected has gaps. */
  readonly id?: string
}

const linesOf = (file: string): number => readFileSync(`${FOLDER}/${file}`, 'latin1').trimEnd().split('\n').length
const beob = existsSync(`${FOLDER}/dwd`) ? readdirSync(`${FOLDER}/dwd`).find((name) => /BEOB/i.test(name)) : undefined

const FILES: readonly Expected[] = skip
  ? []
  : [
      {
        file: 'bike-counters/muenster_100020113_2023-03.csv',
        read: linesOf('bike-counters/muenster_100020113_2023-03.csv') - 1,
        rejected: 0,
      },
      {
        file: 'bike-counters/muenster_100020113_2023-10.csv',
        read: linesOf('bike-counters/muenster_100020113_2023-10.csv') - 1,
        rejected: 0,
      },
      { file: 'parking/bietigheim-bissingen.csv', read: linesOf('parking/bietigheim-bissingen.csv') - 1, rejected: 0 },
      { file: 'parking/reutlingen_bike.csv', read: linesOf('parking/reutlingen_bike.csv') - 1, rejected: 0, id: 'GEOM' },
      ...(beob === undefined ? [] : [{ file: `dwd/${beob}`, read: linesOf(`dwd/${beob}`) - 3, rejected: 0 }]),
    ]

for (const { file, read, rejected, id } of FILES)
  test(`samples: ${file} flows as it is detected`, { skip }, async (t) => {
    const platform = await platformWithDataset(t)
    const left = await upload(platform, file.split('/').at(-1) ?? file, readFileSync(`${FOLDER}/${file}`))
    const found = await platform.ask('POST /api/v1/detect', { body: { upload: left.upload } })
    assert.equal(found.status, 200, found.text)
    const { format, encoding, delimiter, header, mapping: suggested } = found.json
    const mapping = id === undefined ? suggested : { ...suggested, entity: { ...suggested.entity, id } }
    const source = await connect(platform, { options: { upload: left.upload, format: { format, encoding, delimiter, header }, mapping } })
    const done = await run(platform, source.id)
    const { json: rejects } = await platform.ask(`GET /api/v1/runs/${done.id}/rejects?limit=5`)
    assert.deepEqual([done.read, done.rejected], [read, rejected], JSON.stringify([done, rejects.items, mapping], undefined, 1))
    assert.equal(done.state, rejected > 0 ? 'partly' : 'succeeded')
    assert.ok(done.stored + done.made.entities > 0)
  })
