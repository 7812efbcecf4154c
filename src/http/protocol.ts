/** Protocol: what a standard must bring to be served. app.ts lists them; nothing else knows their names. */
import type { FastifyInstance } from 'fastify'
import type { Dataset } from '../model/dataset.ts'
import type { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Offer, Service } from '../service/service.ts'

export interface Protocol {
  /** In metrics and logs: "sensorthings". */
  readonly name: string
  /** Where it is mounted: "/sta/v1.1". Everything below it is the protocol's own. */
  readonly base: string
  /** Each dataset has a door of its own in it: /datasets/{slug}{base}. */
  readonly perDataset?: boolean
  /** It knows its callers by other means than accounts and tokens; whatever they send as Authorization is theirs. */
  readonly knowsItsCallers?: boolean
  /** Adds routes to a Fastify scope of its own (prefix, body parsers and hooks stay inside). Handlers may throw a Problem. */
  mount(app: FastifyInstance, service: Service): void
  /** The links it offers for a dataset. */
  readonly offers?: Offer
  /** Its own dialect of error body, if the standard asks for one; else RFC 9457. */
  readonly problem?: (problem: Problem, language: 'de' | 'en') => Dialect
}

export interface Dialect {
  /** Where the standard has another one than the kind of the problem. */
  readonly status?: number
  readonly type: string
  /** undefined: none is sent. */
  readonly body: unknown
}

/** What the server has found out before a handler runs. */
declare module 'fastify' {
  interface FastifyInstance {
    /** Where MQTT is spoken, as clients are told. */
    mqttAddresses: readonly string[]
  }
  interface FastifyRequest {
    who: Principal
    /** Public address up to, and without, the protocol's base: "https://x/t/nord" or "https://x/t/nord/datasets/luft". */
    root: string
    /** The dataset whose own door was used. */
    door: Dataset | undefined
    /** From Accept-Language; German when nothing is said. */
    language: 'de' | 'en'
  }
}
