select r.id, r.certificate_id, r.reference, r.state, r.amount, r.captured, r.refunded, r.balance_after, r.created_at, r.hold_expires_at
from unnest($2::bigint[]) as wanted (id)
join redemption r on r.site_id = $1 and r.id = wanted.id
