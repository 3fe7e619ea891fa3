select id, code, is_active, value_minor
from certificate
where site_id = $1
