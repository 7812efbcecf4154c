/** token: keys for machines from the command line. The key itself goes to standard output, once. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { idsOf } from '../protocols/admin/dataset-names.ts'
import { VERBS, type Verb } from '../rights/principal.ts'
import { withPeople } from './people.ts'
import { inWords, line, say, table } from './terminal.ts'

interface Options {
  readonly tenant?: string
  readonly verbs: readonly Verb[]
  readonly dataset?: readonly string[]
  readonly home?: string
  readonly days?: number
}

export function tokenCommand(): Command {
  const token = new Command('token').description(
    inWords({ de: 'Zugangsschlüssel für Geräte und Programme', en: 'keys for devices and programs' }),
  )
  const each = (name: string, de: string, en: string): Command =>
    token
      .command(name)
      .description(inWords({ de, en }))
      .option('--tenant <slug>', inWords({ de: 'Mandant', en: 'tenant' }))

  each('list', 'zeigt alle gültigen Schlüssel', 'lists all keys that are good').action(list)
  each('add <name>', 'macht einen Schlüssel und gibt ihn einmal aus', 'makes a key and prints it once')
    .addOption(
      new Option('--verbs <verbs...>', inWords({ de: 'was er darf', en: 'what it may do' })).choices(VERBS).default(['read', 'append']),
    )
    .option('--dataset <slugs...>', inWords({ de: 'gilt nur für diese Datensätze', en: 'good for these datasets only' }))
    .option(
      '--home <slug>',
      inWords({ de: 'Datensatz, in den er schreibt, wenn keiner genannt ist', en: 'dataset it writes into when none is named' }),
    )
    .option('--days <number>', inWords({ de: 'läuft nach so vielen Tagen ab', en: 'expires after so many days' }), daysOf)
    .action(add)
  each('revoke <id>', 'widerruft einen Schlüssel', 'revokes a key').action(revoke)
  return token
}

function daysOf(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days > 0 && days <= 36_500) return days
  throw new InvalidArgumentError(inWords({ de: 'Eine Zahl von Tagen wird erwartet.', en: 'A number of days is expected.' }))
}

async function list({ tenant }: Options): Promise<void> {
  const tokens = await withPeople(tenant, (people, who) => people.tokens.of(who))
  const head = ['id', 'prefix', 'name', 'verbs', inWords({ de: 'läuft ab', en: 'expires' }), inWords({ de: 'zuletzt', en: 'used' })]
  line(
    table([
      head,
      ...tokens.map(({ id, prefix, name, verbs, expires, used }) => [
        String(id),
        prefix,
        name,
        verbs.join(','),
        dayOf(expires),
        dayOf(used),
      ]),
    ]),
  )
}

function dayOf(instant: string | null): string {
  return instant?.slice(0, 10) ?? '–'
}

async function add(name: string, { tenant, verbs, dataset, home, days }: Options): Promise<void> {
  const made = await withPeople(tenant, async (people, who, open) => {
    const slugs = [...(dataset ?? []), ...(home === undefined ? [] : [home])]
    const ids = slugs.length === 0 ? new Map<string, number>() : await idsOf(await open(), who, slugs, '')
    const datasets = dataset?.flatMap((slug) => ids.get(slug) ?? [])
    const homeId = home === undefined ? undefined : ids.get(home)
    return people.tokens.make(who, {
      name,
      verbs,
      ...(datasets === undefined ? {} : { datasets }),
      ...(homeId === undefined ? {} : { home: homeId }),
      ...(days === undefined ? {} : { expires: new Date(Date.now() + days * 86_400_000).toISOString() }),
    })
  })
  say({ de: 'Dieser Schlüssel wird nur jetzt gezeigt:', en: 'This key is shown only now:' })
  line(made.token)
}

async function revoke(id: string, { tenant }: Options): Promise<void> {
  await withPeople(tenant, (people, who) => people.tokens.revoke(who, Number(id)))
  say({ de: `Schlüssel ${id} ist widerrufen.`, en: `Key ${id} is revoked.` })
}
