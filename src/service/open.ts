/** open: the service over a database. */
import { CHANGED } from '../store/insert.ts'
import { Ids, Partitions } from '../store/ids.ts'
import { isAfter, lastMark } from '../store/changes.ts'
import { countsOf } from '../store/extent.ts'
import type { Database } from '../store/pool.ts'
import { append } from './append.ts'
import type { Desk } from './desk.ts'
import { card, cards, datasetOf, doorOf } from './catalogue.ts'
import { Directory } from './directory.ts'
import { find, get, stream } from './find.ts'
import { home } from './home.ts'
import { compare, keep, observed } from './keep.ts'
import { Outbox } from './outbox.ts'
import { readerOf } from './reader.ts'
import { amend, record, remove } from './record.ts'
import type { Offer, Service } from './service.ts'
import { itself, type Renew } from './renew.ts'
import { configure } from './settings.ts'
import { aggregate, group, kinds, summarise, versions } from './summaries.ts'
import { Together } from './together.ts'
import { turn } from './turn.ts'
import { watch } from './watch.ts'
import { Writer } from './writer.ts'

/** `renew` looks up anew the rights of whoever asks for something that goes on. */
export async function openService(database: Database, offers: readonly Offer[], renew: Renew = itself): Promise<Service> {
  const ids = new Ids(database)
  const directory = new Directory(database)
  const desk: Desk = { store: database, ids, partitions: new Partitions(database), directory, writer: new Writer(database) }
  const outbox = new Outbox(database)
  await database.listen(CHANGED, (noun) => {
    directory.forget(noun)
    if (noun === 'tenant' || noun === undefined) ids.forget()
  })
  const around: Around = { database, outbox, offers, renew, together: new Together(database, desk) }
  return serviceOf(desk, around)
}

/** What stays the same inside a transaction of several verbs. */
interface Around {
  readonly database: Database
  readonly outbox: Outbox
  readonly offers: readonly Offer[]
  readonly renew: Renew
  readonly together: Together
}

function serviceOf(desk: Desk, around: Around): Service {
  const { store, ids, directory } = desk
  const service: Service = {
    find: (who, query) => find(store, who, query, directory),
    get: (who, noun, id) => get(store, who, noun, id),
    stream: (who, query) => stream(store, who, query, { directory, renew: around.renew }),
    summarise: (who, summary) => summarise(store, who, summary),
    group: (who, grouping) => group(store, who, grouping, directory),
    aggregate: (who, aggregation) => aggregate(store, who, aggregation),
    kinds: (who, where, kept) => kinds(store, who, where, kept),
    versions: (who, entities, limit) => versions(store, who, entities, limit),
    ids: (noun, count) => ids.take(noun, count),
    observationId: async (time) => (await ids.forTimes([time]))[0] ?? 0,
    record: (who, batch) => record(desk, who, batch),
    append: (who, observations) => append(desk, who, observations),
    amend: (who, noun, id, change, links, names) => amend(desk, who, noun, id, change, links, names),
    turn: (who, verb, dataset, step) => turn(desk, who, verb, dataset, step),
    remove: (who, noun, where) => remove(desk, who, noun, where),
    keep: (who, dataset, drafts) => keep(desk, who, dataset, drafts),
    observed: (who, dataset, properties) => observed(desk, who, dataset, properties),
    compare: (who, dataset, drafts) => compare(desk, who, dataset, drafts),
    together: (work) => (store === around.database ? around.together.run((within) => work(serviceOf(within, around))) : work(service)),
    moment: async () => isAfter(await lastMark(store)),
    watch: (who, where, signal, begun) => watch({ desk, outbox: around.outbox, renew: around.renew }, who, where, signal, begun),
    reader: (name) => readerOf(around.database, name),
    dataset: (who, slug) => datasetOf(desk, who, slug),
    door: (who, slug) => doorOf(desk, who, slug),
    renew: async (who) => around.renew(who),
    card: (who, slug, base) => card({ store: around.database, directory }, who, slug, base, around.offers),
    cards: (who, query, base) => cards({ store: around.database, directory }, who, query, base, around.offers),
    counts: (datasets) => countsOf(store, datasets),
    home: (who) => home(desk, who),
    settings: (who) => directory.settings(who.tenant),
    configure: (who, change) => configure(desk, who, change),
  }
  return service
}
