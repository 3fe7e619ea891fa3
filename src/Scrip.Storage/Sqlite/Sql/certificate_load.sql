select code, is_active, value_minor, issued_value, spent, held, version, created_at, created_by, updated_at, last_entry_id
from certificate
where site_id = ?1 and id = ?2
