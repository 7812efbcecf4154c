/** Service: the one door to data. Protocols and connectors hold this and nothing beneath it. In every verb the rights join the question. */
import type { Dataset, Distribution } from '../model/dataset.ts'
import type { Draft } from '../model/draft.ts'
import type { Entity, Link } from '../model/entity.ts'
import type { Noun, Nouns } from '../model/noun.ts'
import type { Observation } from '../model/observation.ts'
import type { RecordNote } from '../model/record.ts'
import type { Series } from '../model/series.ts'
import type { Settings } from '../model/settings.ts'
import type { Instant } from '../model/time.ts'
import type { Problem } from '../problem.ts'
import type { Filter } from '../query/filter.ts'
import type {
  Aggregated,
  Aggregation,
  Found,
  Group,
  Grouping,
  KindCount,
  Page,
  Query,
  Summarised,
  Summary,
  Version,
} from '../query/query.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import type { Life, Turned } from './turn.ts'

export interface Service {
  /** The page a query asks for, of what `who` may read. */
  find<N extends Noun>(who: Principal, query: Query<N>): Promise<Page<N>>
  /** The one item; `not-found` when it is not there or may not be seen. */
  get<N extends Noun>(who: Principal, noun: N, id: number): Promise<Found<N>>
  /** All that match, fetched page by page at constant memory; `page.limit` bounds the total. */
  stream<N extends Noun>(who: Principal, query: Query<N>): AsyncIterable<Found<N>>
  /** Buckets of observations, ordered by series and time. */
  summarise(who: Principal, summary: Summary): Promise<readonly Summarised[]>
  /** Items counted and summarised in groups, by one statement. */
  group(who: Principal, grouping: Grouping): Promise<readonly Group[]>
  /** The same in periods that begin where the question says. */
  aggregate(who: Principal, aggregation: Aggregation): Promise<readonly Aggregated[]>
  /** Types and attributes of entities, counted. `kept` is the key under which a standard keeps what it says of them. */
  kinds(who: Principal, where: Filter, kept: string): Promise<readonly KindCount[]>
  /** What entities were before they were changed: at most `limit` versions of each, oldest first. */
  versions(who: Principal, entities: readonly number[], limit: number): Promise<readonly Version[]>

  /** Fresh ids, to be used in `record`; observations get theirs from their time. */
  ids(noun: 'dataset' | 'entity' | 'series', count: number): Promise<readonly number[]>
  observationId(time: string): Promise<number>
  /** New items that belong together: all or nothing, in one transaction. */
  record(who: Principal, batch: Batch): Promise<void>
  /** Observations into series that exist. Those that arrive together share a commit; each fails alone. Answers the id, or the problem. */
  append(who: Principal, observations: readonly NewObservation[]): Promise<readonly (number | Problem)[]>
  /** One item changed under a lock: `change` gets what is stored and answers what shall be. `links` replaces links by name; `names` says which, where none may be left. */
  amend<N extends Noun>(
    who: Principal,
    noun: N,
    id: number,
    change: (old: Nouns[N]) => Nouns[N],
    links?: readonly Link[],
    names?: readonly string[],
  ): Promise<Nouns[N]>
  /** The life of a dataset moved on under a lock by whoever may `verb` it: `step` gets what is stored and answers what shall be. The only way to another state. */
  turn(who: Principal, verb: Verb, dataset: number, step: (life: Life) => Turned): Promise<Life>
  /** Deletes what matches, and what hangs on it. Answers how many of the noun went. */
  remove(who: Principal, noun: Noun, where: Filter): Promise<number>
  /** What a source says, found or made by natural keys in one dataset. A draft that fails is answered by its position; the others are kept. */
  keep(who: Principal, dataset: number, drafts: readonly Draft[]): Promise<Kept>
  /** The observed properties behind attributes of a dataset, and the sensor that nobody named: found or made. */
  observed(who: Principal, dataset: number, properties: readonly ObservedProperty[]): Promise<Observed>
  /** What `keep` would change, without changing it. */
  compare(who: Principal, dataset: number, drafts: readonly Draft[]): Promise<Kept>

  /** Several verbs in one transaction: all or nothing. `work` may run again, so it must not have other effects. */
  together<T>(work: (service: Service) => Promise<T>): Promise<T>

