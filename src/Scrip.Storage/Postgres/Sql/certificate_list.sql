select id, code, is_active, value_minor, version
from certificate
where site_id = $1
