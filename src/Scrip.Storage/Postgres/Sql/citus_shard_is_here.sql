-- After citus_shard_lock and apart from it, so that it sees what the one that the lock waited for has changed.
select exists (
    select
    from pg_dist_placement p
    join pg_dist_local_group l on l.groupid = p.groupid
    where p.shardid = $1
)
