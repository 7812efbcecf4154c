/** example: loads the example town in the background and tells how far it is. */
import type { FastifyInstance } from 'fastify'
import { Problem } from '../../problem.ts'
import { administers } from '../../rights/policy.ts'
import type { Principal } from '../../rights/principal.ts'

/** Loads the town; what goes wrong is told to the operator by whoever provides it. */
export type Load = (who: Principal, progress: (done: number, total: number) => void, signal: AbortSignal) => Promise<unknown>

interface Loading {
  state: 'idle' | 'running' | 'done' | 'failed'
  done: number
  total: number
}

export function exampleRoutes(app: FastifyInstance, load: Load): void {
  const byTenant = new Map<number, Loading>()
  const closing = new AbortController()
  app.addHook('onClose', (_app, done) => {
    closing.abort()
    done()
  })

  app.get('/demo', ({ who }) => byTenant.get(who.tenant) ?? { state: 'idle', done: 0, total: 0 })

  app.post('/demo', ({ who }, reply) => {
    if (!administers(who))
      throw new Problem(who.id === 'anonymous' ? 'unauthenticated' : 'forbidden', {
        en: 'Only administrators load the example town.',
        de: 'Die Beispielstadt lädt nur die Administration.',
      })
    const before = byTenant.get(who.tenant)
    if (before?.state === 'running') return reply.code(202).send(before)
    const loading: Loading = { state: 'running', done: 0, total: 0 }
    byTenant.set(who.tenant, loading)
    void load(who, (done, total) => Object.assign(loading, { done, total }), closing.signal).then(
      () => (loading.state = 'done'),
      () => (loading.state = 'failed'),
    )
    return reply.code(202).send(loading)
  })
}
