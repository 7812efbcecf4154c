-- Times and ids rise, and PostgreSQL fills the pages of what rises: those of the falling index before stayed half empty. It does so for
-- narrow keys only, so equal times are put in the order of their ids when they are read.
drop index observation_series;
create index observation_series on observation (series, time) with (fillfactor = 100, deduplicate_items = off);
drop index observation_by_id;
create index observation_by_id on observation (id) with (fillfactor = 100, deduplicate_items = off);