  /** Now: tells of a change whether it is from later, that is, whether it could not be seen yet. */
  moment(): Promise<Since>
  /** What changes from now on, as it is committed and in batches, of what `who` may read. Ends when the signal aborts; `begun` tells that nothing is missed any more. */
  watch(who: Principal, where: Filter, signal: AbortSignal, begun?: () => void): AsyncIterable<readonly Change[]>

  /** Reads on where the reader of this name stopped, on whatever node; undefined while another node does. */
  reader(name: string): Promise<Reader | undefined>

  /** A dataset by its slug, remembered; `not-found` when it is not there or its card may not be seen. */
  dataset(who: Principal, slug: string): Promise<Dataset>
  /** The same; `forbidden` for whoever may see the card alone. */
  door(who: Principal, slug: string): Promise<Dataset>
  /** Whoever asks, with the rights of this moment: for what goes on after the request. Throws `unauthenticated` when they have none any more. */
  renew(who: Principal): Promise<Principal>
  /** A dataset by its slug, with the links that every protocol offers for it. `base` is the public address of the tenant. */
  card(who: Principal, slug: string, base: string): Promise<Card>
  /** The cards of a page of datasets, in a constant number of statements. */
  cards(who: Principal, query: Query<'dataset'>, base: string): Promise<Cards>
  /** How much is in datasets that the caller has already been allowed to see. */
  counts(datasets: readonly number[]): Promise<ReadonlyMap<number, Counts>>
  /** The dataset that takes what is written at the tenant's root. */
  home(who: Principal): Promise<number>
  /** What the tenant has decided about what is written to it. */
  settings(who: Principal): Promise<Settings>
  /** For its administrators; what is not said stays. */
  configure(who: Principal, change: Partial<Settings>): Promise<Settings>
}

export interface Batch {
  readonly datasets?: readonly Dataset[]
  readonly entities?: readonly Entity[]
  readonly links?: readonly Link[]
  readonly series?: readonly Series[]
  readonly observations?: readonly Observation[]
}

export type NewObservation = Omit<Observation, 'id' | 'dataset' | 'inParts' | 'names'> & {
  readonly id?: number
  /** What its series must be: of one piece, of parts, or of tasks; absent: either of the first two. */
  readonly of?: 'whole' | 'parts' | 'task'
  /** Its standard lets values change their type from one to the next. */
  readonly anyType?: boolean
}

export interface Kept {
  readonly entities: { readonly made: number; readonly amended: number }
  readonly series: { readonly made: number }
  readonly observations: { readonly stored: number; readonly skipped: number; readonly replaced: number }
  /** Of another catalogue. */
  readonly records: readonly RecordNote[]
  readonly failed: readonly { readonly position: number; readonly problem: Problem }[]
}

/** By the term of the attribute, unique in its dataset. */
export interface ObservedProperty {
  readonly attribute: string
  readonly name: string
  readonly definition: string
}

export interface Observed {
  readonly properties: ReadonlyMap<string, number>
  readonly sensor: number
}

/** A reader of all that changes, in all tenants, that outlives the process. */
export interface Reader {
  /** The next changes; none when the signal aborts. The same again until they are `done`. Throws when another node has taken over. */
  next(signal: AbortSignal): Promise<readonly Change[]>
  done(): Promise<void>
  /** Lets another node go on at once. */
  release(): Promise<void>
}

export interface Change {
  readonly id: string
  readonly tenant: number
  readonly noun: Noun
  readonly verb: 'made' | 'changed' | 'removed'
  readonly items: readonly number[]
  readonly dataset: number
  /** When it was written: for `Since` to tell. */
  readonly moment: number
  /** When the transaction that wrote it began. */
  readonly at: Instant
}

export type Since = (moment: number) => boolean

export interface Counts {
  readonly entities: number
  readonly series: number
  readonly observations: number
}

export type Card = Dataset & { readonly distributions: readonly Distribution[] }

export type Cards = Omit<Page<'dataset'>, 'items'> & { readonly items: readonly Card[] }

/** What a protocol offers for a dataset; the catalogue collects them from every protocol. `base` ends without a slash. */
export type Offer = (dataset: Dataset, base: string) => readonly Distribution[]
