/** config: the environment, read once, checked, frozen. The only file that sees process.env. Every fault is named at once. */
import { nextDue } from './model/cron.ts'
import { Problem } from './problem.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** The public address without a trailing slash, for links behind a proxy. */
  readonly url: string
  /** Folder of the built-in database, raw files and uploads. */
  readonly data: string
  /** Absent: the platform starts its own PostgreSQL under `data`. */
  readonly database: string | undefined
  readonly mqttPort: number | undefined
  /** Where MQTT is spoken over TLS, and the files in PEM it takes for that. */
  readonly mqttTls: Tls | undefined
  readonly mqttBroker: MqttBroker | undefined
  readonly adminToken: string | undefined
  readonly backup: Backups
  readonly log: Level
  /** Conformance tests only: whoever comes without a token is administrator. */
  readonly open: boolean
}

/** A broker of others, and the token with whose rights its messages are stored; without one nothing is taken from there. */
export interface MqttBroker {
  readonly url: URL
  readonly token: string | undefined
}

/** Where backups go, when, and which of them stay. */
export interface Backups {
  readonly to: string | undefined
  readonly passphrase: string | undefined
  /** When they are made, and when the newest is proven: five fields of cron, in German time. */
  readonly at: string
  readonly proofAt: string
  readonly keep: { readonly days: number; readonly weeks: number; readonly months: number }
}

export interface Tls {
  readonly port: number
  readonly certificate: string
  readonly key: string
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type Level = (typeof LEVELS)[number]

/** Reads ALLMENDE_* and DATABASE_URL. Throws one Problem that lists everything wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const port = portOf('ALLMENDE_PORT', env['ALLMENDE_PORT'] ?? '8080', faults) ?? 8080
  const host = env['ALLMENDE_HOST'] ?? '127.0.0.1'
  const mqttBroker = brokerOf(env, faults)
  const mqtt = env['ALLMENDE_MQTT_PORT'] ?? (mqttBroker === undefined ? '1883' : '')
  const config = {
    port,
    host,
    url: urlOf(env['ALLMENDE_URL'], `http://${isLoopback(host) || host === '0.0.0.0' ? 'localhost' : host}:${port}`, faults),
    data: env['ALLMENDE_DATA'] ?? './data',
    database: databaseOf(env['DATABASE_URL'], faults),
    mqttPort: mqtt === '' ? undefined : portOf('ALLMENDE_MQTT_PORT', mqtt, faults),
    mqttTls: tlsOf(env, faults),
    mqttBroker,
    adminToken: tokenOf(env['ALLMENDE_ADMIN_TOKEN'], faults),
    backup: backupsOf(env, faults),
    log: levelOf(env['ALLMENDE_LOG'] ?? 'info', faults),
    open: openOf(env['ALLMENDE_OPEN'], host, faults),
  }
  if (faults.length > 0) throw new Problem('unavailable', `The configuration is not usable:\n- ${faults.join('\n- ')}`)
  return Object.freeze(config)
}

function levelOf(text: string, faults: string[]): Level {
  const level = LEVELS.find((one) => one === text)
  if (level === undefined) faults.push(`ALLMENDE_LOG is “${text}”, not one of ${LEVELS.join(', ')}.`)
  return level ?? 'info'
}

function openOf(text: string | undefined, host: string, faults: string[]): boolean {
  if (text !== '1') return false
  if (!isLoopback(host)) faults.push('ALLMENDE_OPEN=1 opens everything to everyone and is refused unless ALLMENDE_HOST is loopback.')
  return true
}

function tokenOf(text: string | undefined, faults: string[]): string | undefined {
  if (text !== undefined && text.length < 32) faults.push('ALLMENDE_ADMIN_TOKEN has fewer than 32 characters.')
  return text
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function portOf(name: string, text: string, faults: string[]): number | undefined {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535 && text.trim() !== '') return port
  faults.push(`${name} is “${text}”, not a port between 0 and 65535.`)
  return undefined
}

/** Certificate and key go together, and the port with them. */
function tlsOf(env: Readonly<Record<string, string | undefined>>, faults: string[]): Tls | undefined {
  const { ALLMENDE_MQTT_TLS_CERT: certificate = '', ALLMENDE_MQTT_TLS_KEY: key = '', ALLMENDE_MQTT_TLS_PORT: port = '' } = env
  if (certificate === '' && key === '' && port === '') return undefined
  if (certificate === '' || key === '')
    faults.push('ALLMENDE_MQTT_TLS_CERT and ALLMENDE_MQTT_TLS_KEY name the files that MQTT over TLS needs: both.')
  return { port: portOf('ALLMENDE_MQTT_TLS_PORT', port === '' ? '8883' : port, faults) ?? 8883, certificate, key }
}

function backupsOf(env: Readonly<Record<string, string | undefined>>, faults: string[]): Backups {
  const { ALLMENDE_BACKUP: to = '', ALLMENDE_BACKUP_PASSPHRASE: passphrase = '' } = env
  const at = scheduleOf('ALLMENDE_BACKUP_AT', env['ALLMENDE_BACKUP_AT'] ?? '30 2 * * *', faults)
  const proofAt = scheduleOf('ALLMENDE_BACKUP_PROOF_AT', env['ALLMENDE_BACKUP_PROOF_AT'] ?? '0 5 * * 0', faults)
  const [days = 0, weeks = 0, months = 0] = keptIn(env['ALLMENDE_BACKUP_KEEP'] ?? '7 5 12', faults)
  if (passphrase !== '' && passphrase.length < 12) faults.push('ALLMENDE_BACKUP_PASSPHRASE has fewer than 12 characters.')
  const given = (text: string): string | undefined => (text === '' ? undefined : text)
  return { to: given(to), passphrase: given(passphrase), at, proofAt, keep: { days, weeks, months } }
}

function scheduleOf(name: string, text: string, faults: string[]): string {
  try {
    nextDue(text, 'Europe/Berlin')
  } catch {
    faults.push(`${name} is “${text}”, not a schedule of five fields such as “30 2 * * *” for half past two every night.`)
  }
  return text
}

function keptIn(text: string, faults: string[]): number[] {
  const numbers = text.trim().split(/\s+/)
  if (numbers.length !== 3 || !numbers.every((number) => /^\d{1,4}$/.test(number)))
    faults.push(`ALLMENDE_BACKUP_KEEP is “${text}”, not three numbers for days, weeks and months, as in “7 5 12”.`)
  return numbers.map(Number)
}

function brokerOf(env: Readonly<Record<string, string | undefined>>, faults: string[]): MqttBroker | undefined {
  const { ALLMENDE_MQTT_URL: text = '', ALLMENDE_MQTT_TOKEN: token = '' } = env
  if (text === '' && token !== '') faults.push('ALLMENDE_MQTT_TOKEN is of use only where ALLMENDE_MQTT_URL names a broker.')
  if (text === '') return undefined
  const url = URL.parse(text)
  // not quoted: there is a password in it
  if (url === null || !/^(mqtts?|wss?):$/.test(url.protocol) || url.hostname === '')
    faults.push('ALLMENDE_MQTT_URL is not an address of a broker: mqtt, mqtts, ws or wss, as in mqtts://user:password@host:8883.')
  return url === null ? undefined : { url, token: token === '' ? undefined : token }
}

function urlOf(text: string | undefined, fallback: string, faults: string[]): string {
  if (text === undefined) return fallback
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/+$/, '')
  faults.push(`ALLMENDE_URL is “${text}”, not an http or https address.`)
  return fallback
}

function databaseOf(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')) faults.push('DATABASE_URL is not a postgres:// address.')
  return text
}
