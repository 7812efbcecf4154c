/** source-door: the sources themselves: made, changed, removed; their options checked and their secrets sealed. */
import type { Intake, SourceCard, SourceWish } from '../govern/intake.ts'
import type { Ledger } from '../govern/ledger.ts'
import { digest, makeSecret } from '../govern/secret.ts'
import { mustManage, type SourceRow, type Sources, type SourceWrite } from '../govern/sources.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { allowHarvest } from '../service/keep-cards.ts'
import type { Service } from '../service/service.ts'
import { nextDue } from '../model/cron.ts'
import { connectorOf, type Works } from './execute.ts'
import { checkOptions, sealed, shown, unsealed, withOldSecrets, type Options } from './options.ts'
import { uploadOf } from './upload.ts'

type SourceDoor = Pick<Intake, 'sources' | 'source' | 'make' | 'change' | 'remove' | 'rotate'>

export function sourceDoor({ sources }: { readonly sources: Sources }, works: Works): SourceDoor {
  const { ledger } = works
  const cardOf = (row: SourceRow): SourceCard => sourceCard(row, works)
  return {
    sources: async (who) => (await sources.all(who)).map(cardOf),
    source: async (who, id) => cardOf(await sources.get(who, id)),
    async make(who, wish) {
      const row = await sources.make(who, await written(works, who, wish, undefined))
      await adopt(ledger, row)
      return cardOf(row)
    },
    async change(who, id, wish) {
      const old = await sources.get(who, id)
      const fresh = await written(works, who, { ...wishOf(old), ...wish }, old)
      const forget = wish.options !== undefined && JSON.stringify(fresh.options) !== JSON.stringify(old.options)
      if (forget) await ledger.raws.forgetDone(id)
      const row = await sources.change(who, id, fresh, forget)
      await adopt(ledger, row)
      return cardOf(row)
    },
    remove: (who, id) => sources.remove(who, id),
    async rotate(who, id) {
      const old = await sources.get(who, id)
      if (old.tokenHash === null)
        throw new Problem('conflict', { de: 'Diese Quelle nimmt keine Nachrichten an.', en: 'This source takes no messages.' })
      return cardOf(await sources.change(who, id, { ...old, ...newToken(works) }, false))
    },
  }
}

/** Throws unless `who` looks after it. */
export async function datasetOf(service: Service, who: Principal, slug: string): Promise<number> {
  const { id } = await service.card(who, slug, '')
  mustManage(who, id)
  return id
}

const dueOf = (schedule: string | null, zone: string): string | null => (schedule === null ? null : nextDue(schedule, zone))

function waits(): Problem {
  return new Problem(
    'invalid-body',
    { de: 'Diese Quelle wartet auf Nachrichten; sie hat keinen Zeitplan.', en: 'This source waits for messages; it has no schedule.' },
    { pointer: '/schedule' },
  )
}

/** What is written into the books: checked, with secrets sealed and the next time worked out. */
async function written(works: Works, who: Principal, wish: SourceWish, old: SourceRow | undefined): Promise<SourceWrite> {
  const connector = connectorOf(works.connectors, wish.connector)
  if (old !== undefined && old.connector !== wish.connector)
    throw new Problem(
      'conflict',
      { de: 'Der Konnektor einer Quelle kann nicht gewechselt werden.', en: 'The connector of a source cannot be changed.' },
      { pointer: '/connector' },
    )
  const given: Options = old === undefined ? wish.options : withOldSecrets(connector, wish.options, old.options)
  const { schedule = null, zone = 'Europe/Berlin', enabled = true, retention = 90, name } = wish
  if (schedule !== null && connector.mode === 'push') throw waits()
  const token = connector.mode !== 'push' ? { tokenHash: null, tokenSealed: null } : old === undefined ? newToken(works) : old
  const options = checkOptions(connector, unsealed(connector, given, works.seal))
  await connector.check?.(options)
  if (connector.catalogue === true) allowHarvest(who)
  return {
    dataset: await datasetOf(works.service, who, wish.dataset),
    name,
    connector: connector.name,
    options: sealed(connector, options, works.seal),
    schedule,
    zone,
    enabled,
    retention,
    tokenHash: token.tokenHash,
    tokenSealed: token.tokenSealed,
    due: enabled ? dueOf(schedule, zone) : null,
  }
}

function newToken({ seal }: Works): { readonly tokenHash: string; readonly tokenSealed: string } {
  const secret = makeSecret()
  return { tokenHash: digest(secret), tokenSealed: seal.close(secret) }
}

function wishOf({ name, connector, options, slug, schedule, zone, enabled, retention }: SourceRow): SourceWish {
  return { name, connector, options, dataset: slug, schedule, zone, enabled, retention }
}

/** The upload that a source reads is kept as long as the source. */
async function adopt(ledger: Ledger, { id, tenant, options }: SourceRow): Promise<void> {
  if (typeof options['upload'] === 'string') await ledger.raws.adoptRaw((await uploadOf(ledger, tenant, options['upload'])).id, id)
}

function sourceCard(row: SourceRow, { connectors, seal }: Works): SourceCard {
  const { id, name, connector, slug, schedule, zone, enabled, retention, due, created, modified, tokenSealed } = row
  return {
    id,
    name,
    connector,
    ...shown(
      connectors.find((one) => one.name === connector),
      row.options,
    ),
    dataset: slug,
    schedule,
    zone,
    enabled,
    retention,
    due,
    ...(tokenSealed === null ? {} : { door: `/in/${id}/${seal.open(tokenSealed)}` }),
    created,
    modified,
  }
}
