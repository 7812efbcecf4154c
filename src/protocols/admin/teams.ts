/** teams: groups and organisational units, and what is granted to all who belong to them; kept by administrators. */
import type { FastifyInstance } from 'fastify'
import type { Team } from '../../govern/teams.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { grantsIn } from './accounts.ts'
import { withSlugs } from './grant-render.ts'
import { idIn, type PeopleDoor } from './session.ts'
import { parseNewTeam, parseTeamChange } from './team-body.ts'

export function teamRoutes(app: FastifyInstance, { people: { teams }, service }: PeopleDoor): void {
  app.get('/teams', async ({ who }) => {
    const found = await teams.of(who)
    return { items: await Promise.all(found.map((team) => shown(service, who, team))) }
  })

  app.post('/teams', async ({ who, body }, reply) => {
    const made = await teams.add(who, { ...parseNewTeam(body), ...(await grantsIn(service, who, body)) })
    return reply.code(201).send(await shown(service, who, made))
  })

  app.patch<{ Params: { id: string } }>('/teams/:id', async ({ who, body, params }) => {
    const change = { ...parseTeamChange(body), ...(await grantsIn(service, who, body)) }
    return shown(service, who, await teams.change(who, idIn(params.id), change))
  })

  app.delete<{ Params: { id: string } }>('/teams/:id', async ({ who, params }, reply) => {
    await teams.remove(who, idIn(params.id))
    return reply.code(204).send()
  })
}

async function shown(service: Service, who: Principal, team: Team) {
  return { ...team, grants: await withSlugs(service, who, team.grants) }
}
