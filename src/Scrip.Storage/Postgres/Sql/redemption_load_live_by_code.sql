-- SQLite finds the certificate by its code first; here that would take another round trip.
select r.id, r.certificate_id, r.reference, r.state, r.amount, r.captured, r.refunded, r.balance_after, r.created_at, r.hold_expires_at
from unnest($2::text[], $3::text[]) as wanted (code_folded, reference)
join certificate c on c.site_id = $1 and c.code_folded = wanted.code_folded
join redemption r on r.site_id = $1 and r.reference = wanted.reference and r.certificate_id = c.id and r.ended_id = 0
