select r.id, r.certificate_id, c.code, r.reference, r.state, r.amount, r.captured, r.refunded, r.balance_after, r.created_at,
       r.hold_expires_at
from redemption r
join certificate c on c.site_id = r.site_id and c.id = r.certificate_id
where r.site_id = $1
