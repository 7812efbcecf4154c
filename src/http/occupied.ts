/** occupied: a port that cannot be listened at, in words for whoever started the platform. */
import { Problem } from '../problem.ts'

const WHY: Readonly<Record<string, { readonly de: string; readonly en: string }>> = {
  EADDRINUSE: { de: 'ist schon belegt, vielleicht von einer anderen Plattform', en: 'is in use already, perhaps by another platform' },
  EACCES: { de: 'darf nur die Administration des Rechners öffnen', en: 'may only be opened by the administrator of this machine' },
  EADDRNOTAVAIL: {
    de: 'gehört zu einer Adresse, die dieser Rechner nicht hat',
    en: 'belongs to an address that this machine does not have',
  },
}

/** The Problem behind an error of listening; the error itself where it is none that the settings can mend. */
export function occupied(error: unknown): unknown {
  const { code = '', address = '', port = '' } = error as { code?: string; address?: string; port?: number | string }
  const why = WHY[code]
  if (why === undefined) return error
  return new Problem(
    'conflict',
    {
      de: `Der Anschluss ${address}:${port} ${why.de}. Einen anderen nennt ALLMENDE_PORT (für MQTT ALLMENDE_MQTT_PORT).`,
      en: `The port ${address}:${port} ${why.en}. Name another with ALLMENDE_PORT (for MQTT with ALLMENDE_MQTT_PORT).`,
    },
    {},
    { cause: error },
  )
}
