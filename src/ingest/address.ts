/** address: which addresses may be called: those that anyone on the internet could reach, and those that were allowed by name. */
import { BlockList, isIP } from 'node:net'
import { Problem } from '../problem.ts'

export interface Allowed {
  /** Host names and addresses that may be called although they are not public: "sensor.stadtwerke.internal", "10.1.2.3". */
  readonly hosts?: () => Promise<readonly string[]>
  /** Conformance tests only. */
  readonly loopback?: boolean
  /** How names are resolved; tests answer in place of the DNS. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
] as const) PRIVATE.addSubnet(net, bits, 'ipv4') // prettier-ignore
/** Only 2000::/3 is public, and in it neither Teredo, documentation nor 6to4, which may lead to anything. */
const PUBLIC6 = new BlockList()
PUBLIC6.addSubnet('2000::', 3, 'ipv6')
const PRIVATE6 = new BlockList()
for (const [net, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) PRIVATE6.addSubnet(net, bits, 'ipv6') // prettier-ignore
const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether anyone on the internet could reach this address; what is no address is not public. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !PRIVATE.check(address, 'ipv4')
  return family === 6 && PUBLIC6.check(address, 'ipv6') && !PRIVATE6.check(address, 'ipv6')
}

export async function mayCall(host: string, address: string, allowed: Allowed): Promise<boolean> {
  if (isPublic(address)) return true
  const hosts = (await allowed.hosts?.()) ?? []
  if (hosts.includes(host) || hosts.includes(address)) return true
  return allowed.loopback === true && LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

export function refused(host: string, address: string | undefined): Problem {
  const where = address === undefined || address === host ? '' : ` (${address})`
  return new Problem('forbidden', {
    de: `Die Adresse „${host}“${where} liegt in einem internen Netz und darf nicht abgerufen werden. Eine Ausnahme kann die Administration in den Einstellungen eintragen.`,
    en: `The address “${host}”${where} lies in an internal network and may not be called. An administrator can allow it in the settings.`,
  })
}
