-- The nodes of a Citus cluster that keep sites.
select distinct n.nodename, n.nodeport::bigint
from pg_dist_node n
join pg_dist_placement p on p.groupid = n.groupid
where n.noderole = 'primary'
order by 1, 2
