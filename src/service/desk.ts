/** desk: what the service works with, handed to each of its verbs. */
import type { Ids, Partitions } from '../store/ids.ts'
import type { Store } from '../store/pool.ts'
import type { Directory } from './directory.ts'
import type { Writer } from './writer.ts'

export interface Desk {
  readonly store: Store
  readonly ids: Ids
  readonly partitions: Partitions
  readonly directory: Directory
  readonly writer: Pick<Writer, 'write'>
}
