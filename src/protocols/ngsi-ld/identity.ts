/** identity: who this context source is, and since when it runs (5.15). */
import type { FastifyReply } from 'fastify'
import { now } from '../../model/time.ts'
import { mediaOf, rootOf, send, type Call } from './call.ts'

export async function sourceIdentity(call: Call): Promise<FastifyReply> {
  const media = mediaOf(call)
  const root = rootOf(call.request)
  return send(call, media, {
    id: `urn:ngsi-ld:ContextSourceIdentity:${encodeURIComponent(root)}`,
    type: 'ContextSourceIdentity',
    contextSourceAlias: new URL(root).host,
    contextSourceUptime: `PT${Math.floor(process.uptime())}S`,
    contextSourceTimeAt: now(),
  })
}
