/** sign-in: from mail address and password to a session, slower with every wrong guess, and silent on whether an account exists. */
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { passwordOf } from '../store/accounts.ts'
import { countAttempt, forgetAttempts, uncountAttempt } from '../store/attempts.ts'
import type { Store } from '../store/pool.ts'
import { normalEmail } from './accounts.ts'
import { isPassword } from './password.ts'
import { digest } from './secret.ts'

export interface Attempt {
  readonly tenant: number
  readonly email: string
  readonly password: string
  /** Network address it comes from. */
  readonly address: string
}

/** Of one account from one address. */
const GUESSES = { free: 5, longest: 900 }
/** From one address, whatever the account. A whole town hall may share it, so it is never shut for long. */
const SPRAYS = { free: 50, longest: 60 }

/** The account's id. Throws `unauthenticated`, or `busy` after too many wrong guesses. */
export async function checkSignIn(store: Store, attempt: Attempt): Promise<number> {
  const { tenant, password, address } = attempt
  const email = normalEmail(attempt.email)
  const guesses = digest(`${tenant}\n${email}\n${address}`)
  const sprays = digest(`${tenant}\n\n${address}`)
  const wait = (await countAttempt(store, guesses, GUESSES)) || (await countAttempt(store, sprays, SPRAYS))
  if (wait > 0) throw tooMany(wait)
  const account = await passwordOf(store, tenant, email)
  const right = await isPassword(account?.password, password)
  observe({ saw: 'sign-in', account: account?.id, succeeded: right })
  if (!right || !account)
    throw new Problem('unauthenticated', {
      de: 'E-Mail-Adresse oder Passwort ist nicht richtig.',
      en: 'The e-mail address or the password is not right.',
    })
  await Promise.all([forgetAttempts(store, guesses), uncountAttempt(store, sprays)])
  return account.id
}

function tooMany(seconds: number): Problem {
  return new Problem('busy', {
    de: `Zu viele Anmeldeversuche. Bitte warten Sie ${seconds === 1 ? 'eine Sekunde' : `${seconds} Sekunden`}.`,
    en: `Too many attempts to sign in. Please wait ${seconds === 1 ? 'one second' : `${seconds} seconds`}.`,
  })
}
