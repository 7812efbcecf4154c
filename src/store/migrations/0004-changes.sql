-- The outbox is read in the order of transactions.
create index change_order on change (xid, id);
