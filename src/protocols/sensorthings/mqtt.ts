/** mqtt: SensorThings over MQTT: Observations are created by publishing, changes are received by subscribing (18-088, clauses 15 and 16). */
import { jsonOf } from '../../http/body.ts'
import type { Dataset } from '../../model/dataset.ts'
import type { Reply, Said, Speaker, Spot, Told } from '../../mqtt/speaker.ts'
import { Problem } from '../../problem.ts'
import { equals } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { abroad } from './abroad.ts'
import { channelOf, type What } from './channel.ts'
import { FanOut } from './fan-out.ts'
import { whereOf } from './path.ts'
import { problem } from './problems.ts'
import { questionOf } from './question.ts'
import { lastOf } from './reading.ts'
import { writerOf } from './render.ts'
import { requestedBy } from './requested.ts'
import { parseTopic, requestsAt, speaks } from './topics.ts'
import { V2 } from './v2/names.ts'
import type { Version } from './version.ts'
import { createOne } from './writing.ts'

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
    publish: (at, said) => (requestsAt(at.topic) ? requested(service, at, said) : publish(service, at, said.payload)),
    async subscribe(at, tell) {
      const topic = parseTopic(at.topic)
      const door = topic.dataset === undefined ? undefined : await service.door(await at.who(), topic.dataset)
      const base = baseOf(at, door, topic.version)
      const make = () => channelOf(topic, door?.id, base)
      const said = (told: Told, type: What) => tell(topic.version === V2 ? { ...told, properties: { type } } : told)
      return fanOutOf(at.tenant).open(`${base} ${at.topic}`, make, { who: () => at.who(), tell: said })
    },
    latest: (at) => latest(service, at),
    problem: (of) => problem(of, 'de').body,
    abroad: abroad(service),
  }
}

function baseOf({ root }: Spot, door: Dataset | undefined, { base }: Version): string {
  return `${root}${door === undefined ? '' : `/datasets/${encodeURIComponent(door.slug)}`}${base}`
}

/** 23-019 req/binding/mqtt/request_response */
async function requested(service: Service, at: Spot, said: Said): Promise<Reply> {
  const who = await at.who()
  const slug = requestsAt(at.topic)?.dataset
  const door = slug === undefined ? undefined : await service.door(who, slug)
  return requestedBy(service, { who, door, base: baseOf(at, door, V2) }, said)
}

/** 18-088 req/create-observations-via-mqtt/observations-creation, 23-019 req/binding/mqtt/simple_create */
async function publish(service: Service, at: Spot, payload: Buffer): Promise<Reply> {
  const { path, dataset, options, version, creates } = parseTopic(at.topic)
  const { type } = lastOf(path).step
  const may = version === V2 ? creates : type.set === 'Observations' || type.set === 'Tasks'
  if (!may || Object.keys(options.said).length > 0) throw notThere(version)
  const body = jsonOf(payload.toString())
  const asker = await at.who()
  const door = dataset === undefined ? undefined : await service.door(asker, dataset)
  const item = await createOne({ service, path, request: { who: asker, door } }, body)
  return { text: '', item, properties: { status: '201', location: `${baseOf(at, door, version)}/${type.set}(${item})` } }
}

function notThere(version: Version): Problem {
  if (version === V2)
    return new Problem('invalid-query', {
      en: 'New entities are published at the topic of their set with “/create” behind it.',
      de: 'Neues wird unter dem Thema seiner Menge mit „/create“ dahinter veröffentlicht.',
    })
  return new Problem('invalid-query', {
    en: 'Only Observations and Tasks are created by MQTT.',
    de: 'Über MQTT werden nur Observations und Tasks angelegt.',
  })
}

/** Of one Datastream: each knows its own newest Observation. */
async function latest(service: Service, at: Spot): Promise<readonly Told[]> {
  const { path, dataset, options, version } = parseTopic(at.topic)
  const { step, single } = lastOf(path)
  const [stream] = path.steps.slice(-2)
  if (step.type.set !== 'Observations' || single || stream?.type.noun !== 'series' || !stream.single) return []
  const asker = await at.who()
  const door = dataset === undefined ? undefined : await service.door(asker, dataset)
  const [found] = (await service.find(asker, ask('series', whereOf(path.steps.slice(0, -1), door?.id), 1))).items
  if (found?.latest === undefined) return []
  const { items } = await service.find(asker, questionOf(step.type, equals(['id'], found.latest.id), { ...options, top: 1 }))
  return items.map((item) => ({ text: writerOf(step.type, options, baseOf(at, door, version))(item), item: item.id }))
}
