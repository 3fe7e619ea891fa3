select r.actor, r.key, r.fingerprint, r.receipt, r.trace_id, r.created_at
from unnest($2::bigint[], $3::text[]) as wanted (actor, key)
join idempotency_record r on r.site_id = $1 and r.actor = wanted.actor and r.key = wanted.key
