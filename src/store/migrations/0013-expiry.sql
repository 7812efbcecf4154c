-- Entities that end by themselves: few among many, looked for every minute.
create index entity_expires on entity ((about #>> '{@ngsi-ld,expiresAt}') collate "C") where about #>> '{@ngsi-ld,expiresAt}' is not null;
