update certificate c
set code = n.code, code_folded = n.code_folded, is_active = n.is_active, value_minor = n.value_minor, spent = n.spent, held = n.held,
    version = n.version, updated_at = n.updated_at, last_entry_id = n.last_entry_id,
    spent_at_redemption_id = n.spent_at_redemption_id
from unnest($2::bigint[], $3::boolean[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
            $10::bigint[], $11::text[], $12::text[])
    as n (id, is_active, value_minor, spent, held, version, updated_at, last_entry_id, spent_at_redemption_id, code, code_folded)
where c.site_id = $1 and c.id = n.id
