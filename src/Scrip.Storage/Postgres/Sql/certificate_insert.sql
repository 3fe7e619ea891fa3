insert into certificate
    (site_id, id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
     starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
select $1, n.id, n.code, n.code_folded, n.is_active, n.value_minor, n.spent, n.held, n.version, n.issued_value, n.created_at, n.created_by,
       n.updated_at, n.starts_at, n.expires_at, n.single_use, n.note, n.issued_entry_id, n.last_entry_id,
       n.spent_at_redemption_id
from unnest($2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
            $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::boolean[], $17::text[], $18::bigint[],
            $19::bigint[], $20::bigint[])
    as n (id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
          starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
