insert into redemption
    (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
select $1, n.id, n.certificate_id, n.reference, n.state, n.amount, n.captured, n.refunded, n.balance_after, n.created_at,
       n.hold_expires_at, n.ended_id
from unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
            $11::bigint[], $12::bigint[])
    as n (id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
