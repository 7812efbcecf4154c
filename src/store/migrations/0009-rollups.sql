-- Observations of a series by hour (UTC), so that a summary of years reads next to none of them.
alter table series_state add column rolled_to timestamptz;  -- what is earlier stands in rollup, by whole hours

-- How many numbers, their sum, and the sum of their squared deviations: what avg and stddev are made of, hour by hour and then together.
create aggregate moments(float8) (sfunc = float8_accum, stype = float8[], initcond = '{0,0,0}');
create aggregate combined(float8[]) (sfunc = float8_combine, stype = float8[], initcond = '{0,0,0}');

-- An hour without a row has no observations. 'touched': changed since it was rolled; 'raw': its numbers are too large to be rolled.
create table rollup (
  series int not null references series on delete cascade,
  hour timestamptz not null,
  state text not null check (state in ('rolled', 'touched', 'raw')),
  count bigint,
  moments float8[],
  min float8,
  max float8,
  first float8,
  last float8,
  primary key (series, hour)
);
create index rollup_touched on rollup (series) where state = 'touched';
