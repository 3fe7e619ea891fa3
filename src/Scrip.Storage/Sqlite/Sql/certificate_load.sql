-- From an id on, because the wanted ids are often consecutive.
select id, code, is_active, value_minor, issued_value, spent, held, version, created_at, created_by, updated_at, starts_at, expires_at,
       single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id
from certificate
where site_id = $1 and id >= $2
order by id
