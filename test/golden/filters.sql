-- entity: everything
true

-- entity: nothing
false

-- entity: and, or, not
("t"."role" = $1::text and (("t"."name" = $2::text or "t"."name" = $3::text)) is not true)
-- $1 = "thing", $2 = "a", $3 = "b"

-- entity: a text
"t"."name" = $1::text
-- $1 = "Linde"

-- entity: texts in order of code points
"t"."name" < $1::text collate "C"
-- $1 = "Linde"

-- observation: placements of things
"t".series = any(array(select id from series where kind = 'place'))

-- observation: of one feature that may be seen
(("t".feature = $1::bigint or ("t".feature is null and "t".series = any(array(select id from series where feature = $2::bigint)))) and exists (select from "entity" "tt" where "tt".id = $3::bigint and exists (select from "dataset" "ttt" where "ttt".id = "tt"."dataset" and "ttt"."tenant" = $4::bigint)))
-- $1 = 2, $2 = 2, $3 = 2, $4 = 1

-- observation: a whole number
"t"."series" = $1::bigint
-- $1 = 7

-- series: a fraction
coalesce("t_state".count, 0) > $1::float8
-- $1 = 0.5

-- observation: a time
"t"."time" >= $1::timestamptz
-- $1 = "2026-03-01T12:00:00Z"

-- observation: a time and a text never meet
false

-- dataset: missing
("t"."licence") is null is true

-- observation: not missing
("t"."end") is null is not true

