select fingerprint, receipt, trace_id, created_at
from idempotency_record
where site_id = $1 and actor = $2 and key = $3
