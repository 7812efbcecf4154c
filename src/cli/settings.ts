/** settings: the environment as the command line takes it, and the database that it leads to. */
import { readConfig, type Config } from '../config.ts'
import { Problem } from '../problem.ts'
import { runningEmbedded, startEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/migrate.ts'
import { openDatabase, type Database } from '../store/pool.ts'
import { BadSettings } from './exit.ts'
import { inWords } from './terminal.ts'

export function settings(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof Problem) throw new BadSettings(inWords(error.said), { cause: error })
    throw error
  }
}

/** The settings for a command beside a platform that may be running over the same folder: its database is used, not started again. */
export async function besides(config: Config): Promise<Config> {
  return config.database === undefined ? { ...config, database: await runningEmbedded(config.data) } : config
}

/** Opens the database alone, without the platform; what was started for it is stopped again. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withAddress(async (url) => {
    const database = await openDatabase(url, 2)
    try {
      await migrate(database)
      return await work(database)
    } finally {
      await database.close()
    }
  })
}

/** The same, for work that brings connections of its own. */
export async function withAddress<T>(work: (url: string, config: Config) => Promise<T>): Promise<T> {
  const config = await besides(settings())
  const own = config.database === undefined ? await startEmbedded(config.data) : undefined
  try {
    return await work(config.database ?? own?.url ?? '', config)
  } finally {
    await own?.stop()
  }
}
