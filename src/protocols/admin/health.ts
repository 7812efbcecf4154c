/** health: how the platform is, for whoever runs it. */
import type { FastifyInstance } from 'fastify'
import { mustAdminister } from '../../govern/administer.ts'
import type { Sign, State } from '../../operate/health.ts'
import { Problem } from '../../problem.ts'
import type { Principal } from '../../rights/principal.ts'
import { inWords } from './runs.ts'

/** The tenant whose administrators run the platform. */
const OPERATOR = 1

export function healthRoutes(app: FastifyInstance, look: () => Promise<readonly Sign[]>): void {
  app.get('/health', async (request) => {
    mustOperate(request.who)
    const signs = await look()
    const items = signs.map(({ said, act, ...sign }) => ({
      ...sign,
      said: inWords(said, request),
      ...(act && { act: inWords(act, request) }),
    }))
    return { state: worst(signs), items }
  })
}

function mustOperate(who: Principal): void {
  mustAdminister(who)
  if (who.tenant !== OPERATOR)
    throw new Problem('forbidden', { de: 'Das sieht nur, wer die Plattform betreibt.', en: 'Only whoever runs the platform sees that.' })
}

function worst(signs: readonly Sign[]): State {
  return (['bad', 'watch'] as const).find((state) => signs.some((sign) => sign.state === state)) ?? 'well'
}
