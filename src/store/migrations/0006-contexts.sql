-- JSON-LD contexts: those that people keep here, those that were fetched, and those that were made so that a link can name them.
create table context (
  id bigint primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  local text not null unique,  -- its name in addresses of ours
  kind text not null check (kind in ('Hosted', 'Cached', 'ImplicitlyCreated')),
  address text not null,       -- where it is from; of the others, what tells equal ones
  document json not null,
  created timestamptz not null default now(),
  expires timestamptz,
  used timestamptz,
  hits bigint not null default 0,
  unique (tenant, kind, address)
);
