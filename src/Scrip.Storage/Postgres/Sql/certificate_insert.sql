insert into certificate
    (site_id, id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, last_entry_id)
select $1, n.id, n.code, n.is_active, n.value_minor, n.spent, n.held, n.version, n.issued_value, n.created_at, n.created_by, n.updated_at,
       n.last_entry_id
from unnest($2::bigint[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
            $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
    as n (id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, last_entry_id)
