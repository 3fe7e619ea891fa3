update counter
set last_certificate_id = $2, last_entry_id = $3, last_redemption_id = $4, last_batch_id = $6,
    newest_entry_at = greatest(newest_entry_at, $5)
where site_id = $1
