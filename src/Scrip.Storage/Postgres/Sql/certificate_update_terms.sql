update certificate c
set starts_at = n.starts_at, expires_at = n.expires_at, single_use = n.single_use, note = n.note
from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[])
    as n (id, starts_at, expires_at, single_use, note)
where c.site_id = $1 and c.id = n.id
