update redemption
set state = $3, captured = $4, refunded = $5, balance_after = $6, hold_expires_at = $7, ended_id = $8
where site_id = $1 and id = $2
