-- Requests for release, with what was said about them, and the history of each dataset.

create table release_case (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  dataset int not null references dataset on delete cascade,
  state text not null check (state in ('checking', 'reviewing', 'granted', 'refused', 'blocked', 'recalled')),
  author jsonb not null,       -- id and name, as they were
  reason text,
  card jsonb,                  -- what the card of a released dataset shall be
  sequence text not null check (sequence in ('parallel', 'line')),
  reviews jsonb not null default '[]',
  findings jsonb not null default '[]',
  explained jsonb not null default '{}',
  began timestamptz not null default now(),
  ended timestamptz,
  check ((ended is null) = (state in ('checking', 'reviewing')))
);
create unique index release_case_open on release_case (dataset) where ended is null;
create index release_case_tenant on release_case (tenant, id);

create table release_event (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  dataset int not null references dataset on delete cascade,
  "case" int references release_case on delete cascade,
  at timestamptz not null default now(),
  who jsonb not null,
  step text not null,
  aspect text,
  reason text,
  was text not null,
  became text not null,
  card text not null           -- SHA-256 of the card at that moment
);
create index release_event_dataset on release_event (dataset, id);
