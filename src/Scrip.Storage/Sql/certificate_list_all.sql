select id, code, is_active, value_minor, version, spent, held, created_at, updated_at, starts_at, expires_at, single_use, note
from certificate
where site_id = $1
