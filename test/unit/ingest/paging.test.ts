/** Where the next page is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Raw } from '../../../src/ingest/connector.ts'
import { nextPage, type Paging } from '../../../src/ingest/paging.ts'

const raw = (body: unknown, link = ''): Raw => ({
  name: 'x',
  status: 200,
  headers: link === '' ? {} : { link },
  type: undefined,
  size: 1,
  hash: '',
  async *bytes() {},
  json: async () => body,
})

const url = 'https://x.example/items?limit=3'
const cases: readonly [string, Paging | undefined, Raw, number, string | undefined][] = [
  ['no paging', undefined, raw({}), 3, undefined],
  ['none', { kind: 'none' }, raw({}), 3, undefined],
  ['link', { kind: 'link' }, raw({}, '<https://x.example/a>; rel="prev", </items?p=2>; rel="next"'), 3, 'https://x.example/items?p=2'],
  ['link without next', { kind: 'link' }, raw({}, '<https://x.example/a>; rel="prev"'), 3, undefined],
  ['link without quotes', { kind: 'link' }, raw({}, '<b>;rel=next'), 3, 'https://x.example/b'],
  ['body, an address', { kind: 'body', pointer: '/links/next' }, raw({ links: { next: '/items?p=2' } }), 3, 'https://x.example/items?p=2'],
  [
    'body, a token',
    { kind: 'body', pointer: '/next', parameter: 'token' },
    raw({ next: 'a b' }),
    3,
    'https://x.example/items?limit=3&token=a+b',
  ],
  ['body, the end', { kind: 'body' }, raw({ next: null }), 3, undefined],
  ['page', { kind: 'page', size: 3 }, raw([]), 3, 'https://x.example/items?limit=3&page=3'],
  ['page from 0', { kind: 'page', first: 0, parameter: 'p' }, raw([]), 3, 'https://x.example/items?limit=3&p=2'],
  ['page, not full', { kind: 'page', size: 3 }, raw([]), 2, undefined],
  ['page, empty', { kind: 'page' }, raw([]), 0, undefined],
  ['offset', { kind: 'offset', size: 3 }, raw([]), 3, 'https://x.example/items?limit=3&offset=3'],
]

for (const [name, paging, answer, count, next] of cases)
  test(`paging: ${name}`, async () => assert.equal(await nextPage(paging, { url, page: 2, count, raw: answer }), next))

test('paging: offsets add up', async () => {
  assert.equal(await nextPage({ kind: 'offset' }, { url: `${url}&offset=6`, page: 3, count: 3, raw: raw([]) }), `${url}&offset=9`)
})

test('paging: a next page that is no address is refused', async () => {
  await assert.rejects(nextPage({ kind: 'body' }, { url, page: 1, count: 1, raw: raw({ next: {} }) }), /no address/)
})
