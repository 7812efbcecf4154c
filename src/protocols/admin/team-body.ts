/** team-body: groups and organisational units as they are sent. */
import type { Team, TeamWish } from '../../govern/teams.ts'
import { fault, fieldsOf, listOf, optional, textOf, type Fields } from './people-body.ts'

export function parseNewTeam(body: unknown): TeamWish & { readonly name: string; readonly kind: Team['kind'] } {
  const { name, kind, ...change } = parseTeamChange(body)
  return { ...change, name: name ?? textOf(fieldsOf(body), 'name'), kind: kind ?? 'group' }
}

export function parseTeamChange(body: unknown): Omit<TeamWish, 'grants'> {
  const fields = fieldsOf(body)
  return {
    ...optional(fields, 'name', textOf),
    ...optional(fields, 'kind', kindOf),
    ...optional(fields, 'members', membersOf),
    ...orNull(fields, 'parent', (from, name) => idAt(from[name], `/${name}`)),
    ...orNull(fields, 'claim', textOf),
  }
}

function kindOf(fields: Fields, name: string): Team['kind'] {
  const kind = fields[name]
  if (kind === 'group' || kind === 'unit') return kind
  throw fault(`/${name}`, { de: 'Erwartet wird group oder unit.', en: 'Expected is group or unit.' })
}

function membersOf(fields: Fields, name: string): readonly number[] {
  return listOf(fields[name], `/${name}`).map((id, i) => idAt(id, `/${name}/${i}`))
}

function idAt(value: unknown, pointer: string): number {
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31) return value as number
  throw fault(pointer, { de: 'Erwartet wird eine Nummer.', en: 'A number is expected.' })
}

/** Null takes away what is there; absent leaves it. */
function orNull<Name extends string, Value>(
  fields: Fields,
  name: Name,
  read: (fields: Fields, name: string) => Value,
): { [name in Name]?: Value | null } {
  if (fields[name] === null) return { [name]: null } as { [name in Name]?: Value | null }
  return optional(fields, name, read)
}
