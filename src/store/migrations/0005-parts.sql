-- Results of several parts (MultiDatastreams), and series that are turned around: what a thing can be told to do.
alter table series add column parts jsonb;   -- each part in order: property, unit, observationType
alter table series add column schema jsonb;  -- SWE Common: what the values must look like, as it was given
alter table series drop constraint series_kind_check;
alter table series add constraint series_kind_check check (kind in ('value', 'place', 'task'));
alter table entity drop constraint entity_role_check;
alter table entity add constraint entity_role_check check (role in ('thing', 'location', 'sensor', 'property', 'feature', 'actuator'));

-- The parts again, to be found from their observed property.
create table series_part (
  series int not null references series on delete cascade,
  position int not null,
  property bigint not null references entity on delete cascade,
  primary key (series, property)
);
create index series_part_property on series_part (property);
