-- What keeps the platform alive: use cases, indicators, money, people, decisions. Each is a record of a kind, with its history and its ties.
create table record (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  kind text not null,
  title text not null check (title <> ''),
  fields jsonb not null default '{}',
  shown text[] not null default '{}',        -- fields that everybody may see
  version int not null default 1,
  review date,                               -- when it is to be looked at again
  author text not null,
  created timestamptz not null default now(),
  modified timestamptz not null default now()
);
create index record_tenant on record (tenant, kind, id);

create table record_version (
  record int not null references record on delete cascade,
  version int not null,
  title text not null,
  fields jsonb not null,
  shown text[] not null,
  review date,
  author text not null,
  at timestamptz not null,
  primary key (record, version)
);

-- What records name: each other, and datasets by what they are called, so that one that is gone is noticed.
create table record_tie (
  record int not null references record on delete cascade,
  field text not null,
  target int references record,
  slug text,
  check ((target is null) <> (slug is null))
);
create index record_tie_record on record_tie (record);
create index record_tie_target on record_tie (target) where target is not null;
create index record_tie_slug on record_tie (slug) where slug is not null;

create table indicator_value (
  indicator int not null references record on delete cascade,
  day date not null,
  value float8 not null,
  measured boolean not null,                 -- from the data; else entered by hand
  note text not null default '',             -- how, and from where
  author text not null,
  at timestamptz not null default now(),
  primary key (indicator, day)
);
