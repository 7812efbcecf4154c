-- Cards that come from other catalogues: by which identifier, from which of them, and what each run found about them.

alter table dataset add column origin text;    -- the identifier at its source; null: at home here
create unique index dataset_origin on dataset (tenant, origin) where origin is not null;

create table harvested (
  dataset int primary key references dataset on delete cascade,
  home int not null references dataset on delete cascade,   -- the card of the catalogue it comes from
  hash text not null,                                       -- of what the source said
  sweep text not null,                                      -- the last reading of the whole source in which it was there
  modified timestamptz,                                     -- as the source says
  gone boolean not null default false                       -- withdrawn because the source has it no more
);
create index harvested_home on harvested (home);

create table run_record (
  id bigint primary key generated always as identity,
  run bigint not null references run on delete cascade,
  origin text not null,
  slug text,
  title jsonb not null,
  became text not null check (became in ('new', 'changed', 'same', 'back', 'gone', 'elsewhere')),
  changes jsonb not null default '{}',                      -- by field: was, is
  findings jsonb not null default '[]'
);
create index run_record_run on run_record (run, id);
