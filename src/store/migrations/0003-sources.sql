-- Connections to sources, their runs, what was rejected, and everything as it came.

create table source (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  dataset int not null references dataset on delete cascade,
  name text not null,
  connector text not null,
  options jsonb not null default '{}',           -- secrets in it are sealed
  schedule text,                                 -- cron; null: by hand only
  zone text not null default 'Europe/Berlin',
  enabled boolean not null default true,
  retention int not null default 90,             -- days that raw payloads are kept
  token_hash text,                               -- of a push source
  token_sealed text,
  cursor text,
  columns text[],                                -- as last seen
  due timestamptz,
  created timestamptz not null default now(),
  modified timestamptz not null default now()
);
create index source_tenant on source (tenant, id);
create index source_dataset on source (dataset);
create index source_due on source (due) where enabled and due is not null;

create table run (
  id bigint primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  source int not null references source on delete cascade,
  kind text not null check (kind in ('pull', 'push', 'replay')),
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'partly', 'failed', 'cancelled')),
  dry boolean not null default false,
  replays bigint references run on delete set null,
  rows jsonb,                                    -- corrected rows to be replayed; null: everything raw
  attempt int not null default 0,
  queued timestamptz not null default now(),
  due timestamptz not null default now(),        -- not before
  started timestamptz,
  ended timestamptz,
  beat timestamptz,                              -- of the node that runs it
  node text,
  cancelled boolean not null default false,      -- someone asked for it
  read bigint not null default 0,
  stored bigint not null default 0,
  skipped bigint not null default 0,
  replaced bigint not null default 0,
  rejected bigint not null default 0,
  total bigint,
  rate double precision,                         -- rows per second
  made jsonb not null default '{}',              -- entities and series
  warnings jsonb not null default '[]',
  error jsonb,
  cursor_before text,
  cursor text
);
create index run_source on run (source, id desc);
create index run_tenant on run (tenant, id desc);
create index run_open on run (state) where state in ('queued', 'running');

create table reject (
  id bigint primary key generated always as identity,
  run bigint not null references run on delete cascade,
  reason jsonb not null,
  file text,
  line bigint,
  "column" text,
  value text,
  "row" jsonb
);
create index reject_run on reject (run, id);

-- Small pushed messages lie in the row, everything else in a file named by its hash.
create table raw (
  id bigint primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  source int references source on delete cascade,       -- null: an upload that no source uses yet
  run bigint references run on delete set null,
  by text not null default '',
  hash text not null,
  name text not null,
  request text,                -- what was asked for, to find it again in a replay
  status int not null default 200,
  headers jsonb not null default '{}',
  type text,
  size bigint not null,
  content bytea,
  waiting boolean not null default false,               -- pushed and not yet read
  taken timestamptz,                                    -- by a node that is reading it
  done boolean not null default false,                  -- read to its end by a run that stored it
  received timestamptz not null default now(),
  expires timestamptz not null default now() + interval '90 days'
);
create index raw_run on raw (run, id);
create index raw_hash on raw (hash);
create index raw_source_hash on raw (source, hash) where done;
create index raw_source_request on raw (source, request) where done;
create index raw_waiting on raw (source, id) where waiting;
create index raw_expires on raw (expires);
