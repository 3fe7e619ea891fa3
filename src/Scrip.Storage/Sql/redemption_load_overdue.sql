select id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at
from redemption
where site_id = $1 and state = 1 and hold_expires_at <= $2
order by hold_expires_at, id
limit $3
