-- Who may do what: by roles, for groups and organisational units, for a part of a dataset, for a purpose, until a day.

-- Those who belong to a unit have what is granted to the units above it.
create table team (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  name text not null,
  kind text not null check (kind in ('group', 'unit')),
  parent int references team on delete set null,
  claim text,                  -- what a provider of identities calls it
  created timestamptz not null default now(),
  unique (tenant, name)
);
create unique index team_claim on team (tenant, claim) where claim is not null;

create table member (
  team int not null references team on delete cascade,
  account int not null references account on delete cascade,
  given boolean not null default false,   -- by a provider of identities, which may take it away again
  primary key (team, account)
);
create index member_account on member (account);

-- Machines have accounts, too: no password, only keys.
alter table account add column kind text not null default 'person' check (kind in ('person', 'service'));
alter table account alter column password drop not null;

alter table permission add column id int generated always as identity primary key;
alter table permission add column tenant int references tenant on delete cascade;
update permission set tenant = (select tenant from dataset where dataset.id = permission.dataset);
alter table permission alter column tenant set not null;
alter table permission add column team int references team on delete cascade;
alter table permission add column role text;
alter table permission add column portion jsonb;
alter table permission add column purpose text;
alter table permission add column expires timestamptz;
alter table permission add column giver text;          -- who granted it, as principals are called
alter table permission add column created timestamptz not null default now();
alter table permission alter column dataset drop not null;   -- null: every dataset of the tenant
alter table permission drop constraint permission_verbs_check;
alter table permission add check (verbs <@ '{read,read-metadata,append,change,delete,manage,release}');
alter table permission drop constraint permission_check;
alter table permission add check (num_nonnulls(account, team, token) = 1);
alter table permission add check ((role is null) = (cardinality(verbs) > 0));
drop index permission_account;
create index permission_account on permission (account) where account is not null;
create index permission_team on permission (team) where team is not null;
create index permission_tenant on permission (tenant);

-- Who managed a dataset could decide on its release: that is a right of its own now.
update permission set verbs = verbs || '{release}' where 'manage' = any(verbs);
update token set verbs = verbs || '{release}' where 'manage' = any(verbs);
