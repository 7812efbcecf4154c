/** options: what a connector is told, checked against its schema; secrets among it are sealed, and never shown again. */
import { checkForm } from '../govern/form.ts'
import { isSealed, type Seal } from '../govern/seal.ts'
import { isObject } from '../model/json.ts'
import type { Connector } from './connector.ts'

export type Options = Readonly<Record<string, unknown>>

/** A copy with defaults filled in. Throws `invalid-body` with a pointer to the first fault and all of them in words. */
export function checkOptions(connector: Connector, options: unknown, base = '/options'): Options {
  return checkForm(connector.options, options, base)
}

/** Pointers to what the schema marks `writeOnly`. */
export function secretsOf(schema: unknown, path = ''): readonly string[] {
  const properties = isObject(schema) ? schema['properties'] : undefined
  if (!isObject(properties)) return []
  return Object.entries(properties).flatMap(([name, part]) =>
    isObject(part) && part['writeOnly'] === true ? [`${path}/${name}`] : secretsOf(part, `${path}/${name}`),
  )
}

/** What may be shown, and which secrets are set. */
export function shown(
  connector: Connector | undefined,
  options: Options,
): { readonly options: Options; readonly secrets: readonly string[] } {
  const secrets = secretsOf(connector?.options).filter((pointer) => at(options, pointer) !== undefined)
  return { options: secrets.reduce<Options>((kept, pointer) => change(kept, pointer, () => undefined), options), secrets }
}

/** New options with the secrets of the old ones where they are left out; not when they would be sent to another server. */
export function withOldSecrets(connector: Connector, fresh: Options, old: Options): Options {
  if (originOf(fresh) !== originOf(old)) return fresh
  return secretsOf(connector.options).reduce<Options>((kept, pointer) => {
    const before = at(old, pointer)
    const parent = at(kept, pointer.slice(0, pointer.lastIndexOf('/')))
    if (before === undefined || at(kept, pointer) !== undefined || !isObject(parent)) return kept
    return change(kept, pointer, () => before)
  }, fresh)
}

function originOf({ url }: Options): string | undefined {
  return typeof url === 'string' ? URL.parse(url)?.origin : undefined
}

export function sealed(connector: Connector, options: Options, seal: Seal): Options {
  return secretsOf(connector.options).reduce<Options>(
    (kept, pointer) => change(kept, pointer, (value) => (typeof value === 'string' && !isSealed(value) ? seal.close(value) : value)),
    options,
  )
}

export function unsealed(connector: Connector, options: Options, seal: Seal): Options {
  return secretsOf(connector.options).reduce<Options>(
    (kept, pointer) => change(kept, pointer, (value) => (isSealed(value) ? seal.open(value) : value)),
    options,
  )
}

function at(options: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), options)
}

/** A copy in which the value at the pointer is what `edit` makes of it; undefined takes it away. What is not there stays so. */
function change(options: Options, pointer: string, edit: (value: unknown) => unknown): Options {
  const [, name = '', ...rest] = pointer.split('/')
  const inner = options[name]
  const fresh = rest.length === 0 ? edit(inner) : isObject(inner) ? change(inner, `/${rest.join('/')}`, edit) : inner
  const { [name]: _old, ...others } = options
  return fresh === undefined ? others : { ...others, [name]: fresh }
}
