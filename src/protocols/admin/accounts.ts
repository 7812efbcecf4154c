/** accounts: people and what they were granted, kept by administrators. */
import type { FastifyInstance } from 'fastify'
import type { Account } from '../../govern/accounts.ts'
import type { Grant, Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { idsOf, slugsOf } from './dataset-names.ts'
import { parseAccountChange, parseGrants, parseNewAccount } from './people-body.ts'
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

async function grantsIn(service: Service, who: Principal, body: unknown): Promise<{ readonly grants?: readonly Grant[] }> {
  const grants = parseGrants(body)
  if (grants === undefined) return {}
  const slugs = grants.map(({ dataset }) => dataset)
  const ids = await idsOf(service, who, slugs, '/grants')
  return { grants: grants.flatMap(({ dataset, verbs }) => ({ dataset: ids.get(dataset) ?? 0, verbs })) }
}

async function shown(service: Service, who: Principal, accounts: readonly Account[]) {
  const slugs = await slugsOf(
    service,
    who,
    accounts.flatMap(({ grants }) => grants.map(({ dataset }) => dataset)),
  )
  return accounts.map((account) => ({
    ...account,
    grants: account.grants.flatMap(({ dataset, verbs }) => {
      const slug = slugs.get(dataset)
      return slug === undefined ? [] : [{ dataset: slug, verbs }]
    }),
  }))
}
