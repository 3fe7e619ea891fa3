-- unnest is in the select list: after FROM each column of a large call would first be materialized on disk.
update certificate c
set starts_at = n.starts_at, expires_at = n.expires_at, single_use = n.single_use, note = n.note
from (
    select unnest($2::bigint[]) as id, unnest($3::bigint[]) as starts_at, unnest($4::bigint[]) as expires_at,
           unnest($5::boolean[]) as single_use, unnest($6::text[]) as note
) as n
where c.site_id = $1 and c.id = n.id
