-- Subscriptions of NGSI-LD, and the notifications that wait to be delivered: one row each, so that none is lost with a process.
create table subscription (
  id bigint primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  iri text not null,
  owner text not null,               -- whose rights count, as principals are called
  said json not null,                -- as it was sent, in the words of its context
  plan json not null,                -- what of it is looked at with every change
  active boolean not null default true,
  expires timestamptz,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  told timestamptz,                  -- when the last notification was made, for throttling and intervals
  sent bigint not null default 0,
  failed bigint not null default 0,
  notified timestamptz,
  succeeded timestamptz,
  refused timestamptz,
  rest timestamptz not null default '-infinity',   -- its endpoint is left alone until then
  holder text,                       -- the node that delivers
  until timestamptz not null default '-infinity',
  unique (tenant, iri)
);

create table delivery (
  id bigint primary key generated always as identity,
  subscription bigint not null references subscription on delete cascade,
  cause text not null,               -- the change and the entity: what is read twice is queued once
  dataset int,
  body json not null,
  attempts int not null default 0,
  made timestamptz not null default now(),
  unique (subscription, cause)
);
create index delivery_order on delivery (subscription, id);
