-- Where Citus keeps a site: the node and the numbers of the site's shards, which are tables there. Every node of a cluster has this
-- information.
select t.name, s.id, n.nodename, n.nodeport::bigint
from unnest($2::text[]) as t (name)
cross join lateral get_shard_id_for_distribution_column(t.name::regclass, $1::bigint) as s (id)
join pg_dist_placement p on p.shardid = s.id
join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
