/** intake: the door of this room: sources, runs, previews and pushed messages, for whoever may ask. */
import { join } from 'node:path'
import type { DetectWish, Intake, Message, Preview, PreviewWish } from '../govern/intake.ts'
import type { Ledger } from '../govern/ledger.ts'
import { openSeal } from '../govern/seal.ts'
import { mustManageAny, type Sources } from '../govern/sources.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import type { Allowed } from './address.ts'
import type { Connector } from './connector.ts'
import { detect } from './detect.ts'
import { fetchDocument, postDocument, type Document } from './document.ts'
import { inTime } from './in-time.ts'
import { connectorOf, type Works } from './execute.ts'
import { openOutbound } from './fetch.ts'
import { checkOptions, unsealed, withOldSecrets } from './options.ts'
import { outgoingDoor } from './outgoing-door.ts'
import { compared, look } from './preview.ts'
import { openInbox } from './push.ts'
import { openRawFiles, rawOf } from './raw.ts'
import { keepRaw, liveReach } from './reach.ts'
import type { Budget } from './run.ts'
import { runDoor } from './run-door.ts'
import { nodeName, openSchedule } from './schedule.ts'
import { datasetOf, sourceDoor } from './source-door.ts'
import { uploadName, uploadOf } from './upload.ts'

export interface Around {
  readonly service: Service
  readonly sources: Sources
  readonly ledger: Ledger
  readonly connectors: readonly Connector[]
  /** Folder of raw files, watched folders and the key of secrets. */
  readonly data: string
  readonly allowed: Allowed
  readonly budget?: Budget
}

export interface Ingest extends Intake {
  /** Shares the work with other nodes through PostgreSQL, and lets the clock run. Until then runs are done in this process. */
  start(url: string, schema: string): Promise<void>
  /** A small text from outside, for whoever may name an address. */
  document(address: string, accept: string): Promise<Document>
  /** Posts a text to an address, once, and throws when it is not taken within so many milliseconds. */
  post(address: string, headers: Readonly<Record<string, string>>, body: string, patience: number): Promise<void>
  /** What the clock does every few seconds. */
  tick(): Promise<void>
  /** Runs under way go back into the queue at their cursor. */
  close(): Promise<void>
}

const LARGEST_UPLOAD = 8 * 1024 * 1024 * 1024
/** Days that an upload waits for a source to use it, and that payloads of a preview are kept. */
const UPLOAD_DAYS = 7
const PREVIEW_DAYS = 1
const PREVIEW_TIME = 60_000

export function openIntake(around: Around): Ingest {
  const { service, ledger, connectors, data } = around
  const seal = openSeal(data)
  const reachable = outgoingDoor(ledger)
  const outbound = openOutbound({ hosts: () => reachable.hosts(), ...around.allowed })
  const works: Works = {
    service,
    ledger,
    seal,
    connectors,
    outbound,
    files: openRawFiles(join(data, 'raw')),
    incoming: join(data, 'incoming'),
    node: nodeName(),
    ...(around.budget === undefined ? {} : { budget: around.budget }),
  }
  const inbox = openInbox(works)
  const schedule = openSchedule(works, (source) => inbox.drain(source))
  return {
    ...runDoor(around, schedule),
    ...sourceDoor(around, works),
    outgoing: reachable.outgoing,
    allowOutgoing: reachable.allowOutgoing,
    connectors: () => connectors.map(({ name, title, mode, options }) => ({ name, title, mode, options })),
    upload: (who, file) => upload(works, who, file),
    detect: async (who, wish) => {
      mustManageAny(who)
      return detectIn(works, who, wish)
    },
    preview: (who, wish) => preview(around, works, who, wish),

    push: (source, secret, message) => inbox.accept(source, secret, message),

    document: (address, accept) => fetchDocument(outbound, address, accept),
    post: (address, headers, body, patience) => postDocument(outbound, address, { method: 'POST', headers, body }, patience),
    start: (url, schema) => schedule.share(url, schema),
    tick: () => schedule.tick(),
    async close() {
      await schedule.close()
      await inbox.close()
      await outbound.close()
    },
  }
}

async function upload(works: Works, who: Principal, file: Message): ReturnType<Intake['upload']> {
  mustManageAny(who)
  const { name, type, bytes } = file
  const about = { tenant: who.tenant, by: who.id, name, days: UPLOAD_DAYS, ...(type === undefined ? {} : { type }) }
  const { id, size, hash } = await keepRaw(works, bytes, about, LARGEST_UPLOAD)
  return { upload: uploadName({ id, hash }), name, size, hash }
}

async function detectIn(works: Works, who: Principal, { upload: id, url, options }: DetectWish): Promise<unknown> {
  if (id !== undefined) return detect(rawOf(await uploadOf(works.ledger, who.tenant, id), works.files), options)
  if (url === undefined)
    throw new Problem('invalid-body', { de: 'Es fehlt „upload“ oder „url“.', en: '“upload” or “url” is missing.' }, { pointer: '/upload' })
  return inTime(PREVIEW_TIME, async (signal) => detect(await liveReach(works, briefly(who), signal).fetch(url), options))
}

function briefly(who: Principal): Parameters<typeof liveReach>[1] {
  return { tenant: who.tenant, source: undefined, run: undefined, days: PREVIEW_DAYS }
}

async function preview({ service, sources }: Around, works: Works, who: Principal, wish: PreviewWish): Promise<Preview> {
  mustManageAny(who)
  const connector = connectorOf(works.connectors, wish.connector)
  const source = wish.source === undefined ? undefined : await sources.get(who, wish.source)
  const given = source === undefined ? wish.options : withOldSecrets(connector, wish.options, source.options)
  const options = unsealed(connector, checkOptions(connector, given), works.seal)
  await connector.check?.(options)
  const dataset = wish.dataset === undefined ? undefined : await datasetOf(service, who, wish.dataset)
  const input =
    typeof options['upload'] === 'string' ? rawOf(await uploadOf(works.ledger, who.tenant, options['upload']), works.files) : undefined
  const limit = Math.min(Math.max(wish.limit ?? 20, 1), 500)
  const seen = await inTime(PREVIEW_TIME, (signal) =>
    look({ connector, options, input, reach: liveReach(works, briefly(who), signal), limit, dataset, signal }),
  )
  if (dataset !== undefined) return compared(service, who, dataset, seen)
  const { all: _all, ...shownOnly } = seen
  return shownOnly
}
