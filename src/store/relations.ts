/** relations: how query/relations.ts is joined in SQL. To-one: the related id from the row; to-many: a condition from the row's id. */
import type { Noun } from '../model/noun.ts'
import { name, sql, type Sql } from './sql.ts'

/** The id of the related item, from the row `a`. */
export type ToOne = (a: string) => Sql
/** Whether row `t` hangs on the item whose id is `key`. */
export type ToMany = (key: Sql, t: string) => Sql

const column =
  (field: string): ToOne =>
  (a) =>
    sql`${name(a)}.${name(field)}`

const back =
  (field: string): ToMany =>
  (key, t) =>
    sql`${name(t)}.${name(field)} = ${key}`

/** The locations a placement names. What else came under that name in a user's own parameters is no list of ours. */
const listOf = (t: string): Sql =>
  sql`(case when jsonb_typeof(${name(t)}.parameters -> 'locations') = 'array' then ${name(t)}.parameters -> 'locations' else '[]' end)`

/** Arrays, not sub-selects: they are worked out first, so that each side of the `or` finds its index. */
function aboutFeature(key: Sql, t: string): Sql {
  return sql`(${name(t)}.feature = ${key}
    or (${name(t)}.feature is null and ${name(t)}.series = any(array(select id from series where feature = ${key}))))`
}

/** Where the related id is not in the row itself, but known: the same as `TO_ONE … = id`, in a form that an index answers. */
export const BY_ID: Readonly<Partial<Record<Noun, Readonly<Record<string, ToMany>>>>> = {
  observation: {
    feature: aboutFeature,
    thing: (key, t) => sql`${name(t)}.series = any(array(select id from series where entity = ${key}))`,
  },
}

/** Few observations say where things are: their series are looked up, not each observation's series. */
export const PLACEMENTS = (t: string): Sql => sql`${name(t)}.series = any(array(select id from series where kind = 'place'))`

export const TO_ONE: Readonly<Record<Noun, Readonly<Record<string, ToOne>>>> = {
  dataset: {},
  entity: { dataset: column('dataset') },
  series: {
    dataset: column('dataset'),
    entity: column('entity'),
    property: column('property'),
    sensor: column('sensor'),
    feature: column('feature'),
  },
  observation: {
    dataset: column('dataset'),
    series: column('series'),
    feature: (a) => sql`coalesce(${name(a)}.feature, (select feature from series where id = ${name(a)}.series))`,
    thing: (a) => sql`(select entity from series where id = ${name(a)}.series)`,
  },
}

export const TO_MANY: Readonly<Record<Noun, Readonly<Record<string, ToMany>>>> = {
  dataset: { entities: back('dataset'), series: back('dataset') },
  entity: {
    series: (key, t) => sql`${name(t)}.entity = ${key} and ${name(t)}.kind = 'value'`,
    locations: (key, t) => sql`${name(t)}.id in (select target from link where source = ${key} and name = 'location')`,
    things: (key, t) => sql`${name(t)}.id in (select source from link where target = ${key} and name = 'location')`,
    placements: (key, t) => sql`${name(t)}.id = any(array(
      select id from observation where series = any(array(select id from series where entity = ${key} and kind = 'place'))
      union select id from observation where parameters -> 'locations' @> jsonb_build_array(${key})))`,
    tasking: (key, t) => sql`${name(t)}.entity = ${key} and ${name(t)}.kind = 'task'`,
    sensing: back('sensor'),
    observing: (key, t) =>
      sql`(${name(t)}.property = ${key} or ${name(t)}.id = any(array(select series from series_part where property = ${key})))`,
    observations: aboutFeature,
    featured: back('feature'),
    ultimateOf: (key, t) => sql`${name(t)}.ultimates @> array[${key}]::bigint[]`,
    kinds: (key, t) => sql`${name(t)}.id in (select target from link where source = ${key} and name = 'kind')`,
    kindOf: (key, t) => sql`${name(t)}.id in (select source from link where target = ${key} and name = 'kind')`,
  },
  series: {
    ultimates: (key, t) => sql`${name(t)}.id = any(array(select unnest(ultimates) from series where id = ${key}))`,
    observations: back('series'),
    observed: (key, t) => sql`${name(t)}.id = any(array(select property from series_part where series = ${key}
      union all select property from series where id = ${key} and parts is null))`,
  },
  observation: {
    places: (
      key,
      t,
    ) => sql`${name(t)}.id in (select case when place::text ~ '^[0-9]{1,15}$' then place::text::bigint end from observation o, jsonb_array_elements(${listOf('o')}) place
      where o.id = ${key})`,
  },
}
