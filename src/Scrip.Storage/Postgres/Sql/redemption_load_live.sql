select r.id, r.certificate_id, r.reference, r.state, r.amount, r.captured, r.refunded, r.balance_after, r.created_at, r.hold_expires_at
from unnest($2::bigint[], $3::text[]) as wanted (certificate_id, reference)
join redemption r
    on r.site_id = $1 and r.reference = wanted.reference and r.certificate_id = wanted.certificate_id and r.ended_id = 0
