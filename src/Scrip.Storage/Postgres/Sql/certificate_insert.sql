-- unnest is in the select list because after FROM each column would first be materialized.
insert into certificate
    (site_id, id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
     starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::boolean[]), unnest($6::bigint[]),
       unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[]), unnest($11::bigint[]),
       unnest($12::bigint[]), unnest($13::bigint[]), unnest($14::bigint[]), unnest($15::bigint[]), unnest($16::boolean[]),
       unnest($17::text[]), unnest($18::bigint[]), unnest($19::bigint[]), unnest($20::bigint[])
