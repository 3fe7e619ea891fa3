-- Runs after citus_shard_lock and separately, so that it sees the changes of the transaction for which the lock waited.
select exists (
    select
    from pg_dist_placement p
    join pg_dist_local_group l on l.groupid = p.groupid
    where p.shardid = $1
)
