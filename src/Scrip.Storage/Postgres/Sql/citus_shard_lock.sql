-- The lock that Citus itself takes for a write (5 is SHARE): moving or splitting the shard waits for the end of this transaction before the
-- new place counts, and this statement waits for a move or split in progress.
select lock_shard_metadata(5, array[$1::bigint])
