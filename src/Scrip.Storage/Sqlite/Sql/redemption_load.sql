select id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at
from redemption
where site_id = $1 and id = $2
