/** options: what a connector is told, checked against its schema; secrets among it are sealed, and never shown again. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { isSealed, type Seal } from '../govern/seal.ts'
import { isObject } from '../model/json.ts'
import { Problem } from '../problem.ts'
import type { Connector } from './connector.ts'

export type Options = Readonly<Record<string, unknown>>

const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, verbose: true, validateSchema: false })
formats.default(ajv)
/** For a form: a larger field in a fixed-width font. */
ajv.addFormat('code', true)
const checks = new WeakMap<object, ValidateFunction>()

/** A copy with defaults filled in. Throws `invalid-body` with a pointer to the first fault and all of them in words. */
export function checkOptions(connector: Connector, options: unknown, base = '/options'): Options {
  const check = checks.get(connector.options) ?? ajv.compile(connector.options)
  checks.set(connector.options, check)
  const copy: unknown = structuredClone(options)
  if (check(copy) && isObject(copy)) return copy
  const faults = (check.errors ?? []).filter(({ keyword }) => !['if', 'anyOf', 'oneOf', 'allOf', 'not'].includes(keyword))
  const told = faults.length > 0 ? faults : (check.errors ?? [])
  const words = told.slice(0, 8).map(saidOf)
  const join = (language: 'de' | 'en'): string => words.map((said) => said[language]).join(' ')
  throw new Problem('invalid-body', { de: join('de'), en: join('en') }, { pointer: base + (told[0] ? pointerOf(told[0]) : '') })
}

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const inner: unknown =
    keyword === 'required' ? params['missingProperty'] : keyword === 'additionalProperties' ? params['additionalProperty'] : undefined
  return typeof inner === 'string' ? `${instancePath}/${inner.replaceAll('~', '~0').replaceAll('/', '~1')}` : instancePath
}

interface Both {
  readonly de: string
  readonly en: string
}

/** The field as its form calls it, and what is wrong with it. */
function saidOf(fault: ErrorObject): Both {
  const { de, en } = titleOf(fault)
  const limit = String(fault.params['limit'] ?? '')
  switch (fault.keyword) {
    case 'required':
      return { de: `„${de}“ fehlt.`, en: `“${en}” is missing.` }
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return { de: `„${de}“ ist hier nicht bekannt.`, en: `“${en}” is not known here.` }
    case 'enum':
      return listed(fault, de, en)
    case 'minimum':
    case 'exclusiveMinimum':
      return { de: `„${de}“ muss mindestens ${limit} sein.`, en: `“${en}” must be at least ${limit}.` }
    case 'maximum':
      return { de: `„${de}“ darf höchstens ${limit} sein.`, en: `“${en}” must be at most ${limit}.` }
    case 'minLength':
    case 'minItems':
      return { de: `„${de}“ darf nicht leer sein.`, en: `“${en}” must not be empty.` }
    case 'type':
      return {
        de: `„${de}“ hat die falsche Art (erwartet: ${String(fault.params['type'])}).`,
        en: `“${en}” is of the wrong type (expected: ${String(fault.params['type'])}).`,
      }
    default:
      return { de: `„${de}“ ist so nicht gültig.`, en: `“${en}” is not valid like this.` }
  }
}

function listed(fault: ErrorObject, de: string, en: string): Both {
  const allowed: unknown = fault.params['allowedValues']
  const list = Array.isArray(allowed) ? allowed.join(', ') : ''
  return { de: `„${de}“ ist keines von: ${list}.`, en: `“${en}” is none of: ${list}.` }
}

function titleOf(fault: ErrorObject): Both {
  const name = pointerOf(fault).split('/').at(-1) ?? ''
  const schema: unknown = fault.keyword === 'required' ? propertyOf(fault.parentSchema, name) : fault.parentSchema
  const title = isObject(schema) ? schema['title'] : undefined
  if (isObject(title) && typeof title['de'] === 'string' && typeof title['en'] === 'string') return { de: title['de'], en: title['en'] }
  return typeof title === 'string' ? { de: title, en: title } : { de: name, en: name }
}

function propertyOf(schema: unknown, name: string): unknown {
  const properties = isObject(schema) ? schema['properties'] : undefined
  return isObject(properties) ? properties[name] : undefined
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
