/** door: what stands before a protocol's base in an address: /t/{tenant} and /datasets/{slug}. */

export interface Door {
  readonly tenant: string | undefined
  readonly dataset: string | undefined
  /** The rest, with the query: what is routed. */
  readonly path: string
}

const TENANT = /^\/t\/([^/?]+)(?=[/?]|$)/
const DATASET = /^\/datasets\/([^/?.]+)(?=\/)/

/** `bases` are the protocols that a dataset has a door of its own in. */
export function doorOf(url: string, bases: readonly string[]): Door {
  const tenant = url.startsWith('/t/') ? TENANT.exec(url) : null
  const path = tenant ? url.slice(tenant[0].length) || '/' : url
  const dataset = path.startsWith('/datasets/') ? DATASET.exec(path) : null
  const rest = dataset ? path.slice(dataset[0].length) : path
  const own = dataset !== null && bases.some((base) => rest === base || rest.startsWith(`${base}/`) || rest.startsWith(`${base}?`))
  return { tenant: part(tenant), dataset: own ? part(dataset) : undefined, path: own ? rest : path.startsWith('?') ? `/${path}` : path }
}

function part(found: RegExpExecArray | null): string | undefined {
  const text = found?.[1]
  if (text === undefined) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
