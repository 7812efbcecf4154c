/** hold-database: starts the built-in database over the folder it is given, prints its address, and stays. */
import { startEmbedded } from '../../src/store/embedded.ts'
import { Problem } from '../../src/problem.ts'

try {
  const database = await startEmbedded(process.argv[2] ?? '')
  process.once('SIGTERM', () => void database.stop())
  console.log(database.url)
  const alive = setInterval(() => undefined, 1 << 30)
  process.once('SIGTERM', () => clearInterval(alive))
} catch (error) {
  console.log(error instanceof Problem ? error.in('de') : error)
  process.exitCode = 1
}
