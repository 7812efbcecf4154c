-- Kinds of features, and what a series is about in the end: the river, beside the sample that was taken of it.
alter table entity drop constraint entity_role_check;
alter table entity add constraint entity_role_check
  check (role in ('thing', 'location', 'sensor', 'property', 'feature', 'actuator', 'feature-type'));

alter table series add column ultimates bigint[];   -- entities of role feature, in their order
create index series_ultimates on series using gin (ultimates) where ultimates is not null;
