/** negotiate: what readers accept, as browsers, harvesters and GIS programs say it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, negotiate } from '../../../src/http/negotiate.ts'
import { Problem } from '../../../src/problem.ts'

const OFFERED = ['application/json', 'text/html', 'text/turtle']

test('the best of what is offered', () => {
  for (const [accept, best] of [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['text/*', 'text/html'],
    ['text/turtle;q=0.9, text/html;q=0.8', 'text/turtle'],
    ['text/html;q=0.3, */*;q=0.5', 'application/json'],
    ['application/json;q=0, */*', 'text/html'],
    ['TEXT/HTML;charset=utf-8', 'text/html'],
    ['image/png', undefined],
    ['*/*;q=0', undefined],
    ['text/html;q=abc', undefined],
  ] as const)
    assert.equal(accepted(accept, OFFERED), best, accept)
})

test('what fits nothing is not acceptable', () => {
  assert.throws(
    () => negotiate('image/png', OFFERED),
    (error: unknown) => error instanceof Problem && error.kind === 'not-acceptable' && error.in('de').includes('image/png'),
  )
})
