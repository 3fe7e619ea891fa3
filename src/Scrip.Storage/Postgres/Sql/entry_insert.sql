insert into entry
    (site_id, id, certificate_id, previous_id, kind, amount, balance_after, value_after, code_before, code_after, actor, created_at)
select $1, n.id, n.certificate_id, n.previous_id, n.kind, n.amount, n.balance_after, n.value_after, n.code_before, n.code_after, n.actor,
       n.created_at
from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[],
            $11::bigint[], $12::bigint[])
    as n (id, certificate_id, previous_id, kind, amount, balance_after, value_after, code_before, code_after, actor, created_at)
