select c.id, c.code, c.is_active, c.value_minor, c.issued_value, c.spent, c.held, c.version, c.created_at, c.created_by, c.updated_at,
       c.starts_at, c.expires_at, c.single_use, c.note, c.issued_entry_id, c.last_entry_id, c.spent_at_redemption_id
from certificate_code k
join certificate c on c.site_id = k.site_id and c.id = k.certificate_id
where k.site_id = $1 and k.code_folded = $2
