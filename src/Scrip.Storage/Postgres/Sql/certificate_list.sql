select id, code, is_active, value_minor, spent, held, version, created_at, updated_at
from certificate
where site_id = $1
