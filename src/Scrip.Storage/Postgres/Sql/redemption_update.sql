update redemption r
set state = n.state, captured = n.captured, refunded = n.refunded, balance_after = n.balance_after, hold_expires_at = n.hold_expires_at,
    ended_id = n.ended_id
from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
    as n (id, state, captured, refunded, balance_after, hold_expires_at, ended_id)
where r.site_id = $1 and r.id = n.id
