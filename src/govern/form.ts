/** form: what is filled in, checked against its JSON Schema, with every fault in the words of the form. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { isObject } from '../model/json.ts'
import { Problem } from '../problem.ts'

export type Filled = Readonly<Record<string, unknown>>

const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, verbose: true, validateSchema: false })
formats.default(ajv)
/** For the form alone: a larger field, in a fixed-width font or not, and an amount in cents. */
for (const name of ['code', 'multiline', 'money']) ajv.addFormat(name, true)
const checks = new WeakMap<object, ValidateFunction>()

/** A copy with defaults filled in. Throws `invalid-body` with a pointer to the first fault and all of them in words. */
export function checkForm(schema: object, filled: unknown, base: string): Filled {
  const check = checks.get(schema) ?? ajv.compile(schema)
  checks.set(schema, check)
  const copy: unknown = structuredClone(filled)
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
