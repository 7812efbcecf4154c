/** mqtt: SensorThings over MQTT: Observations are created by publishing, changes are received by subscribing (18-088, clauses 15 and 16). */
import { jsonOf } from '../../http/body.ts'
import type { Speaker, Spot } from '../../mqtt/speaker.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'
import { channelOf } from './channel.ts'
import { FanOut } from './fan-out.ts'
import { problem } from './problems.ts'
import { lastOf } from './reading.ts'
import { parseTopic, speaks } from './topics.ts'
import { createOne } from './writing.ts'

const BASE = '/sta/v1.1'

/** `failed` hears of faults that nobody waits for. */
export function sensorThingsOverMqtt(service: Service, failed: (error: unknown) => void): Speaker {
  const tenants = new Map<number, FanOut>()
  const fanOutOf = (tenant: number): FanOut => {
    const found = tenants.get(tenant) ?? new FanOut(service, tenant, failed)
    tenants.set(tenant, found)
    return found
  }
  return {
    name: 'sensorthings',
    speaks,
    publish: (at, payload) => publish(service, at, payload),
    async subscribe(at, tell) {
      const topic = parseTopic(at.topic)
      const door = topic.dataset === undefined ? undefined : await service.dataset(await at.who(), topic.dataset)
      const base = `${at.root}${door === undefined ? '' : `/datasets/${encodeURIComponent(door.slug)}`}${BASE}`
      const make = () => channelOf(topic, door?.id, base)
      return fanOutOf(at.tenant).open(`${base} ${at.topic}`, make, { who: () => at.who(), tell })
    },
    problem: (of) => problem(of, 'de').body,
  }
}

/** req/create-observations-via-mqtt/observations-creation */
async function publish(service: Service, at: Spot, payload: Buffer): Promise<void> {
  const { path, dataset, options } = parseTopic(at.topic)
  if (lastOf(path).step.type.set !== 'Observations' || Object.keys(options.said).length > 0)
    throw new Problem('invalid-query', {
      en: 'Only Observations are created by MQTT.',
      de: 'Über MQTT werden nur Observations angelegt.',
    })
  const body = jsonOf(payload.toString())
  const asker = await at.who()
  const door = dataset === undefined ? undefined : await service.dataset(asker, dataset)
  await createOne({ service, path, request: { who: asker, door } }, body)
}
