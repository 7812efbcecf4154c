/** tokens: API tokens, listed, made and revoked. The token itself is answered once. */
import type { FastifyInstance } from 'fastify'
import type { Token, TokenWish } from '../../govern/tokens.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { idsOf, slugsOf } from './dataset-names.ts'
import { parseToken, type TokenBody } from './people-body.ts'
import { idIn, type PeopleDoor } from './session.ts'

export function tokenRoutes(app: FastifyInstance, { people, service }: PeopleDoor): void {
  app.get('/tokens', async ({ who }) => ({ items: await shown(service, who, await people.tokens.of(who)) }))

  app.post('/tokens', async (request, reply) => {
    const body = parseToken(request.body)
    const made = await people.tokens.make(request.who, await wishOf(service, request.who, body))
    return reply.code(201).send({ id: made.id, name: body.name, prefix: made.prefix, token: made.token })
  })

  app.delete<{ Params: { id: string } }>('/tokens/:id', async ({ who, params }, reply) => {
    await people.tokens.revoke(who, idIn(params.id))
    return reply.code(204).send()
  })
}

async function wishOf(service: Service, who: Principal, { name, verbs, datasets, home, expires }: TokenBody): Promise<TokenWish> {
  const bounds = datasets && [...(await idsOf(service, who, datasets, '/datasets')).values()]
  const place = home === undefined ? undefined : (await idsOf(service, who, [home], '/home')).get(home)
  return {
    name,
    verbs,
    ...(bounds === undefined ? {} : { datasets: bounds }),
    ...(place === undefined ? {} : { home: place }),
    ...(expires === undefined ? {} : { expires }),
  }
}

async function shown(service: Service, who: Principal, tokens: readonly Token[]) {
  const slugs = await slugsOf(
    service,
    who,
    tokens.flatMap(({ datasets, home }) => [...(datasets ?? []), ...(home === null ? [] : [home])]),
  )
  return tokens.map(({ datasets, home, ...token }) => ({
    ...token,
    datasets: datasets?.flatMap((id) => slugs.get(id) ?? []) ?? null,
    home: home === null ? null : (slugs.get(home) ?? null),
  }))
}