-- entity: missing in JSON
(("t"."attributes" #> $1::text[]) is null or jsonb_typeof(("t"."attributes" #> $2::text[])) = 'null') is true
-- $1 = ["height"], $2 = ["height"]

-- observation: no result
("t"."number" is null and "t"."text" is null and "t"."boolean" is null and "t"."json" is null) is true

-- observation: order with null
false

-- entity: inside JSON, a number
(case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) > $3::float8
-- $1 = ["height"], $2 = ["height"], $3 = 12.5

-- entity: inside JSON, a text
(case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'string' then (("t"."attributes" #> $2::text[]) #>> '{}') end) = $3::text
-- $1 = ["address","street"], $2 = ["address","street"], $3 = "Domplatz"

-- entity: inside JSON, a boolean
(case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'boolean' then (("t"."attributes" #> $2::text[]) #>> '{}')::boolean end) = $3::boolean
-- $1 = ["protected"], $2 = ["protected"], $3 = true

-- entity: inside JSON, at a position
(case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) = $3::bigint
-- $1 = ["list","0"], $2 = ["list","0"], $3 = 1

-- entity: inside JSON, at what only looks like a position
(case when jsonb_typeof((("t"."attributes" #> $1::text[]) -> $2::text)) = 'number' then ((("t"."attributes" #> $3::text[]) -> $4::text) #>> '{}')::float8 end) = $5::bigint
-- $1 = ["list"], $2 = "-1", $3 = ["list"], $4 = "-1", $5 = 1

-- entity: two paths of unknown type
((case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) <> (case when jsonb_typeof(("t"."about" #> $3::text[])) = 'number' then (("t"."about" #> $4::text[]) #>> '{}')::float8 end) or (case when jsonb_typeof(("t"."attributes" #> $5::text[])) = 'string' then (("t"."attributes" #> $6::text[]) #>> '{}') end) <> (case when jsonb_typeof(("t"."about" #> $7::text[])) = 'string' then (("t"."about" #> $8::text[]) #>> '{}') end) or (case when jsonb_typeof(("t"."attributes" #> $9::text[])) = 'boolean' then (("t"."attributes" #> $10::text[]) #>> '{}')::boolean end) <> (case when jsonb_typeof(("t"."about" #> $11::text[])) = 'boolean' then (("t"."about" #> $12::text[]) #>> '{}')::boolean end) or (jsonb_typeof(("t"."attributes" #> $13::text[])) in ('object', 'array') and jsonb_typeof(("t"."about" #> $14::text[])) in ('object', 'array') and ("t"."attributes" #> $15::text[]) <> ("t"."about" #> $16::text[])))
-- $1 = ["a"], $2 = ["a"], $3 = ["a"], $4 = ["a"], $5 = ["a"], $6 = ["a"], $7 = ["a"], $8 = ["a"], $9 = ["a"], $10 = ["a"], $11 = ["a"], $12 = ["a"], $13 = ["a"], $14 = ["a"], $15 = ["a"], $16 = ["a"]

-- observation: a number as a result
"t"."number" > $1::bigint
-- $1 = 40

-- observation: a text as a result
"t"."text" = $1::text
-- $1 = "voll"

-- observation: inside a result
(case when jsonb_typeof(("t"."json" #> $1::text[])) = 'number' then (("t"."json" #> $2::text[]) #>> '{}')::float8 end) = $3::bigint
-- $1 = ["count"], $2 = ["count"], $3 = 3

-- series: the latest result
"t_state"."latest_number" > $1::bigint
-- $1 = 40

-- observation: two columns
"t"."time" = "t"."end"

-- entity: a list compares with nothing
false

-- observation: in, numbers
("t"."series" = any($1::bigint[]))
-- $1 = [1,2,3]

-- entity: in, texts and numbers
((case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) = any($3::float8[]) or (case when jsonb_typeof(("t"."attributes" #> $4::text[])) = 'string' then (("t"."attributes" #> $5::text[]) #>> '{}') end) = any($6::text[]))
-- $1 = ["kind"], $2 = ["kind"], $3 = [7,0.5], $4 = ["kind"], $5 = ["kind"], $6 = ["oak"]

-- entity: in nothing
false

-- entity: text contains
strpos("t"."name", $1::text) > 0
-- $1 = "ind"

-- entity: text starts
starts_with((case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'string' then (("t"."attributes" #> $2::text[]) #>> '{}') end), $3::text)
-- $1 = ["a"], $2 = ["a"], $3 = "Li"

-- entity: text ends
right("t"."name", length($1::text)) = $2::text
-- $1 = "de", $2 = "de"

-- entity: like, a text
(coalesce(("t"."iri") collate "C" ~ $1, false))
-- $1 = "^urn\\U0000003a(?:.){0,}\\U0000003a(?:1|2)$"

-- entity: like, a list
exists (select from unnest("t"."scopes") one where one collate "C" ~ $1)
-- $1 = "^\\U0000002fa\\U0000002f(?:[^\\U0000002f-\\U0000002f]){1,}$"

-- series: like, a result
(coalesce(("t_state"."latest_text") collate "C" ~ $1, false) or exists (select from jsonb_array_elements(case when jsonb_typeof("t_state"."latest_json") = 'array' then "t_state"."latest_json" else '[]' end) one where jsonb_typeof(one) = 'string' and (one #>> '{}') collate "C" ~ $2))
-- $1 = "klar", $2 = "klar"

-- entity: has, a list
"t"."types" @> array[$1::text]
-- $1 = "Tree"

-- entity: has, a JSON array
(jsonb_typeof(("t"."attributes" #> $1::text[])) = 'array' and ("t"."attributes" #> $2::text[]) @> $3::jsonb)
-- $1 = ["tags"], $2 = ["tags"], $3 = "[7]"

-- dataset: exists, a column
(("t"."licence") is not null)

-- entity: exists, in JSON
(("t"."attributes" #> $1::text[]) is not null)
-- $1 = ["height"]

-- observation: exists, a result
(true)

-- entity: spatial, a box
-- candidates for GEOS:
select id, lon, lat, shape, null as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and lon is null
-- $1 = 7.7, $2 = 52, $3 = 7.6, $4 = 51.9
(("t".box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and "t".lon between $5::float8 and $6::float8 and "t".lat between $7::float8 and $8::float8) or false)
-- $1 = 7.7, $2 = 52, $3 = 7.6, $4 = 51.9, $5 = 7.6, $6 = 7.7, $7 = 51.9, $8 = 52

-- entity: spatial, any shape
-- candidates for GEOS:
select id, lon, lat, shape, null as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and true
-- $1 = 7.7, $2 = 52, $3 = 7.6, $4 = 51.9
(false or false)

-- entity: spatial, far away
-- candidates for GEOS:
select id, lon, lat, shape, null as geometry from entity where box is not null and true and true
((false or false)) is not true

-- series: spatial, the area of a series
-- candidates for GEOS:
select series as id, (area[1])[0] as w, (area[1])[1] as s, (area[0])[0] as e, (area[0])[1] as n from series_state where area is not null
(false or false)

-- entity: near a point
-- candidates for GEOS:
select id, lon, lat, null::bytea as shape, case when lon is null then geometry end as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and lon is null
-- $1 = 7.637305203987417, $2 = 51.96450109842044, $3 = 7.622694796012583, $4 = 51.95549890157956
(("t".box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and 2 * $5::float8 * asin(sqrt(least(1, sin(radians(($6::float8 - "t".lat) / 2)) ^ 2 + cos(radians("t".lat)) * cos(radians($7::float8)) * sin(radians(($8::float8 - "t".lon) / 2)) ^ 2))) <= $9::float8) or false)
-- $1 = 7.637305203987417, $2 = 51.96450109842044, $3 = 7.622694796012583, $4 = 51.95549890157956, $5 = 6371008.8, $6 = 51.96, $7 = 51.96, $8 = 7.63, $9 = 500

-- entity: far from a point
-- candidates for GEOS:
select id, lon, lat, null::bytea as shape, case when lon is null then geometry end as geometry from entity where box is not null and true and lon is null
(("t".lon is not null and 2 * $1::float8 * asin(sqrt(least(1, sin(radians(($2::float8 - "t".lat) / 2)) ^ 2 + cos(radians("t".lat)) * cos(radians($3::float8)) * sin(radians(($4::float8 - "t".lon) / 2)) ^ 2))) >= $5::float8) or false)
-- $1 = 6371008.8, $2 = 51.96, $3 = 51.96, $4 = 7.63, $5 = 500

-- entity: near a shape
-- candidates for GEOS:
select id, lon, lat, null::bytea as shape, case when lon is null then geometry end as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and true
-- $1 = 7.70731173095904, $2 = 52.00450109842044, $3 = 7.5927045579910555, $4 = 51.89549890157956
(false or false)

-- entity: lies as a pattern says
-- candidates for GEOS:
select id, lon, lat, shape, null as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and true
-- $1 = 7.7, $2 = 52, $3 = 7.6, $4 = 51.9
(false or false)

-- entity: a distance in degrees
-- candidates for GEOS:
select id, lon, lat, shape, null as geometry from entity where box is not null and box && box(point($1::float8, $2::float8), point($3::float8, $4::float8)) and true
-- $1 = 7.8001000000000005, $2 = 52.1001, $3 = 7.499899999999999, $4 = 51.7999
(false or false)

-- entity: a length in degrees
-- candidates for GEOS:
select id, lon, lat, null::bytea as shape, case when lon is null then geometry end as geometry from entity where box is not null and true and true
(false or false)

-- series: what the related item has
"t"."name" < (select "tt"."name" from "entity" "tt" where "tt".id = "t"."entity" and true) collate "C"

-- observation: what the related item has, as far as one may see it
("t"."number" = (select (case when jsonb_typeof(("tt"."attributes" #> $1::text[])) = 'number' then (("tt"."attributes" #> $2::text[]) #>> '{}')::float8 end) from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."role" = $3::text) or "t"."text" = (select (case when jsonb_typeof(("tt"."attributes" #> $4::text[])) = 'string' then (("tt"."attributes" #> $5::text[]) #>> '{}') end) from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."role" = $6::text) or "t"."boolean" = (select (case when jsonb_typeof(("tt"."attributes" #> $7::text[])) = 'boolean' then (("tt"."attributes" #> $8::text[]) #>> '{}')::boolean end) from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."role" = $9::text) or (jsonb_typeof("t"."json") in ('object', 'array') and jsonb_typeof((select ("tt"."attributes" #> $10::text[]) from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."role" = $11::text)) in ('object', 'array') and "t"."json" = (select ("tt"."attributes" #> $12::text[]) from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."role" = $13::text)))
-- $1 = ["level"], $2 = ["level"], $3 = "feature", $4 = ["level"], $5 = ["level"], $6 = "feature", $7 = ["level"], $8 = ["level"], $9 = "feature", $10 = ["level"], $11 = "feature", $12 = ["level"], $13 = "feature"

-- entity: what a reference of somebody’s own leads to
exists (select from "entity" "tt" where "tt".id = (case when (case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) between 0 and $3::bigint and (case when jsonb_typeof(("t"."attributes" #> $4::text[])) = 'number' then (("t"."attributes" #> $5::text[]) #>> '{}')::float8 end) = trunc((case when jsonb_typeof(("t"."attributes" #> $6::text[])) = 'number' then (("t"."attributes" #> $7::text[]) #>> '{}')::float8 end)) then ((case when jsonb_typeof(("t"."attributes" #> $8::text[])) = 'number' then (("t"."attributes" #> $9::text[]) #>> '{}')::float8 end))::bigint end) and "tt"."name" = $10::text)
-- $1 = ["parent"], $2 = ["parent"], $3 = 9007199254740991, $4 = ["parent"], $5 = ["parent"], $6 = ["parent"], $7 = ["parent"], $8 = ["parent"], $9 = ["parent"], $10 = "Linde"

-- entity: what it has
"t"."name" < (select "tt"."name" from "entity" "tt" where "tt".id = (case when (case when jsonb_typeof(("t"."attributes" #> $1::text[])) = 'number' then (("t"."attributes" #> $2::text[]) #>> '{}')::float8 end) between 0 and $3::bigint and (case when jsonb_typeof(("t"."attributes" #> $4::text[])) = 'number' then (("t"."attributes" #> $5::text[]) #>> '{}')::float8 end) = trunc((case when jsonb_typeof(("t"."attributes" #> $6::text[])) = 'number' then (("t"."attributes" #> $7::text[]) #>> '{}')::float8 end)) then ((case when jsonb_typeof(("t"."attributes" #> $8::text[])) = 'number' then (("t"."attributes" #> $9::text[]) #>> '{}')::float8 end))::bigint end) and true) collate "C"
-- $1 = ["parent"], $2 = ["parent"], $3 = 9007199254740991, $4 = ["parent"], $5 = ["parent"], $6 = ["parent"], $7 = ["parent"], $8 = ["parent"], $9 = ["parent"]

-- series: missing of the related item
((select (("tt"."about" #> $1::text[]) is null or jsonb_typeof(("tt"."about" #> $2::text[])) = 'null') from "entity" "tt" where "tt".id = "t"."sensor" and true) is not false) is true
-- $1 = ["x"], $2 = ["x"]

-- dataset: search, datasets
"t".words @@ (websearch_to_tsquery('german', $1) || websearch_to_tsquery('simple', $2))
-- $1 = "Luft \"Güte\"", $2 = "Luft \"Güte\""

-- dataset: search, datasets, with what the words mean
"t".words @@ $1::tsquery
-- $1 = "(('rad' | ('radverkehr') | ('fahrrad' & 'o''neill')) & ('grun' <-> 'well')) & !('alt')"

-- entity: search, entities
(strpos(lower(("t".name || ' ' || "t".description) collate "und-x-icu"), $1) > 0)
-- $1 = "linde"

-- observation: what a stranger may read
exists (select from "dataset" "tt" where "tt".id = "t"."dataset" and ("tt"."access" = $1::text and "tt"."state" = $2::text))
-- $1 = "public", $2 = "released"

-- series: some, by id alone
"t"."sensor" = $1::bigint
-- $1 = 7

-- entity: some, twice
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt".entity = "t".id and "tt".kind = 'value' and exists (select from "entity" "ttt" where "ttt".id = "tt"."property" and "ttt"."name" = $1::text))
-- $1 = "PM10"

-- dataset: some entities of dataset
exists (select from "entity" "tt" where "tt"."dataset" = "t".id and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- dataset: some series of dataset
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt"."dataset" = "t".id and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some dataset of entity
exists (select from "dataset" "tt" where "tt".id = "t"."dataset" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some series of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt".entity = "t".id and "tt".kind = 'value' and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some locations of entity
exists (select from "entity" "tt" where "tt".id in (select target from link where source = "t".id and name = 'location') and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some things of entity
exists (select from "entity" "tt" where "tt".id in (select source from link where target = "t".id and name = 'location') and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some placements of entity
exists (select from "observation" "tt" where "tt".id = any(array( select id from observation where series = any(array(select id from series where entity = "t".id and kind = 'place')) union select id from observation where parameters -> 'locations' @> jsonb_build_array("t".id))) and "tt"."time" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some tasking of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt".entity = "t".id and "tt".kind = 'task' and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some sensing of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt"."sensor" = "t".id and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some observing of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where ("tt".property = "t".id or "tt".id = any(array(select series from series_part where property = "t".id))) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some observations of entity
exists (select from "observation" "tt" where ("tt".feature = "t".id or ("tt".feature is null and "tt".series = any(array(select id from series where feature = "t".id)))) and "tt"."time" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some featured of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt"."feature" = "t".id and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some ultimateOf of entity
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt".ultimates @> array["t".id]::bigint[] and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some kinds of entity
exists (select from "entity" "tt" where "tt".id in (select target from link where source = "t".id and name = 'kind') and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- entity: some kindOf of entity
exists (select from "entity" "tt" where "tt".id in (select source from link where target = "t".id and name = 'kind') and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some dataset of series
exists (select from "dataset" "tt" where "tt".id = "t"."dataset" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some entity of series
exists (select from "entity" "tt" where "tt".id = "t"."entity" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some property of series
exists (select from "entity" "tt" where "tt".id = "t"."property" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some observed of series
exists (select from "entity" "tt" where "tt".id = any(array(select property from series_part where series = "t".id union all select property from series where id = "t".id and parts is null)) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some sensor of series
exists (select from "entity" "tt" where "tt".id = "t"."sensor" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some feature of series
exists (select from "entity" "tt" where "tt".id = "t"."feature" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some ultimates of series
exists (select from "entity" "tt" where "tt".id = any(array(select unnest(ultimates) from series where id = "t".id)) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- series: some observations of series
exists (select from "observation" "tt" where "tt"."series" = "t".id and "tt"."time" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: some dataset of observation
exists (select from "dataset" "tt" where "tt".id = "t"."dataset" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: some series of observation
exists (select from series "tt" left join series_state "tt_state" on "tt_state".series = "tt".id where "tt".id = "t"."series" and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: some feature of observation
exists (select from "entity" "tt" where "tt".id = coalesce("t".feature, (select feature from series where id = "t".series)) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: some thing of observation
exists (select from "entity" "tt" where "tt".id = (select entity from series where id = "t".series) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: some places of observation
exists (select from "entity" "tt" where "tt".id in (select case when place::text ~ '^[0-9]{1,15}$' then place::text::bigint end from observation o, jsonb_array_elements((case when jsonb_typeof("o".parameters -> 'locations') = 'array' then "o".parameters -> 'locations' else '[]' end)) place where o.id = "t".id) and "tt"."modified" < $1::timestamptz)
-- $1 = "2026-03-01T12:00:00Z"

-- observation: function lower
(lower((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end) collate "und-x-icu") collate "C") = "t"."text"
-- $1 = ["a"], $2 = ["a"]

-- observation: function upper
(upper((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end) collate "und-x-icu") collate "C") = "t"."text"
-- $1 = ["a"], $2 = ["a"]

-- observation: function trim
btrim((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end), E' \t\n\r') = "t"."text"
-- $1 = ["a"], $2 = ["a"]

-- observation: function length
length((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end))::float8 = "t"."number"
-- $1 = ["a"], $2 = ["a"]

-- observation: function concat
((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end) || (case when jsonb_typeof(("t"."parameters" #> $3::text[])) = 'string' then (("t"."parameters" #> $4::text[]) #>> '{}') end)) = "t"."text"
-- $1 = ["a"], $2 = ["a"], $3 = ["a"], $4 = ["a"]

-- observation: function indexof
(strpos((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end), (case when jsonb_typeof(("t"."parameters" #> $3::text[])) = 'string' then (("t"."parameters" #> $4::text[]) #>> '{}') end)) - 1)::float8 = "t"."number"
-- $1 = ["a"], $2 = ["a"], $3 = ["a"], $4 = ["a"]

-- observation: function substring
substr((case when jsonb_typeof(("t"."parameters" #> $1::text[])) = 'string' then (("t"."parameters" #> $2::text[]) #>> '{}') end), (case when ($3::float8)::float8 > 1000000000 then 1000000000 when ($4::float8)::float8 < 0 then 0 else floor(($5::float8)::float8)::int end) + 1, (case when ($6::float8)::float8 > 1000000000 then 1000000000 when ($7::float8)::float8 < 0 then 0 else floor(($8::float8)::float8)::int end)) = "t"."text"
-- $1 = ["a"], $2 = ["a"], $3 = 2.5, $4 = 2.5, $5 = 2.5, $6 = 2.5, $7 = 2.5, $8 = 2.5

-- observation: function year
extract(year from "t"."time" at time zone 'UTC')::float8 = "t"."number"

-- observation: function month
extract(month from "t"."time" at time zone 'UTC')::float8 = "t"."number"

-- observation: function day
extract(day from "t"."time" at time zone 'UTC')::float8 = "t"."number"

-- observation: function hour
extract(hour from "t"."time" at time zone 'UTC')::float8 = "t"."number"

-- observation: function minute
extract(minute from "t"."time" at time zone 'UTC')::float8 = "t"."number"

-- observation: function second
floor(extract(second from "t"."time"))::float8 = "t"."number"

-- observation: function fraction
(extract(microseconds from "t"."time")::bigint % 1000000)::float8 / 1000000 = "t"."number"

-- observation: function date
to_char("t"."time" at time zone 'UTC', 'YYYY-MM-DD') = "t"."text"

-- observation: function clock
to_char("t"."time" at time zone 'UTC', 'HH24:MI:SS.US') = "t"."text"

-- observation: function round
(trunc(($1::float8)::float8) + case when abs(($2::float8)::float8 - trunc(($3::float8)::float8)) >= 0.5 then sign(($4::float8)::float8) else 0 end) = "t"."number"
-- $1 = 2.5, $2 = 2.5, $3 = 2.5, $4 = 2.5

-- observation: function floor
floor(($1::float8)::float8) = "t"."number"
-- $1 = 2.5

-- observation: function ceiling
ceil(($1::float8)::float8) = "t"."number"
-- $1 = 2.5

-- observation: function add
(($1::float8)::float8 + ($2::float8)::float8) = "t"."number"
-- $1 = 2.5, $2 = 2.5

-- observation: function sub
(($1::float8)::float8 - ($2::float8)::float8) = "t"."number"
-- $1 = 2.5, $2 = 2.5

-- observation: function mul
(($1::float8)::float8 * ($2::float8)::float8) = "t"."number"
-- $1 = 2.5, $2 = 2.5

-- observation: function div
(($1::float8)::float8 / nullif(($2::float8)::float8, 0)) = "t"."number"
-- $1 = 2.5, $2 = 2.5

-- observation: function mod
(($1::float8)::float8 - ($2::float8)::float8 * trunc(($3::float8)::float8 / nullif(($4::float8)::float8, 0))) = "t"."number"
-- $1 = 2.5, $2 = 2.5, $3 = 2.5, $4 = 2.5

-- observation: function shift
false

-- observation: function local
false

-- observation: function tonumber
coalesce(("t"."number")::float8, case when "t"."text" ~ $1::text then ("t"."text")::float8 end) = "t"."number"
-- $1 = "^[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?$"

-- observation: function totime
false

-- observation: function apart
((extract(epoch from ("t"."time") - ("t"."time")) * 1000000)::float8 / 1000000) = "t"."number"

-- observation: a page of one series, newest first
select "t"."id", "t"."series", "t"."dataset", "t"."time", "t"."number", case when num_nonnulls("t"."end", "t"."result_time", "t"."text", "t"."boolean", "t"."json", "t"."quality", "t"."valid_start", "t"."valid_end", "t"."parameters", "t"."feature") > 0 then json_build_object('end', "t"."end"::text, 'result_time', "t"."result_time"::text, 'text', "t"."text", 'boolean', "t"."boolean", 'json', "t"."json", 'quality', "t"."quality", 'valid_start', "t"."valid_start"::text, 'valid_end', "t"."valid_end"::text, 'parameters', "t"."parameters", 'feature', "t"."feature", 'in_parts', case when "t".json is not null then (select case when parts is null then null when schema #>> '{resultType,type}' = 'DataRecord' and (schema #>> '{resultEncoding,recordsAsArrays}') is distinct from 'true' then (select jsonb_agg(part -> 'name') from jsonb_array_elements(parts) part) else 'true' end from series where series.id = "t".series) end) end as rest from "observation" "t" where "t"."series" = $1::bigint order by "t"."time" desc, "t"."id" desc limit $2
-- $1 = 7, $2 = 11
