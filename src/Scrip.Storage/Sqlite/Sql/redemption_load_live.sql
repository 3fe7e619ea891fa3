select id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at
from redemption
where site_id = $1 and reference = $2 and certificate_id = $3 and ended_id = 0
