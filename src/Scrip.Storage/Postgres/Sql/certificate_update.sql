update certificate c
set is_active = n.is_active, value_minor = n.value_minor, spent = n.spent, held = n.held, version = n.version, updated_at = n.updated_at,
    last_entry_id = n.last_entry_id, spent_at_redemption_id = n.spent_at_redemption_id
from unnest($2::bigint[], $3::boolean[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
            $10::bigint[])
    as n (id, is_active, value_minor, spent, held, version, updated_at, last_entry_id, spent_at_redemption_id)
where c.site_id = $1 and c.id = n.id
