/** pages: the pages of a query one after another; the next is only asked for when the one before is written. */
import type { Noun } from '../../model/noun.ts'
import type { Found, Query } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'

export interface Reader {
  readonly service: Service
  readonly who: Principal
}

export async function* pagesOf<N extends Noun>({ service, who }: Reader, query: Query<N>): AsyncGenerator<readonly Found<N>[]> {
  const { limit } = query.page
  let after: string | undefined
  do {
    const page = await service.find(await service.renew(who), { ...query, page: { limit, ...(after !== undefined && { after }) } })
    if (page.items.length > 0) yield page.items
    after = page.next
  } while (after !== undefined)
}

/** The same, once the first is there: what fails until then can still be answered as a Problem. */
export async function started<T>(parts: AsyncIterable<T>): Promise<AsyncGenerator<T>> {
  const rest = parts[Symbol.asyncIterator]()
  return resumed(await rest.next(), rest)
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let part = first; part.done !== true; part = await rest.next()) yield part.value
  } finally {
    await rest.return?.()
  }
}
