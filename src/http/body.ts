/** body: JSON bodies, read with a limit to their depth: a few kilobytes of brackets must not exhaust the stack of whoever walks them. */
import type { FastifyInstance } from 'fastify'
import type { Json } from '../model/json.ts'
import { Problem } from '../problem.ts'

/** Deeper than any standard's document; shallow enough for recursion. */
const DEEPEST = 200
/** Largest JSON body in bytes. */
export const LARGEST = 50 * 1024 * 1024

/** Lets this scope read the media types as JSON. */
export function readJson(app: FastifyInstance, types: readonly string[]): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  for (const type of types) if (app.hasContentTypeParser(type)) app.removeContentTypeParser(type)
  app.addContentTypeParser([...types], { parseAs: 'string' }, (request, text, done) => {
    const depth = depthOf(String(text))
    if (depth > DEEPEST) done(tooDeep())
    else void parse(request, String(text), (error, body) => done(error && notJson(error), body))
  })
}

/** JSON that came by other ways than HTTP, under the same limits. Throws `invalid-body`. */
export function jsonOf(text: string): Json {
  if (depthOf(text) > DEEPEST) throw tooDeep()
  try {
    // Escapes could hide the name, so a text with any is looked through as well.
    return JSON.parse(text, /__proto__|\\u00/.test(text) ? refusePrototypes : undefined) as Json
  } catch (error) {
    throw notJson(error instanceof Error ? error : new Error(String(error)))
  }
}

function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('Object contains forbidden prototype property')
  return value
}

function tooDeep(): Problem {
  return new Problem('invalid-body', {
    en: `The JSON is nested more than ${DEEPEST} levels deep.`,
    de: `Das JSON ist tiefer als ${DEEPEST} Ebenen geschachtelt.`,
  })
}

function notJson(error: Error): Problem {
  return new Problem(
    'invalid-body',
    { en: `The body is not JSON: ${error.message}`, de: `Der Inhalt ist kein JSON: ${error.message}` },
    {},
    { cause: error },
  )
}

/** How deep brackets nest outside of texts. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfText(text, i)
    else if (code === OPEN_LIST || code === OPEN_OBJECT) deepest = Math.max(deepest, ++depth)
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
  }
  return deepest
}

function endOfText(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i
  }
  return text.length
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125]
