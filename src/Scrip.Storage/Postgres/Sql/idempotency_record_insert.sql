insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
select $1, n.actor, n.key, n.fingerprint, n.receipt, n.trace_id, n.created_at
from unnest($2::bigint[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::bigint[])
    as n (actor, key, fingerprint, receipt, trace_id, created_at)
