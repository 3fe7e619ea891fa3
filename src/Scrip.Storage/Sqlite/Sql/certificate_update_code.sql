update certificate
set code = $11, is_active = $3, value_minor = $4, spent = $5, held = $6, version = $7, updated_at = $8,
    last_entry_id = $9, spent_at_redemption_id = $10
where site_id = $1 and id = $2
