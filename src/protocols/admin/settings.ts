/** settings: what the tenant decides about the data that are written to it. */
import type { FastifyInstance } from 'fastify'
import { isObject, type JsonObject } from '../../model/json.ts'
import { USUAL, type Settings } from '../../model/settings.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'

export function settingRoutes(app: FastifyInstance, service: Service): void {
  app.get('/settings', ({ who }) => service.settings(who))
  app.patch('/settings', ({ who, body }) => service.configure(who, parseSettings(body)))
}

function parseSettings(body: unknown): Partial<Settings> {
  if (!isObject(body)) throw wrong('', { en: 'Settings are an object.', de: 'Einstellungen sind ein Objekt.' })
  for (const name of Object.keys(body))
    if (!Object.hasOwn(USUAL, name))
      throw wrong(`/${name}`, { en: `There is no setting “${name}”.`, de: `Eine Einstellung „${name}“ gibt es nicht.` })
  return Object.fromEntries(Object.keys(USUAL).flatMap((name) => truthIn(body, name)))
}

function truthIn(body: JsonObject, name: string): [string, boolean][] {
  const value = body[name]
  if (value === undefined) return []
  if (typeof value === 'boolean') return [[name, value]]
  throw wrong(`/${name}`, { en: `“${name}” is true or false.`, de: `„${name}“ ist true oder false.` })
}

function wrong(pointer: string, said: { readonly en: string; readonly de: string }): Problem {
  return new Problem('invalid-body', said, { pointer })
}
