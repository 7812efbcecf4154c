/** outgoing-door: which internal addresses may be called; read often, changed by the administrators of the installation. */
import type { Intake } from '../govern/intake.ts'
import { FIRST_TENANT, type Ledger } from '../govern/ledger.ts'
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'

export interface OutgoingDoor extends Pick<Intake, 'outgoing' | 'allowOutgoing'> {
  /** Remembered for a moment. */
  hosts(): Promise<readonly string[]>
}

const FRESH = 5000
const HOST = /^[a-z0-9]([a-z0-9.:-]{0,252}[a-z0-9])?$/

export function outgoingDoor({ outgoing }: Ledger): OutgoingDoor {
  let known: { readonly hosts: readonly string[]; readonly until: number } | undefined
  const read = async (): Promise<readonly string[]> => {
    if (known === undefined || known.until < performance.now())
      known = { hosts: await outgoing.allowedHosts(), until: performance.now() + FRESH }
    return known.hosts
  }
  return {
    hosts: read,
    async outgoing(who) {
      mustLookAfterAll(who)
      return read()
    },
    async allowOutgoing(who, hosts) {
      mustLookAfterAll(who)
      const names = [...new Set(hosts.map((host) => host.trim().toLowerCase()))]
      const wrong = names.findIndex((name) => !HOST.test(name))
      if (wrong !== -1)
        throw new Problem(
          'invalid-body',
          {
            de: `„${names[wrong]}“ ist kein Rechnername und keine IP-Adresse.`,
            en: `“${names[wrong]}” is neither a host name nor an IP address.`,
          },
          { pointer: `/hosts/${wrong}` },
        )
      await outgoing.setAllowedHosts(names)
      known = undefined
      return names
    },
  }
}

function mustLookAfterAll(who: Principal): void {
  if (administers(who) && who.tenant === FIRST_TENANT) return
  throw new Problem(who.id === 'anonymous' ? 'unauthenticated' : 'forbidden', {
    de: 'Interne Adressen gibt nur die Administration der Plattform frei.',
    en: 'Only the administrators of the platform allow internal addresses.',
  })
}
