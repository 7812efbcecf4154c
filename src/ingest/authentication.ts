/** authentication: how a source wants to be asked by someone it knows; part of the options of every connector that calls out. */
import type { Call } from './fetch.ts'

export interface Authentication {
  readonly kind: 'none' | 'bearer' | 'basic' | 'header' | 'query'
  /** Of the account, the header or the parameter. */
  readonly name?: string
  readonly secret?: string
}

export const AUTHENTICATION = {
  type: 'object',
  title: { de: 'Anmeldung', en: 'Authentication' },
  additionalProperties: false,
  properties: {
    kind: {
      type: 'string',
      enum: ['none', 'bearer', 'basic', 'header', 'query'],
      default: 'none',
      title: { de: 'Art', en: 'Kind' },
      description: {
        de: 'none: keine; bearer: Token; basic: Name und Passwort; header: eigene Kopfzeile; query: Teil der Adresse.',
        en: 'none; bearer: a token; basic: name and password; header: a header of its own; query: part of the address.',
      },
    },
    name: {
      type: 'string',
      maxLength: 200,
      pattern: '^[^\\r\\n:]*$',
      title: { de: 'Name des Kontos, der Kopfzeile oder des Parameters', en: 'Name of the account, header or parameter' },
    },
    secret: {
      type: 'string',
      maxLength: 4000,
      pattern: '^[^\\r\\n]*$',
      format: 'password',
      writeOnly: true,
      title: { de: 'Passwort oder Schlüssel', en: 'Password or key' },
    },
  },
} as const

/** The address and headers of a call, with what proves who asks. */
export function authenticated(
  url: string,
  headers: Readonly<Record<string, string>>,
  auth: Authentication | undefined,
): { readonly url: string; readonly call: Call } {
  const { kind = 'none', name = '', secret = '' } = auth ?? {}
  const withHeader = (key: string, value: string) => ({ url, call: { headers: { ...headers, [key]: value } } })
  switch (kind) {
    case 'bearer':
      return withHeader('authorization', `Bearer ${secret}`)
    case 'basic':
      return withHeader('authorization', `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`)
    case 'header':
      return withHeader((name || 'x-api-key').toLowerCase(), secret)
    case 'query': {
      const parsed = URL.parse(url)
      parsed?.searchParams.set(name || 'key', secret)
      return { url: parsed?.href ?? url, call: { headers } }
    }
    case 'none':
      return { url, call: { headers } }
  }
}
