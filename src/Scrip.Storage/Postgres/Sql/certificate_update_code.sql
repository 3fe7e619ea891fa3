-- unnest is in the select list: after FROM each column of a large call would first be materialized on disk.
update certificate c
set code = n.code, code_folded = n.code_folded, is_active = n.is_active, value_minor = n.value_minor, spent = n.spent, held = n.held,
    version = n.version, updated_at = n.updated_at, last_entry_id = n.last_entry_id,
    spent_at_redemption_id = n.spent_at_redemption_id
from (
    select unnest($2::bigint[]) as id, unnest($3::boolean[]) as is_active, unnest($4::bigint[]) as value_minor,
           unnest($5::bigint[]) as spent, unnest($6::bigint[]) as held, unnest($7::bigint[]) as version,
           unnest($8::bigint[]) as updated_at, unnest($9::bigint[]) as last_entry_id, unnest($10::bigint[]) as spent_at_redemption_id,
           unnest($11::text[]) as code, unnest($12::text[]) as code_folded
) as n
where c.site_id = $1 and c.id = n.id
