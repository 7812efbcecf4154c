/** all: runs every *.test.ts in one process, but for the rooms browser and faults, which are asked for by `--room`; words narrow by file name. */
import { after, test } from 'node:test'
import { stopTestDatabase } from './support/database.ts'
import { filesBelow } from './support/files.ts'

const APART = ['browser', 'faults']

const words = process.argv.slice(2)
const at = words.indexOf('--room')
const room = at === -1 ? undefined : words.splice(at, 2)[1]
const chosen = filesBelow('test', '.test.ts')
  .filter((file) => (room === undefined ? !APART.some((apart) => file.startsWith(`test/${apart}/`)) : file.startsWith(`test/${room}/`)))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))

if (chosen.length === 0) {
  console.error(`No test file matches ${process.argv.slice(2).join(' ')}.`)
  process.exit(1)
}
// a test a file, so that what a file prepares is there for its own tests, and for as long as they run
for (const file of chosen) await test(file, async () => void (await import(new URL(`../${file}`, import.meta.url).href)))
after(stopTestDatabase)
