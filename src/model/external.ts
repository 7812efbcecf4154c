/** external: files and services of others that a card lists among its properties, as the distributions that they are. */
import type { Distribution } from './dataset.ts'
import { defined } from './defined.ts'
import { fileTypeOf, isService, mediaTypeOf } from './file-types.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { Text } from './text.ts'

/** Under `distributions`; whatever has no address is none. */
export function externalOf(properties: JsonObject): readonly Distribution[] {
  const listed = properties['distributions']
  return Array.isArray(listed) ? (listed as readonly Json[]).flatMap((one) => (isObject(one) ? distributionIn(one) : [])) : []
}

function distributionIn(one: JsonObject): readonly Distribution[] {
  const url = textIn(one, 'url')
  if (url === undefined || !/^(https?|ftps?):\/\//i.test(url)) return []
  const format = fileTypeOf(textIn(one, 'format') ?? '')
  const bytes = one['bytes']
  return [
    defined({
      url,
      title: wordsIn(one, 'title') ?? { de: format ?? url },
      mediaType: textIn(one, 'mediaType') ?? (format && mediaTypeOf(format)) ?? '',
      kind: kindOf(one['kind'], format),
      format,
      description: wordsIn(one, 'description'),
      modified: textIn(one, 'modified'),
      bytes: typeof bytes === 'number' && bytes >= 0 ? Math.round(bytes) : undefined,
      access: textIn(one, 'access'),
      licence: textIn(one, 'licence'),
      attribution: textIn(one, 'attribution'),
      conformsTo: textIn(one, 'conformsTo'),
    }),
  ]
}

/** Where it is not said, the format tells. */
function kindOf(said: Json | undefined, format: string | undefined): Distribution['kind'] {
  return said === 'service' || (said === undefined && format !== undefined && isService(format)) ? 'service' : 'download'
}

function textIn(one: JsonObject, key: string): string | undefined {
  const value = one[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function wordsIn(one: JsonObject, key: string): Text | undefined {
  const value = one[key]
  if (typeof value === 'string') return value.trim() === '' ? undefined : { de: value }
  if (!isObject(value)) return undefined
  const words = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
  return words.length === 0 ? undefined : Object.fromEntries(words)
}
