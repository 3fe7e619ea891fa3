-- Sites and tokens, and the row that a probe writes, are on the coordinator. This writes to the node's log and nothing else; as the only
-- statement of a transaction it is forced to the disk with it.
select pg_logical_emit_message(true, 'scrip', 'probe') is not null
