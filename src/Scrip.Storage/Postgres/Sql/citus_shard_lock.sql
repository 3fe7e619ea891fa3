-- What Citus itself takes for a write (5 is SHARE): whoever moves or splits the shard waits for the end of this transaction before it lets
-- the other place count, and this waits for whoever does.
select lock_shard_metadata(5, array[$1::bigint])
