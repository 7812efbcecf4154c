/** password: which passwords are good enough, and how they are kept and compared. */
import { hash, verify } from '@node-rs/argon2'
import { Problem } from '../problem.ts'

const SHORTEST = 12
/** Longer ones only make the hash slow. */
const LONGEST = 256
const FEWEST_DIFFERENT = 5

/** OWASP's first choice for argon2id, which is the algorithm when none is named. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What most people take when twelve characters are asked for, without what is commonly added at the end. */
const COMMON = new Set(
  `password passwort passwortpasswort passwordpassword kennwort geheim geheimgeheim geheimnis hallo hallowelt willkommen welcome
   administrator admin adminadmin allmende sommer winter fruehling frühling herbst schatz schatzi ichliebedich iloveyou
   letmein qwertz qwertzuiop qwertzuiopü qwertzuiopasdf qwerty qwertyuiop asdfghjkl asdfasdf yxcvbnm stadtverwaltung
   gemeinde rathaus buergermeister bürgermeister deutschland fussball fußball dragon monkey master sunshine princess
   starwars superman batman passw0rd p@ssw0rd p@ssword changeme aenderemich ändermich startpasswort initialpasswort testtest test`.split(
    /\s+/,
  ),
)
const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiopasdfghjklyxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
]

/** Throws `invalid-body` when the password is too easy to guess. `known` are words that belong to the person: address, name. */
export function checkPassword(password: string, known: readonly string[], pointer = '/password'): void {
  const fault = faultOf(normal(password), known)
  if (fault !== undefined) throw new Problem('invalid-body', fault, { pointer })
}

function faultOf(password: string, known: readonly string[]): { de: string; en: string } | undefined {
  const length = Array.from(password).length
  if (length < SHORTEST)
    return { de: `Das Passwort braucht mindestens ${SHORTEST} Zeichen.`, en: `The password needs at least ${SHORTEST} characters.` }
  if (length > LONGEST)
    return { de: `Das Passwort darf höchstens ${LONGEST} Zeichen haben.`, en: `The password may have at most ${LONGEST} characters.` }
  const plain = password.toLowerCase()
  if (known.flatMap(wordsOf).some((word) => plain === word || coreOf(plain) === word))
    return {
      de: 'Das Passwort darf nicht aus Ihrer E-Mail-Adresse oder Ihrem Namen bestehen.',
      en: 'The password must not be your e-mail address or name.',
    }
  if (isCommon(plain)) return { de: 'Dieses Passwort ist zu leicht zu erraten.', en: 'This password is too easy to guess.' }
  return undefined
}

function wordsOf(known: string): string[] {
  const plain = normal(known).toLowerCase()
  return [plain, plain.replace(/@.*$/, ''), plain.replaceAll(/\s+/g, '')].filter((word) => word !== '')
}

function isCommon(plain: string): boolean {
  return (
    new Set(plain).size < FEWEST_DIFFERENT ||
    COMMON.has(plain) ||
    COMMON.has(coreOf(plain)) ||
    RUNS.some((run) => run.includes(coreOf(plain) || plain))
  )
}

/** Without the digits and signs at both ends. */
function coreOf(plain: string): string {
  return plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

/** The same characters typed on another machine are the same password. */
function normal(password: string): string {
  return password.normalize('NFKC')
}

export function hashPassword(password: string): Promise<string> {
  return hashing(() => hash(normal(password), COST))
}

/** Of a password that nobody knows, at the same cost: compared with when there is no account, so that the answer takes as long. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$rhrwQ82MVttrwFoqtGEpgQ$WkRZB8HotWdE6L0GmZywBt6ouud+D37X/TJabh8WBWA'

/** Whether it is the password; with no hash it never is, after the same time. */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  const right = await hashing(() => verify(kept ?? NOBODY, normal(password).slice(0, LONGEST)))
  return right && kept !== undefined
}

/** Each hash takes 19 MB and a core for a while: more at once would starve everyone else. */
const AT_ONCE = 2
const WAITING = 64
let running = 0
const waiting: (() => void)[] = []

async function hashing<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING)
      throw new Problem('busy', {
        de: 'Zu viele Anmeldungen zugleich. Bitte versuchen Sie es gleich noch einmal.',
        en: 'Too many sign-ins at once. Please try again shortly.',
      })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
