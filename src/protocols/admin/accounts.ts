/** accounts: people and machines, and what they were granted, kept by administrators. */
import type { FastifyInstance } from 'fastify'
import type { Account } from '../../govern/accounts.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { parseGrants } from './grant-body.ts'
import { withIds, withSlugs } from './grant-render.ts'
import { parseAccountChange, parseNewAccount } from './people-body.ts'
import { idIn, type PeopleDoor } from './session.ts'

export function accountRoutes(app: FastifyInstance, { people, service }: PeopleDoor): void {
  app.get('/accounts', async ({ who }) => ({ items: await shown(service, who, await people.accounts.of(who)) }))

  app.post('/accounts', async (request, reply) => {
    const { who, body } = request
    const made = await people.accounts.add(who, { ...parseNewAccount(body), ...(await grantsIn(service, who, body)) })
    return reply.code(201).send((await shown(service, who, [made]))[0])
  })

  app.patch<{ Params: { id: string } }>('/accounts/:id', async ({ who, body, params }) => {
    const change = { ...parseAccountChange(body), ...(await grantsIn(service, who, body)) }
    return (await shown(service, who, [await people.accounts.change(who, idIn(params.id), change)]))[0]
  })

  app.delete<{ Params: { id: string } }>('/accounts/:id', async ({ who, params }, reply) => {
    await people.accounts.remove(who, idIn(params.id))
    return reply.code(204).send()
  })
}

export async function grantsIn(service: Service, who: Principal, body: unknown) {
  const grants = parseGrants(body)
  return grants === undefined ? {} : { grants: await withIds(service, who, grants, '/grants') }
}

function shown(service: Service, who: Principal, accounts: readonly Account[]) {
  return Promise.all(accounts.map(async (account) => ({ ...account, grants: await withSlugs(service, who, account.grants) })))
}
