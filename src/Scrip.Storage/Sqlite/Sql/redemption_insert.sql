insert into redemption
    (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
