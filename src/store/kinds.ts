/** kinds: which types of entities there are, which attributes they have, and of what kind: counted from the rows. */
import type { Filter } from '../query/filter.ts'
import type { KindCount } from '../query/query.ts'
import { tableOf } from './columns.ts'
import { compile } from './compile.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** `kept` is the key under which `about` and `properties` say more of attributes than their values. Without a name: entities of the type. */
export async function kindsOf(store: Store, where: Filter, kept: string): Promise<readonly KindCount[]> {
  const rows = await store.query<{ type: string; name: string | null; kind: string | null; count: number }>(sql`
    with mine as (
      select t.id, t.types, t.name, t.description, t.attributes, t.geometry is not null as placed, t.about -> ${kept}::text as more
      from ${tableOf('entity', 't')} where ${compile(where, { noun: 'entity', t: 't' })}),
    named as (
      select id, types, key as name, more #>> array['attributes', key, 'kind'] as kind from mine cross join jsonb_object_keys(attributes) key
      union all select mine.id, types, series.attribute, series.properties -> ${kept}::text ->> 'kind'
        from mine join series on series.entity = mine.id and series.kind = 'value'
      union all select id, types, 'location', 'GeoProperty' from mine where placed
      union all select id, types, own.name, null from mine cross join (values ('name'), ('description')) own(name)
        where case when more is null then case own.name when 'name' then mine.name else mine.description end <> '' else more -> 'attributes' ? own.name end
      union all select id, types, null, null from mine)
    select type, name, kind, count(distinct id) as count from named cross join unnest(types) type group by type, name, kind order by type, name`)
  return rows.map(({ type, name, kind, count }) => ({ type, count, ...(name !== null && { name }), ...(kind !== null && { kind }) }))
}
