-- The shards of a table of a Citus cluster that are on the current node.
select s.shardid
from pg_dist_shard s
join pg_dist_placement p on p.shardid = s.shardid
join pg_dist_local_group l on l.groupid = p.groupid
where s.logicalrelid = $1::regclass
order by s.shardid
