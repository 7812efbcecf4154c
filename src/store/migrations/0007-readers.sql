-- Readers of the outbox that outlive a process: how far each has come, and which node reads on until when.
create table reader (
  name text primary key,
  mark jsonb not null,
  holder text not null,
  until timestamptz not null
);
