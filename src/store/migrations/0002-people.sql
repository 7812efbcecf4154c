-- People and machines that may ask: accounts, sessions, API tokens, what they were granted, and the way in for the first of them.

create table account (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  name text not null,
  email text not null,         -- lower case
  password text not null,      -- argon2id, with its parameters and salt
  admin boolean not null default false,
  disabled timestamptz,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  unique (tenant, email)
);

-- The cookie holds a random value; only its SHA-256 is kept.
create table session (
  id int primary key generated always as identity,
  hash text not null unique,
  account int not null references account on delete cascade,
  agent text not null default '',
  created timestamptz not null default now(),
  seen timestamptz not null default now(),
  expires timestamptz not null
);
create index session_account on session (account);

create table token (
  id int primary key generated always as identity,
  tenant int not null references tenant on delete cascade,
  account int references account on delete cascade,    -- whose rights it carries; null: an administrator's without a person
  name text not null,
  prefix text not null,        -- the readable part, to recognise it
  hash text not null unique,   -- SHA-256 of the whole token
  verbs text[] not null,
  bounded boolean not null,    -- only for the datasets in permission; stays so when the last of them is deleted
  home int references dataset on delete set null,
  expires timestamptz,
  used timestamptz,            -- to the hour
  revoked timestamptz,
  created timestamptz not null default now()
);
create index token_account on token (account);

create table permission (
  account int references account on delete cascade,
  token int references token on delete cascade,
  dataset int not null references dataset on delete cascade,
  verbs text[] not null check (verbs <@ '{read,append,change,delete,manage}'),
  check (num_nonnulls(account, token) = 1)
);
create unique index permission_account on permission (account, dataset) where account is not null;
create unique index permission_token on permission (token, dataset) where token is not null;
create index permission_dataset on permission (dataset);

-- The one-time link for the first administrator.
create table first_run (
  tenant int primary key references tenant on delete cascade,
  hash text not null,
  expires timestamptz not null
);

-- Failed sign-ins by a hash of account and address, whether or not the account exists.
create table sign_in_attempt (
  key text primary key,
  failures int not null,
  seen timestamptz not null default now(),
  free timestamptz not null default now()    -- when the next attempt is looked at
);
create index sign_in_attempt_seen on sign_in_attempt (seen);
