insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
