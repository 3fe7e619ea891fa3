insert into entry
    (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
     created_at)
select $1, n.id, n.certificate_id, n.previous_id, n.redemption_id, n.kind, n.amount, n.balance_after, n.held_after, n.value_after,
       n.detail, n.actor, n.created_at
from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
            $11::text[], $12::bigint[], $13::bigint[])
    as n (id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor, created_at)
