insert into certificate
    (site_id, id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, starts_at,
     expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
