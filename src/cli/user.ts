/** user: people from the command line, for the first steps and for emergencies: a lost password, a blocked account. */
import { Command } from 'commander'
import { accountNamed, withPeople } from './people.ts'
import { askSecret, inWords, line, say, table } from './terminal.ts'

interface Options {
  readonly tenant?: string
  readonly name?: string
  readonly admin?: boolean
}

const PASSWORD = { de: 'Passwort', en: 'Password' }

export function userCommand(): Command {
  const user = new Command('user').description(inWords({ de: 'Personen und ihre Konten', en: 'people and their accounts' }))
  const each = (name: string, de: string, en: string): Command =>
    user
      .command(name)
      .description(inWords({ de, en }))
      .option('--tenant <slug>', inWords({ de: 'Mandant', en: 'tenant' }))

  each('list', 'zeigt alle Konten', 'lists all accounts').action(list)
  each(
    'add <email>',
    'legt ein Konto an; das Passwort wird gefragt oder von der Standardeingabe gelesen',
    'makes an account; the password is asked for or read from standard input',
  )
    .requiredOption('--name <name>', inWords({ de: 'Vor- und Nachname', en: 'full name' }))
    .option('--admin', inWords({ de: 'darf alles verwalten', en: 'administers everything' }))
    .action(add)
  each('password <email>', 'setzt ein neues Passwort und beendet alle Anmeldungen', 'sets a new password and ends every session').action(
    password,
  )
  each('disable <email>', 'sperrt ein Konto', 'blocks an account').action((email: string, options: Options) => block(email, true, options))
  each('enable <email>', 'gibt ein Konto wieder frei', 'unblocks an account').action((email: string, options: Options) =>
    block(email, false, options),
  )
  each('remove <email>', 'löscht ein Konto', 'deletes an account').action(remove)
  return user
}

async function list({ tenant }: Options): Promise<void> {
  const accounts = await withPeople(tenant, (people, who) => people.accounts.of(who))
  const head = [
    inWords({ de: 'E-Mail', en: 'e-mail' }),
    'Name',
    inWords({ de: 'Rolle', en: 'role' }),
    inWords({ de: 'Stand', en: 'state' }),
  ]
  const rows = accounts.map(({ email, name, admin, disabled }) => [
    email,
    name,
    admin ? 'Administration' : '',
    disabled ? inWords({ de: 'gesperrt', en: 'blocked' }) : '',
  ])
  line(table([head, ...rows]))
}

async function add(email: string, { tenant, name = '', admin = false }: Options): Promise<void> {
  const secret = await askSecret(PASSWORD)
  const made = await withPeople(tenant, (people, who) => people.accounts.add(who, { email, name, admin, password: secret }))
  say({ de: `Konto ${made.email} angelegt.`, en: `Account ${made.email} made.` })
}

async function password(email: string, { tenant }: Options): Promise<void> {
  const secret = await askSecret(PASSWORD)
  await withPeople(tenant, async (people, who) => {
    const account = await accountNamed(people, who, email)
    await people.accounts.change(who, account.id, { password: secret })
  })
  say({ de: `Neues Passwort für ${email} gesetzt.`, en: `New password for ${email} set.` })
}

async function block(email: string, disabled: boolean, { tenant }: Options): Promise<void> {
  await withPeople(tenant, async (people, who) => {
    const account = await accountNamed(people, who, email)
    await people.accounts.change(who, account.id, { disabled })
  })
  say(
    disabled
      ? { de: `${email} ist gesperrt.`, en: `${email} is blocked.` }
      : { de: `${email} ist wieder frei.`, en: `${email} is unblocked.` },
  )
}

async function remove(email: string, { tenant }: Options): Promise<void> {
  await withPeople(tenant, async (people, who) => people.accounts.remove(who, (await accountNamed(people, who, email)).id))
  say({ de: `Konto ${email} gelöscht.`, en: `Account ${email} deleted.` })
}
