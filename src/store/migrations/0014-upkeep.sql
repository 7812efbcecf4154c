-- What the platform does to keep itself, and how it ended: backups, their proof, what is thinned out.
create table upkeep (
  id bigint primary key generated always as identity,
  job text not null check (job in ('backup', 'proof', 'retention')),
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  began timestamptz not null default now(),
  beat timestamptz not null default now(),   -- of the node that does it
  ended timestamptz,
  figures jsonb not null default '{}',
  error jsonb                                -- what is said of it in German and English
);
create index upkeep_job on upkeep (job, id desc);
