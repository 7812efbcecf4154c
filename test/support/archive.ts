/** archive: the files of a zip archive that a test has in memory. */
import { buffer } from 'node:stream/consumers'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

export async function unzipped(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await new Promise<ZipFile>((done, failed) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? failed(error) : done(opened)))
  })
  const files = new Map<string, string>()
  await new Promise<void>((done, failed) => {
    zip.on('error', failed).on('end', done)
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return failed(error)
        buffer(stream).then((content) => {
          files.set(entry.fileName, content.toString())
          zip.readEntry()
        }, failed)
      })
    })
    zip.readEntry()
  })
  return files
}
