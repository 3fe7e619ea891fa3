-- Sites, tokens and the row that a probe writes are on the coordinator. This only writes to the node's log; as the only statement of its
-- transaction it is forced to the disk with it.
select pg_logical_emit_message(true, 'scrip', 'probe') is not null
